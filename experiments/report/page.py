"""What a page says: sections of texts, tables, charts and code, one after another.

A study makes a ``Page``; ``publish`` writes it as HTML, with the way to reproduce it.
Every kind of block has its macro in ``templates/blocks.html.j2``.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from experiments.report.picture import Picture


class Text(NamedTuple):
    """A paragraph, or a line below a name; the label stands before it, in italics."""

    text: str
    label: str = ""
    is_faint: bool = False


class Items(NamedTuple):
    """A list; a lead, such as the answer, is set in larger letters."""

    texts: Sequence[str]
    is_lead: bool = False


class Entry(NamedTuple):
    """A name and the texts about it."""

    name: str
    texts: Sequence[Text]


class Facts(NamedTuple):
    """A list of names, each with texts about it."""

    entries: Sequence[Entry]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Facts":
        """Make a list of pairs of a name and one text."""
        return cls([Entry(name, [Text(text)]) for name, text in pairs])


class Cell(NamedTuple):
    """A value, the ends of its interval, and its key such as scheme/outcome."""

    value: str
    ends: str = ""
    key: str = ""


class Row(NamedTuple):
    """A line of a table."""

    name: str
    cells: Sequence[Cell]
    is_baseline: bool = False


class Grid(NamedTuple):
    """A table; its first head stands above the names of the rows."""

    title: str  # read aloud
    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]


class Code(NamedTuple):
    """Code to copy and run."""

    id: str
    text: str


class Subsection(NamedTuple):
    """A subsection, with a heading of its own."""

    id: str
    title: str
    blocks: Sequence["Block"]


Block: TypeAlias = Text | Items | Facts | Grid | Picture | Code | Subsection
"""What a section is made of."""


class Section(NamedTuple):
    """A section of a page; ``short`` is its name in the contents, if it has another."""

    id: str
    title: str
    blocks: Sequence[Block]
    short: str = ""


class Program(NamedTuple):
    """A program that computes the main numbers, and which numbers these are."""

    says: str
    text: str


class Page(NamedTuple):
    """What a page says; the way to reproduce it is added when it is written."""

    title: str
    question: str
    about: str
    answer: Sequence[str]
    pictures: Sequence[Picture]  # below the answer
    sections: Sequence[Section]
    program: Program | None = None


def paragraphs(texts: Iterable[str]) -> list[Text]:
    """Make a paragraph of each text that is not empty."""
    return [Text(text) for text in texts if text]


def main_table(grid: Grid) -> Section:
    """Make the section of the main table of a study."""
    return Section("table", grid.title, [grid])
