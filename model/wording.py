"""Words that the descriptions of several incentives share."""

from model.incentive import Counted
from model.workplace import Workplace

COUNTS = {
    Counted.HEADLINE: "what is counted",
    Counted.TOKENS: "tokens",
    Counted.SPEND: "money spent on tokens",
    Counted.ACTIVE: "weeks with any AI use",
    Counted.DAYS: "days with any AI use",
    Counted.SAVED: "time that people report as saved",
    Counted.AUTOMATED: "chores given to AI",
    Counted.OUTPUT: "output, as far as others see it",
}
"""What a score counts."""


def every(weeks: int) -> str:
    """How often a window ends: ``every week``, ``every 4 weeks``."""
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def percent(share: float) -> str:
    """A share between 0 and 1 in per cent."""
    return f"{share * 100:.3g} %"


def money(stake: float, weeks: int, organisation: Workplace) -> str:
    """A stake [half-days per half-day] over a window of weeks, in rounded dollars."""
    dollars = stake * 10 * weeks * organisation.half_day_value
    digits = 1 if dollars < 100 else 2 if dollars < 1000 else 3
    rounded = float(f"{dollars:.{digits}g}")
    return f"${rounded:,.0f}"
