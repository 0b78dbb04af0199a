"""What one employee sees at the start of a week: boards, targets, budget, peers."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from experiments.words.gaming import counters
from experiments.words.schemes import COUNTERS
from experiments.words.screen import joined
from model.incentive import Counted, Scope
from model.measure import REFERENCE_TOKENS
from model.organisation import Employee, Organisation
from model.parameters import as_record
from model.rework import sign_off, team_of
from model.scenario import ROW, Scheme
from model.simulation import Simulation

UNITS = {
    Counted.HEADLINE: "points",
    Counted.TOKENS: "M tokens",
    Counted.SPEND: "$",
    Counted.ACTIVE: "active weeks",
    Counted.DAYS: "active days",
    Counted.SAVED: "half-days reported as saved",
    Counted.AUTOMATED: "half-days of chores given to AI",
    Counted.OUTPUT: "half-days of observed output",
}
"""Units of what can be counted."""


def sights(organisation: Organisation, person: Employee) -> Iterator[tuple[str, str]]:
    """Yield what a person sees at the start of the coming week.

    Each sight has a name and a sentence; only what is in force is seen.
    """
    simulation = organisation.before(organisation.week)
    scheme, row = person.scheme, person.row
    targets = organisation.principal.targets_of(person.group)
    incentives = scheme.incentives
    if incentives["leaderboard"].has_weight():
        yield "Leaderboard", _rank(simulation, row, scheme.leaderboard.scope)
    if incentives["top_board"].has_weight():
        yield "Board of heavy users", _last_place(simulation, row)
    if incentives["dismissal"].has_weight():
        weeks = scheme.dismissal.weeks
        yield "Dismissal", _last_who_stays(simulation, row, weeks)
    if incentives["quota"].has_weight():
        yield "Minimum", _minimum(scheme, targets["quota"], simulation, row)
    if incentives["participation"].has_weight():
        target = targets["participation"]
        share = person.team.active_share
        yield (
            "Participation",
            f"{target:.0%} should use AI every week; in their team {share:.0%} did.",
        )
    if scheme.budget.cap > 0.0:
        used = float(simulation.staff["so_far"][row, ROW.budget])
        spent = used * REFERENCE_TOKENS * simulation.scenario.technology.price
        yield "Budget", f"${spent:,.0f} of ${scheme.budget.cap:,.0f} is spent."
    if incentives["gate"].has_weight():
        yield "Risk gate", _gate(simulation, scheme, row)
    yield "Peers", f"It seems that {person.norm:.0%} of what others do is padding."
    yield "Review", _review(simulation, person)


def _rank(simulation: Simulation, row: int, scope: Scope) -> str:
    """Tell the rank on the leaderboard; of equals the lower number is ahead."""
    rates, among = simulation.staff["rate"][:, ROW.leaderboard], ""
    ranked = simulation.ranked_with(row)
    if scope == Scope.TEAM:
        size = simulation.scenario.organisation.team_size
        first = row - row % size
        ranked, among = (
            np.arange(first, min(first + size, len(rates))),
            " in their team",
        )
    order = ranked[np.argsort(-rates[ranked], kind="stable")].tolist()
    return f"Rank {order.index(row) + 1} of {len(ranked)}{among}."


def _published(simulation: Simulation, row: int) -> Any:
    """What is published to the group that a person is in."""
    return simulation.published_to(simulation.staff[row]["group"])


def _last_place(simulation: Simulation, row: int) -> str:
    """Tell what the last place on the board of heavy users took."""
    place = ROW.top_board
    score = 10.0 * float(simulation.staff["rate"][row, place])
    cut = float(_published(simulation, row)["cut"][place])
    return (
        f"The last place listed took {cut:.3g} points a week of late; theirs were "
        f"{score:.3g}."
    )


def _last_who_stays(simulation: Simulation, row: int, weeks: int) -> str:
    """Tell what the last who were not dismissed had, and when it is settled again."""
    place, published = ROW.dismissal, _published(simulation, row)
    elapsed = int(published["elapsed"][place])
    so_far = float(simulation.staff["so_far"][row, place])
    cut = float(published["cut"][place])
    return (
        f"The last who stayed had {cut:.3g} points of late; theirs are {so_far:.3g} "
        f"after {elapsed} of {weeks} weeks."
    )


def _minimum(scheme: Scheme, target: float, simulation: Simulation, row: int) -> str:
    """Tell how much of the minimum is missing, and when it is due."""
    quota, place = scheme.quota, ROW.quota
    published = _published(simulation, row)
    needed = float(published["quota"])
    reached = float(simulation.staff["so_far"][row, place]) / needed if needed else 1.0
    weeks = quota.window() - int(published["elapsed"][place])
    unit = UNITS[quota.counts()]
    left = max(0.0, 1.0 - reached) * target
    within = "this week" if weeks == 1 else f"within {weeks} weeks"
    if left == 0.0:
        return f"The minimum of {target:.4g} {unit} is already met."
    return f"{left:.3g} of {target:.4g} {unit} are still missing, due {within}."


def _gate(simulation: Simulation, scheme: Scheme, row: int) -> str:
    """Tell how much AI output is signed off, and what that takes a senior."""
    text = f"Seniors of the team sign off {scheme.gate.share:.0%} of what AI did."
    rules = as_record(simulation.scenario.varied(gate=scheme.gate))
    staff = simulation.staff
    if not team_of(row, staff, rules).is_senior:
        return text
    hours = 10.0 * sign_off(row, staff, rules)
    return (
        f"{text} They are one of them: at last week's use it takes them {hours:.2g} "
        "half-days a week."
    )


def _review(simulation: Simulation, person: Employee) -> str:
    """Tell what counts in the review, or whether usage is suspected to."""
    scheme = person.scheme
    if scheme.review.weight > 0.0:
        names = counters(scheme.review, scheme.measure)
        counted = joined([COUNTERS[name][0] for name in names], "and")
        return (
            f"{scheme.review.weight:.0%} of the review formally depends on {counted}."
        )
    suspicion = float(_published(simulation, person.row)["suspicion"])
    if suspicion == 0.0 or not scheme.review.has_weight():
        return "Nobody has reason to suspect that usage counts in the review."
    if person.suspicious:
        return "They suspect that usage counts in the review, as managers see it."
    return "Some suspect that usage counts in the review; they do not."
