"""Dismissing: who has the lowest scores of a window that was settled has to go.

All people under one scheme are compared with each other; a draw decides among equals.
Who leaves of their own accord in the same week is gone anyway. The slot is vacant like
that of anybody who leaves, and somebody else comes before the next week
(``model.workforce.hire``).
"""

from collections.abc import Sequence

import numpy as np

from model.compiled import entry, rule
from model.draws import Purpose, uniforms
from model.incentives import dismissal
from model.order import ordered
from model.outcomes import Sums
from model.outlook import Person
from model.regimes import Bounds, members_of
from model.scenario import ROW, Scenario
from model.workforce import Floats, Ints, Staff

LEAVING = int(Purpose.LEAVING)


@entry
def dismiss(
    regime: int,
    week: int,
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
    parts: Sequence[Sums],
) -> None:
    """Dismiss the lowest of a window, and add to the sums of a regime what that brings.

    Weeks count from the first of the warm-up; for the arrays that say who is under
    which regime, see ``model.regimes``.
    """
    s, sums = scenario[regime], parts[regime]
    members = members_of(regime, order, bounds)
    n = len(members)
    places = dismissal.places(s.dismissal.share, n)
    rates = np.empty(n)
    for k in range(n):
        rates[k] = staff[members[k]].rate[ROW.dismissal]
    upwards, _ = ordered(rates)
    last = upwards[places - 1]
    luck = luck_of_equals(members, staff, last, week, seed, replicate)
    below = 0
    for k in range(n):
        below += 1 if staff[members[k]].rate[ROW.dismissal] < last else 0
    drawn, _ = ordered(luck.copy())
    limit = drawn[places - below - 1]
    for k in range(n):
        e = staff[members[k]]
        goes = e.rate[ROW.dismissal] < last or luck[k] <= limit
        if goes and not e.vacant:
            e.vacant = True
            cost = dismissal.lost(s.dismissal, Person(e.ambition, e.status, 0.0)) / 10.0
            e.reward += cost
            e.welfare += cost
            e.reward_sum += cost
            e.welfare_sum += cost
            sums.dismissed += 1.0
            sums.skill_left += e.skill
            sums.welfare += cost


@rule
def luck_of_equals(
    members: Ints, staff: Staff, rate: float, week: int, seed: int, replicate: int
) -> Floats:
    """A draw for each of those who share a rate, 2 for all others, (members,)."""
    luck = np.empty(len(members))
    for k in range(len(members)):
        i = members[k]
        equal = staff[i].rate[ROW.dismissal] == rate
        word = uniforms(seed, replicate, i, week, 0, LEAVING)[1] if equal else 2.0
        luck[k] = word
    return luck
