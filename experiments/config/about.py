"""What the comment at the head of a config says of it."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from experiments.config.catalogue import CONFIGS, members

NOTES = re.compile(r" (?=(?:Source|Argument|Assumptions?|Chosen)\b)")
"""Where a note begins in the comment of a scheme."""
TAGS = re.compile(r"\s*\((?=[^)]*(?:S\[|docs/|evidence|see ))[^)]*\)")
"""Where a page of the documents says more."""


class About(NamedTuple):
    """What a scheme's file says of it.

    Attributes
    ----------
    title : str
        Its name for people, such as *Amazon 2026*.
    text : str
        What it is, in a sentence or two.
    source : str
        Who did so and when, or after whom it is, without tags of documents.
    """

    title: str
    text: str
    source: str


def comment(path: Path) -> list[str]:
    """Read the comment at the head of a config, a line each, without its marks."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("#").strip())
    return lines


def notes(scheme: str) -> list[str]:
    """Split the comment of a shipped scheme: what it is, then each note on it."""
    path = CONFIGS / "scheme" / f"{scheme}.yaml"
    return NOTES.split(" ".join(comment(path)[1:]))


@cache
def about(scheme: str) -> About:
    """Read what the file of a shipped scheme says of it."""
    said, *more = notes(scheme)
    title, _, text = said.partition(": ")
    [source] = [note for note in more if note.startswith("Source: ")]
    source = TAGS.sub("", source.removeprefix("Source: "))
    return About(title, text[:1].upper() + text[1:], source[:1].upper() + source[1:])


@cache
def titles() -> Mapping[str, str]:
    """Give the names for people of all shipped schemes, by the name of the file."""
    return {scheme: about(scheme).title for scheme in members("scheme")}
