"""A number that people set by a slider or type; it is never changed by being shown."""

from collections.abc import Callable

import solara
from solara.components.component_vue import component_vue

from experiments.config import plain
from experiments.designs.pair import short


@component_vue("number.vue")
def _Number(
    label: str,
    unit: str,
    value: float,
    low: float,
    high: float,
    step: float,
    is_fixed: bool,
    answered: int,
    event_said: Callable[[tuple[float | str, int]], None],
) -> None:
    """Draw a field above a slider; ``said`` gives a value and a running number."""


@solara.component
def NumberControl(
    label: str,
    value: float,
    span: tuple[float, float, float],
    on_value: Callable[[float], None],
    on_refused: Callable[[str], None],
    *,
    unit: str = "",
    is_whole: bool = False,
    is_fixed: bool = False,
) -> None:
    """Offer a number, which a fixed control only shows.

    Parameters
    ----------
    span : tuple of float
        Low end, high end and step of the slider; the field takes other numbers, too.
    on_value : function of float
        Takes over a number, a whole one as ``int``.
    on_refused : function of str
        Told why something that was typed is no such number.
    unit : str
        Stands behind the number, with a blank before it.
    """
    answered, set_answered = solara.use_state(0)

    def say(said: tuple[float | str, int]) -> None:
        given, number = said
        found = plain.number(given.strip()) if isinstance(given, str) else given
        if found is not None and float(found).is_integer():
            on_value(int(found))
        elif found is not None and not is_whole:
            on_value(found)
        else:
            needed = "a whole number" if is_whole else "a number"
            on_refused(f"{label} is {short(given)}; {needed} is needed.")
        set_answered(number)

    low, high, step = span
    _Number(
        label=label,
        unit=unit,
        value=value,
        low=min(low, value),
        high=max(high, value),
        step=step,
        is_fixed=is_fixed,
        answered=answered,
        event_said=say,
    )
