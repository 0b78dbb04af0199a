"""The numbers of a comparison as text, for the page and for the brief."""

from app.comparison import Comparison
from experiments.words.screen import Rounded, rounded
from model.progress import WEEKS_A_YEAR


def in_percent(comparison: Comparison, outcome: str) -> Rounded:
    """Write the effect on an outcome over the whole run, in % of the first side."""
    effect = comparison.effect(outcome)
    ends = effect.percent, effect.percent_low, effect.percent_high
    return with_minus(rounded(*ends, sign=True))


def with_minus(shown: Rounded) -> Rounded:
    """Write the sign of a minus as such, instead of a hyphen."""
    return Rounded(*(text.replace("-", "−") for text in shown))


def net_value(comparison: Comparison) -> Rounded:
    """Write the effect on net value, in $ per employee and year."""
    effect = comparison.effect("net_value")
    return signed_dollars(
        *(
            None if x is None else WEEKS_A_YEAR * x
            for x in (effect.effect, effect.low, effect.high)
        )
    )


def dollars(value: float) -> str:
    """Write an amount of money of which no interval is told, whole from $100 on."""
    shown = f"{abs(value):,.0f}" if abs(value) >= 100.0 else f"{abs(value):,.2f}"
    return f"{'−' if value < 0.0 and shown.strip('0.') else ''}${shown}"


def signed_dollars(
    value: float | None, low: float | None, high: float | None
) -> Rounded:
    """Write a difference in money and its interval, rounded as the interval allows."""
    shown = rounded(value, low, high, sign=True)
    return Rounded(*(_with_sign(text) for text in shown))


def _with_sign(text: str) -> str:
    """Put $ between the sign of a number and its digits."""
    if not text:
        return text
    digits = text.lstrip("+-−")
    return f"{text[: len(text) - len(digits)].replace('-', '−')}${digits}"
