"""The design of a bank: what a company has lived through, and what it may do next."""

from collections.abc import Mapping
from typing import NamedTuple

from experiments.config.compose import compose
from experiments.config.request import Request
from experiments.config.settings import FitSettings
from experiments.errors import UserError
from experiments.studies.fit.seen import Seen
from model.incentive import Counted
from model.scenario import Scenario, Scheme

SMALLEST, LARGEST = 100, 300
"""People of simulated companies; a larger panel is cut into groups of so many."""
STEP = 50
"""Sizes of simulated companies are multiples of this, so that banks fit more panels."""
FEWEST_PEOPLE, FEWEST_WEEKS = 100, 26
FEWEST_BEFORE = 8
"""Fewest weeks before the scheme, if there are any: fewer say nothing about them."""
SPEND = Counted.SPEND
GO_ON = "go on"
"""The name of the scheme in force, where it is one of the answers."""


class Window(NamedTuple):
    """The longest window of a scheme: its weeks, and the M tokens it asks for or 0."""

    weeks: int
    amount: float


class Design(NamedTuple):
    """What all companies of a bank have in common.

    Attributes
    ----------
    scenario : Scenario
        The company's own scheme with its timeline, over the weeks of the panel and the
        weeks ahead.
    weeks, ahead : int
        Weeks of the panel, and those after them that answers are about.
    start : int
        First week of the scheme in force; 0: the panel knows nothing else.
    others : mapping of str to Scenario
        Schemes that may follow, by name; the scheme in force is not among them.
    """

    scenario: Scenario
    weeks: int
    ahead: int
    start: int
    others: Mapping[str, Scenario]
    draws: int
    seed: int

    @property
    def people(self) -> int:
        """People of every simulated company."""
        return self.scenario.organisation.employees

    @property
    def in_force(self) -> Scheme:
        """The scheme at the end of the panel."""
        return self.scenario.phases[-1].scheme

    @property
    def before(self) -> Scheme:
        """What the scheme in force is held against: the first phase, or no scheme."""
        phases = self.scenario.phases
        return phases[0].scheme if len(phases) > 1 else Scheme()

    @property
    def has_scheme(self) -> bool:
        """Whether anything else than ``before`` is in force."""
        return self.in_force != self.before

    @property
    def window(self) -> Window:
        """The window that use may follow."""
        scheme, price = self.in_force, self.scenario.technology.price
        parts = [part for part in scheme.incentives.values() if part.has_weight()]
        asked = [
            Window(part.window(), x.amount / (price if x.counted is SPEND else 1.0))
            for part in parts
            for x in part.thresholds()
            if x.is_target and x.counted in (Counted.TOKENS, SPEND)
        ]
        longest = max((part.window() for part in parts), default=1)
        return max(asked, default=Window(longest, 0.0))

    def content(self) -> dict[str, object]:
        """All that decides the companies of the bank."""
        return {
            "scenario": self.scenario.model_dump(mode="json"),
            "others": {n: x.model_dump(mode="json") for n, x in self.others.items()},
            **{name: getattr(self, name) for name in ("weeks", "ahead", "draws")},
        }


def design_of(request: Request, panel: Seen) -> Design:
    """Make the design for a panel.

    Raises ``UserError`` for a panel that is too small, and for a scheme that the panel
    cannot be held against.
    """
    settings = request.settings_as(FitSettings)
    weeks = panel.tokens.shape[1]
    _check_panel(request, panel.people, weeks)
    scenario = _own(request, panel.present, weeks, settings.ahead)
    others = {
        name: other
        for text in settings.schemes
        for name, other in [_other(text, request, scenario)]
        if other.scheme != scenario.phases[-1].scheme
    }
    phases = scenario.phases
    start = phases[-1].week
    if 0 < start < FEWEST_BEFORE or 0 < weeks - start < FEWEST_BEFORE:
        raise UserError(
            f"timeline: the scheme in force begins in week {start} of the panel's "
            f"{weeks}; at least {FEWEST_BEFORE} weeks before it and {FEWEST_BEFORE} "
            "since then are needed."
        )
    return Design(
        scenario, weeks, settings.ahead, start, others, settings.draws, request.seed
    )


def _check_panel(request: Request, people: int, weeks: int) -> None:
    if people < FEWEST_PEOPLE:
        raise UserError(
            f"data={request.data}: {people} people have used AI in it; at least "
            f"{FEWEST_PEOPLE} are needed.\nWith fewer, luck hides what people do."
        )
    if weeks < FEWEST_WEEKS:
        raise UserError(
            f"data={request.data}: the panel has {weeks} weeks; at least "
            f"{FEWEST_WEEKS} are needed, before and under the scheme together."
        )


def _own(request: Request, present: float, weeks: int, ahead: int) -> Scenario:
    asked = request.scenario
    if asked.groups:
        raise UserError(
            "groups: study=fit is about one scheme for everybody; leave groups out, or "
            "make a panel of each group."
        )
    late = [phase.week for phase in asked.timeline if phase.week >= weeks]
    if late:
        raise UserError(
            f"timeline has week {late[0]}, but the panel has {weeks} weeks, counted "
            "from 0.\nThe timeline is that of the panel; what may come next is asked "
            "with study.schemes."
        )
    size = min(LARGEST, max(SMALLEST, int(present) // STEP * STEP))
    organisation = asked.organisation.model_copy(update={"employees": size})
    return asked.varied(organisation=organisation, weeks=weeks + ahead)


def _other(text: str, request: Request, own: Scenario) -> tuple[str, Scenario]:
    """Compose a scheme that may follow; a file is named by its stem."""
    try:
        other = compose([f"scheme={text}", *request.shared])
    except UserError as error:
        raise UserError(f"study.schemes, {text}: {error}") from None
    if any(phase.scheme for phase in other.timeline) or other.groups:
        raise UserError(
            f"study.schemes: {text} has a timeline or groups; name schemes that stay "
            "the same for everybody."
        )
    name = text.rpartition("/")[2].removesuffix(".yaml")
    return name, other.varied(organisation=own.organisation, weeks=own.weeks)
