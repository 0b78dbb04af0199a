"""A fit in words; what the data cannot tell comes first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from experiments.studies.fit.bank import DIFFERENCES
from experiments.studies.fit.design import FEWEST_BEFORE, GO_ON, Design
from experiments.studies.fit.kept import Alternative, Away, Check, Told, Unknown
from experiments.studies.fit.plan import Fit
from experiments.studies.fit.targets import IDLE, PADDED
from experiments.words.screen import count, joined, percent, signed

MUCH, SOMETHING = 0.3, 0.7
"""Widths over the prior's up to which data say much, and something."""
NOTHING = "almost nothing"
ADDED = {
    "much": "Your data say much about this.",
    "something": "Your data say something about this.",
    "where, but not how much": "Your data move this, and hardly narrow it.",
    NOTHING: "Almost all of this comes from the assumptions, not from your data.",
}
PROMISE = 0.8
"""Where fewer held-out companies lie in their 90 % interval, the page says so."""
TOKENS, GENUINE, OUTPUT = DIFFERENCES
SAID = {
    TOKENS: "tokens",
    GENUINE: "tokens without padding",
    OUTPUT: "real output",
    PADDED: "padded share of tokens",
    IDLE: "padded share of half-days",
}
DISTANCE = {
    "cloud": "distance to all simulated companies",
    "draws": "distance to the nearest ones",
    "range": "distance out of their range",
}
USUAL = (16.0, 64.0)
"""M tokens of a usual week with use in plausible worlds (experiments.worlds)."""
LIMITS = (
    (
        "What looks like the answer",
        "Agents that arrive with the scheme, a new model in the same week, output that "
        "falls for another reason: mixtures of these are laid over the simulated "
        "panels, and intervals allow for them. Anything else of the kind they do not "
        "allow for, and no check finds it. Where most people got agents with the "
        "scheme (60 % of them, six times their use in half of the weeks), 90 % "
        "intervals held the padded share in 55 of 100 simulated companies, and nine of "
        "ten such companies were not told from others.",
    ),
    (
        "What output is",
        "Output in a panel is what the company sees. If the scheme makes people dress "
        "it up, or if it is counted by what is gamed, it misleads.",
    ),
    (
        "What went in",
        "Everything is as the model has it, within its plausible worlds. That most "
        "simulated companies lose output under a scheme is an assumption of the "
        "ranges; it is no finding about your company.",
    ),
    (
        "Who",
        "Everything is of the whole company. Nothing here is about a person, and "
        "nothing can be: rows are brought together and forgotten.",
    ),
)


class Read(NamedTuple):
    """What a fit found, as it is read from its tables."""

    answers: Sequence[Told]
    alternatives: Sequence[Alternative]
    checks: Sequence[Check]
    summaries: Sequence[Away]

    @property
    def is_outside(self) -> bool:
        """Whether the panel looks like nothing that the model makes."""
        return any(check.outside for check in self.checks)


def about(subject: Fit) -> str:
    """Say what is held against what."""
    design = subject.design
    text = (
        f"{count(subject.panel.people, 'person').replace('persons', 'people')} with "
        f"any use over {count(design.weeks, 'week')}, "
        f"{'with' if subject.panel.output is not None else 'without'} output; held "
        f"against {design.draws:,} simulated companies of {design.people} people"
    )
    if design.has_scheme and design.start:
        text += f", whose scheme begins in week {design.start}"
    return f"{text}; seed {design.seed}."


def doubts(subject: Fit) -> list[tuple[str, str]]:
    """Say what of the panel makes answers weaker, or may be a mistake."""
    found = []
    design, usage = subject.design, subject.usage
    used = subject.panel.tokens[subject.panel.tokens > 0.0]
    middle, (low, high) = float(np.median(used)), USUAL
    if not low / 2.0 <= middle <= high * 2.0:
        found.append(
            (
                "The unit",
                f"Half of the weeks with use have {middle:.3g} M tokens or less; in "
                f"plausible companies that is {low:g} to {high:g}. Are tokens in "
                "millions, and does the panel count all of them?",
            )
        )
    if design.has_scheme and not design.start:
        found.append(
            (
                "No weeks before the scheme",
                "What use was like without it is then an assumption of the model. At "
                f"least {FEWEST_BEFORE} weeks before it would show growth and agents "
                "that have nothing to do with it.",
            )
        )
    if usage.unknown > 0.5:
        found.append(
            (
                "Many unknown weeks",
                f"{100 * usage.unknown:.0f} % of the weeks of people have no row.",
            )
        )
    if usage.programs:
        found.append(
            (
                "Programs",
                f"{count(usage.programs, 'id')} look like those of programs. A few are "
                "allowed for; leave them out if you can.",
            )
        )
    if subject.groups > 1:
        found.append(
            (
                "A large company",
                f"The panel is cut into {subject.groups} groups by lot, and what they "
                "come to is averaged. Intervals are those of one group: they are wider "
                "than they need be.",
            )
        )
    return found


