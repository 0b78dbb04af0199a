"""The numbers of a comparison as text, for the page and for the brief."""

from app.comparison import Comparison
from experiments.words.screen import Rounded, rounded

WEEKS_A_YEAR = 52.0


def in_percent(comparison: Comparison, outcome: str) -> Rounded:
    """Write the effect on an outcome over the whole run, in % of the first side."""
    effect = comparison.effect(outcome)
    return rounded(effect.percent, effect.percent_low, effect.percent_high, sign=True)


def net_value(comparison: Comparison) -> Rounded:
    """Write the effect on net value, in $ per employee and year."""
    effect = comparison.effect("net_value")
    yearly = (
        None if x is None else WEEKS_A_YEAR * x
        for x in (effect.effect, effect.low, effect.high)
    )
    return rounded(*yearly, sign=True)
