"""One employee: every half-day of a run, and what they saw and weighed in a week.

Both are replayed from the seed, week by week; nothing is kept of other people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np

from app.live.course import Course, NobodyWaitsError
from app.live.run import KINDS
from experiments.studies.one import portrait
from model.explanation import Explanation
from model.incentive import Counted, Scope
from model.measure import REFERENCE_TOKENS
from model.organisation import Employee, Organisation
from model.outlook import GENUINE, MANUAL, PADDING
from model.scenario import ROW
from model.simulation import Simulation
from model.workforce import Floats, Ints

UNITS = {
    Counted.HEADLINE: "points",
    Counted.TOKENS: "M tokens",
    Counted.SPEND: "$",
    Counted.ACTIVE: "active weeks",
    Counted.OUTPUT: "half-days of observed output",
}


@dataclass(frozen=True)
class Life:
    """Half-days of one person over a run.

    Attributes
    ----------
    kinds : array, shape (T, 10)
        What each half-day went into, as places in ``KINDS``.
    tokens, output : array, shape (T,)
        Tokens used [M] and real output [half-days] of each week.
    """

    kinds: Ints
    tokens: Floats
    output: Floats

    def counts(self) -> Ints:
        """Half-days of each week by kind, (T, 4)."""
        found: Ints = (self.kinds[:, :, None] == np.arange(len(KINDS))).sum(axis=1)
        return found


@dataclass(frozen=True)
class Moment:
    """One person at the start of a week.

    Attributes
    ----------
    portrait : tuple of str
        Who they are and how they stand.
    sights : tuple of (str, str)
        What they see: its name and what it says.
    half_days : tuple of Explanation
        What they weighed in each of the ten half-days.
    """

    portrait: tuple[str, ...]
    sights: tuple[tuple[str, str], ...]
    half_days: tuple[Explanation, ...]


def life(course: Course, row: int, stop: Event | None = None) -> Life:
    """Live through the whole run beside one person.

    Raises ``NobodyWaitsError`` once ``stop`` is set.
    """
    organisation = course.at(0)
    weeks = course.pair.weeks
    kinds = np.empty((weeks, 10), np.int64)
    tokens, output = np.empty(weeks), np.empty(weeks)
    for week in range(weeks):
        if stop and stop.is_set():
            raise NobodyWaitsError
        notes = organisation.before(week).note(row, row + 1)[0]
        kinds[week] = kinds_of(notes)
        organisation.step()
        e = organisation.simulation.staff[row]
        tokens[week] = e["genuine_tokens"] + e["padded_tokens"]
        output[week] = e["output"]
        course.adopt_due(organisation)
    return Life(kinds, tokens, output)


def kinds_of(notes: Any) -> Ints:
    """What the half-days of a week go into, (10,), as places in ``KINDS``."""
    did = notes["activities"]
    harms = notes["outputs"][:, GENUINE] < notes["outputs"][:, MANUAL]
    places = {MANUAL: "manual", GENUINE: "genuine", PADDING: "padding"}
    found = np.array([KINDS.index(places[int(a)]) for a in did])
    found[(did == GENUINE) & harms] = KINDS.index("misuse")
    return found


def moment(course: Course, row: int, week: int, stop: Event | None = None) -> Moment:
    """One person at the start of a week, and the half-days that they chose then."""
    organisation = course.at(week, stop)
    person = organisation.employees[row]
    return Moment(
        tuple(portrait(organisation.simulation.staff[row])),
        tuple(sights(organisation, person)),
        person.explain(week),
    )


def sights(organisation: Organisation, person: Employee) -> Iterator[tuple[str, str]]:
    """What a person sees at the start of the coming week: a name and what it says."""
    simulation = organisation.before(organisation.week)
    scheme, row = organisation.scheme, person.row
    incentives = scheme.incentives
    if incentives["leaderboard"].has_weight():
        yield "Leaderboard", _rank(simulation, row, scheme.leaderboard.scope)
    if incentives["top_board"].has_weight():
        yield "Board of heavy users", _listed(simulation, row)
    if incentives["quota"].has_weight():
        yield "Minimum", _left(organisation, simulation, row)
    if incentives["participation"].has_weight():
        target = organisation.principal.targets["participation"]
        share = person.team.active_share
        yield (
            "Participation",
            f"{target:.0%} should use AI every week; in the own team {share:.0%} did.",
        )
    if scheme.budget.cap > 0.0:
        used = float(simulation.staff["so_far"][row, ROW.budget])
        spent = used * REFERENCE_TOKENS * simulation.scenario.technology.price
        yield "Budget", f"${spent:,.0f} of ${scheme.budget.cap:,.0f} is spent."
    yield "Peers", f"It seems that {person.norm:.0%} of what others do is padding."
    yield "Review", _review(simulation, person)


def _rank(simulation: Simulation, row: int, scope: Scope) -> str:
    """Rank among those whom the board compares; of equals the lower number is ahead."""
    rates = simulation.staff["rate"][:, ROW.leaderboard]
    first, after, among = 0, len(rates), ""
    if scope == Scope.TEAM:
        size = simulation.scenario.organisation.team_size
        first = row - row % size
        after, among = min(first + size, len(rates)), " in the own team"
    order = np.argsort(-rates[first:after], kind="stable").tolist()
    return f"Rank {order.index(row - first) + 1} of {after - first}{among}."


def _listed(simulation: Simulation, row: int) -> str:
    place = ROW.top_board
    own = 10.0 * float(simulation.staff["rate"][row, place])
    cut = float(simulation.published["cut"][place])
    return (
        f"The last place listed took {cut:.3g} points a week of late; theirs were "
        f"{own:.3g}."
    )


def _left(organisation: Organisation, simulation: Simulation, row: int) -> str:
    """How much of the minimum is still to be reached, and how long there is for it."""
    quota, place = organisation.scheme.quota, ROW.quota
    target = organisation.principal.targets["quota"]
    needed = float(simulation.published["quota"])
    reached = float(simulation.staff["so_far"][row, place]) / needed if needed else 1.0
    weeks = quota.window() - int(simulation.published["elapsed"][place])
    unit = UNITS[quota.counts()]
    left = max(0.0, 1.0 - reached) * target
    within = "this week" if weeks == 1 else f"within {weeks} weeks"
    if left == 0.0:
        return f"The minimum of {target:.4g} {unit} is already met."
    return f"{left:.3g} of {target:.4g} {unit} are still missing, due {within}."


def _review(simulation: Simulation, person: Employee) -> str:
    scheme = person.model.scheme
    if scheme.review.weight > 0.0:
        return f"{scheme.review.weight:.0%} of the review formally hangs on usage."
    suspicion = float(simulation.published["suspicion"])
    if suspicion == 0.0 or not scheme.review.has_weight():
        return "Nobody has reason to suspect that usage counts in the review."
    if person.suspicious:
        return "They suspect that usage counts in the review, as managers see it."
    return "Some suspect that usage counts in the review; they do not."