def answer(found: Read, anyway: bool) -> list[str]:
    """Say first what the data cannot tell, then what they can."""
    if found.is_outside:
        outside = _outside(found)
        if not anyway:
            return [outside]
        return [f"{outside} The answers below are shown all the same.", *_told(found)]
    return [cannot(found.answers), *_told(found), LIKE]


NO_SCHEME = (
    "No scheme has been in force over these weeks: nothing is told of what one has "
    "done, and what one would do rests on how people use AI without any."
)
LIKE = (
    "Your data look like the model's. That does not show that the model is right: what "
    "arrives with the scheme and looks like its effect, looks the same."
)


def cannot(answers: Sequence[Told]) -> str:
    """Say what the data cannot tell."""
    lost = [row for row in answers if row.what == OUTPUT and is_assumed(row)]
    if not lost:
        return (
            "What your data cannot tell: whether something that the model lacks came "
            "with the scheme, such as agents or another reason for output to move."
        )
    next_ones = [row.scheme for row in lost if row.scheme != GO_ON]
    parts = []
    if len(next_ones) < len(lost):
        parts.append("whether the scheme in force has raised or lowered real output")
    if next_ones:
        parts.append(f"what {joined(next_ones, 'or')} would do to real output")
    return (
        f"What your data cannot tell: {joined(parts, 'and')}. What is said of it below "
        "comes almost wholly from the assumptions, not from your data."
    )


def _told(found: Read) -> Iterator[str]:
    for row in found.answers:
        if row.what in (PADDED, TOKENS, OUTPUT):
            yield told(row)
    if not any(row.scheme == GO_ON for row in found.answers):
        yield NO_SCHEME


def told(row: Told) -> str:
    """Tell one answer, with the prior beside it and what the data added."""
    own = _ends(row, row.low, row.middle, row.high)
    prior = _ends(row, row.prior_low, row.prior_middle, row.prior_high)
    text = f"{_lead(row)}: {own}. Before your data: {prior}."
    text += f" {ADDED[added(row)]}"
    if row.held < PROMISE:
        text += (
            f" For simulated companies the interval held the truth in only "
            f"{100 * row.held:.0f} of 100."
        )
    return text


def _lead(row: Told) -> str:
    what = SAID[row.what]
    if not row.scheme:
        return what[0].upper() + what[1:] + " under what is in force"
    if row.scheme == GO_ON:
        return f"What the scheme in force does to {what}"
    return f"What {row.scheme} would do to {what}, against going on"


def _ends(row: Told, low: float, middle: float, high: float) -> str:
    write = signed if row.scheme else percent
    return f"{write(middle)} % ({write(low)} to {write(high)})"


def added(row: Told | Unknown) -> str:
    """Say in a word or two how much the data added to the assumptions."""
    if row.width < MUCH:
        return "much"
    if row.width <= SOMETHING:
        return "something"
    return NOTHING if is_assumed(row) else "where, but not how much"


def is_assumed(row: Told | Unknown) -> bool:
    """Tell whether an answer is hardly another one than before the data.

    It is if its interval is nearly as wide as the prior's, in normal scores, and its
    middle lies within a standard deviation of the prior's.
    """
    return row.width > SOMETHING and abs(away(row)) < 1.0


def away(row: Told | Unknown) -> float:
    """Tell how many standard deviations of the prior its middle has moved, about."""
    moved = row.middle - row.prior_middle
    end = row.prior_high if moved > 0.0 else row.prior_low
    part = abs(end - row.prior_middle)
    return 1.645 * moved / part if part > 0.0 else 0.0


def _outside(found: Read) -> str:
    away = [
        f"{DISTANCE[check.check]} {check.value:.3g}, while 95 of 100 of them lie "
        f"below {check.limit:.3g}"
        for check in found.checks
        if check.outside
    ]
    most = [f"{row.summary} ({_side(row)})" for row in found.summaries[:3]]
    return (
        "What your data cannot tell is everything here: your company lies outside all "
        f"that the model makes ({joined(away, 'and')}). What differs most: "
        f"{'; '.join(most)}. No answer would be one about your company."
    )


def _side(row: Away) -> str:
    return "higher" if row.away > 0.0 else "lower"


def rules(alternatives: Sequence[Alternative], key: str) -> str:
    """Say how well the alternatives of a structure go with the panel."""
    own = [row for row in alternatives if row.structure == key]
    texts = [
        f"{row.alternative} {100 * row.weight:.0f} % ({100 * row.prior:.0f})"
        for row in sorted(own, key=lambda row: -row.weight)
    ]
    return joined(texts, "and")


def window_told(design: Design) -> str:
    """Say by which window use is looked at."""
    weeks, amount = design.window
    if weeks == 1:
        return "the scheme has no window"
    asked = f" with a minimum of {amount:.4g} M tokens" if amount else ""
    return f"windows of {count(weeks, 'week')}{asked}"
