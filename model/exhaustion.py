"""Exhaustion: what work that waits and hard work build up, and what rest takes off.

    E' = (1 - r) E + r min(c backlog + d max(q - 1, 0), 1)

a week: a stock E from 0 to 1 goes a part r of the way to what the load asks. It takes
the share ``exhaustion_loss`` E of next week's output, strain, and makes people leave
sooner (``model.turnover``). Chores given to AI exhaust nobody: surveys find that
overseeing AI tires and routine automation does not. With r = 1 nothing is left of
earlier weeks, and strain is in proportion to the backlog.

Source: docs/evidence.md, section 18.
"""

from model.compiled import rule
from model.people import People
from model.workforce import Employee


@rule
def exhausted(e: Employee, p: People) -> float:
    """Exhaustion after a week, by its effort and the backlog that it left, 0 to 1."""
    load = p.exhaustion_backlog * e.backlog
    load += p.exhaustion_effort * max(e.effort - 1.0, 0.0)
    return (1.0 - p.recovery) * e.exhaustion + p.recovery * min(load, 1.0)
