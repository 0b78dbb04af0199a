"""A table that its reader sorts and filters; a row can be chosen."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import solara
from solara.components.component_vue import component_vue


class Line(NamedTuple):
    """A line of a table.

    Attributes
    ----------
    key : str
        What is chosen with it.
    texts : sequence of str
        Its cells; the first is its name.
    values : sequence of float or str
        What its cells are sorted by.
    words : str
        In what a filter looks for words.
    """

    key: str
    texts: Sequence[str]
    values: Sequence[float | str]
    words: str


@component_vue("table.vue")
def _Table(
    caption: str,
    heads: list[str],
    rows: list[dict[str, object]],
    chosen: str,
    event_choose: Callable[[str], None],
) -> None:
    """Draw the table; ``choose`` gives the key of a row."""


def SortedTable(
    caption: str,
    heads: Sequence[str],
    lines: Sequence[Line],
    chosen: str,
    on_choose: Callable[[str], None],
) -> solara.Element:
    """Show lines below heads, in their order until a head is clicked."""
    rows = [line._asdict() for line in lines]
    return _Table(
        caption=caption,
        heads=[*heads],
        rows=rows,
        chosen=chosen,
        event_choose=on_choose,
    )
