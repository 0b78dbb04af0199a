"""Markdown that the generated blocks are made of."""

import re
from collections.abc import Iterable, Sequence
from textwrap import fill


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; bars in cells are escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def headed(lines: Iterable[Sequence[str]]) -> str:
    """A table of which the first line is its heads."""
    heads, *rows = lines
    return table(heads, rows)


def items(texts: Iterable[str]) -> str:
    """A list, an item a text."""
    return "\n".join(
        fill(text, 88, initial_indent="- ", subsequent_indent="  ") for text in texts
    )


def escaped(text: str) -> str:
    """Text in which only ``code`` is marked."""
    parts = re.split(r"(``[^`]+``)", text)
    return "".join(
        part.replace("``", "`")
        if part.startswith("``")
        else re.sub(r"([*_\[\]])", r"\\\1", part)
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        for part in parts
    )
