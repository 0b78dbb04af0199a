"""What it costs to run a scheme: the hours that it takes of people, in dollars.

    cost = (hours a head and year / 52 + hours a case * cases) / 4 * value of a half-day

for an employee and week. It is accounting: the hours are not taken out of anybody's
half-days, and no choice depends on them.
"""

from model.compiled import rule
from model.progress import WEEKS_A_YEAR

HOURS = 4.0
"""Hours in a half-day."""


@rule
def running_cost(
    a_year: float, a_case: float, cases: float, half_day_value: float
) -> float:
    """Dollars per employee-week.

    A scheme takes so many hours a head and year, and so many a case that audits look
    at; there are so many cases per employee and week. A half-day is worth dollars.
    """
    hours = a_year / WEEKS_A_YEAR + a_case * cases
    return hours / HOURS * half_day_value
