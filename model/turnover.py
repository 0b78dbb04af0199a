"""Turnover: who leaves at the end of a week; somebody else comes before the next.

    h = base exp(sensitivity (usual - late) + z ln k + E ln x)

is the chance to leave in a week of a person of skill z, exhaustion E, and welfare that
was *late* of late and *usual* in their first twelve weeks. It is a proportional hazard:
``base`` is that of average skill, rested and faring as usual. No scheme is looked at.
Who joins under a scheme takes it as usual; nobody gets used to one that comes later.

The first people have their first twelve weeks in the warm-up, in which nobody leaves.
The luck is that of the slot, and the n-th person of a slot is the same in all arms
(``model.workforce.hire``).

Source: base, official statistics; the rest, docs/evidence.md, section 17.
"""

from model.compiled import rule
from model.draws import Purpose, uniforms
from model.elementary import exp, log
from model.people import People
from model.scenario import Scenario
from model.workforce import Employee, Ints, Staff

LEAVING = int(Purpose.LEAVING)
FIRST_WEEKS = 12
"""Weeks in a job that make what is usual, as many as the warm-up has."""
HALF_DAYS_A_YEAR = 520.0


@rule
def look_back(e: Employee, p: People) -> None:
    """Move the averages of welfare on by a week that is counted."""
    part = 1.0 / e.tenure
    memory = max(p.pace_memory, part)
    e.welfare_late += memory * (e.welfare - e.welfare_late)
    if e.tenure <= FIRST_WEEKS:
        e.welfare_usual += part * (e.welfare - e.welfare_usual)


@rule
def hazard(e: Employee, p: People, by_skill: float, by_exhaustion: float) -> float:
    """Chance to leave at the end of the week; 1 or more is certain.

    Its log rises by so much with an sd of skill, and with full exhaustion.
    """
    raised = p.quit_sensitivity * (e.welfare_usual - e.welfare_late)
    raised += by_skill * e.skill
    raised += by_exhaustion * e.exhaustion
    return p.quit_hazard * exp(raised)


@rule
def let_leave(
    rows: Ints,
    week: int,
    staff: Staff,
    s: Scenario,
    seed: int,
    replicate: int,
) -> None:
    """Let some people look back on a week, and some of them leave.

    Weeks count from the first of the warm-up. The slots of leavers are vacant until the
    books of the week are closed.
    """
    p = s.people
    leaves = p.quit_hazard > 0.0 and week >= FIRST_WEEKS
    by_skill, by_exhaustion = log(p.quit_skill), log(p.quit_exhaustion)
    for i in rows:
        e = staff[i]
        look_back(e, p)
        if leaves:
            luck = uniforms(seed, replicate, i, week, 0, LEAVING)[0]
            e.vacant = luck < hazard(e, p, by_skill, by_exhaustion)


@rule
def cost_of_replacing(gone: float, value: float, s: Scenario) -> float:
    """Dollars per employee-week to replace a share of people who go in a week.

    ``value`` is that of a half-day, the mean over roles [$].
    """
    return s.organisation.replacement * (HALF_DAYS_A_YEAR * value) * gone
