"""Rewrite the generated parts of README.md and of the documents.

    python -m tools.documents            write them
    python -m tools.documents --check    name what is stale, exit 1 if anything is

In Markdown a block stands between ``<!-- generated: NAME ARGUMENTS -->`` and
``<!-- end -->``; see ``blocks.py`` for the names. The figures of the incentives are
drawn by the files of ``incentive_figures/``; ``columns.json`` comes from the tables
of all studies.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import numpy as np
from PIL import Image

from experiments import studies
from experiments.figures.save import rendered
from experiments.studies.archive import columns
from model.scenario import INCENTIVES
from tools import blocks, incentive_figures

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FIGURES = DOCS / "incentives" / "figures"

BLOCK = re.compile(r"<!-- generated: ([^\n]+?) -->\n(.*?)<!-- end -->", re.DOTALL)
OPENED = re.compile(r"^<!-- generated: ", re.MULTILINE)
LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def main(arguments: Sequence[str]) -> int:
    """Write or check everything; the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m tools.documents [--check]", file=sys.stderr)
        return 2
    stale = []
    for path, content, same in wanted():
        if not same:
            stale.append(path.relative_to(ROOT).as_posix())
            if not arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    if stale:
        verb = "stale, run python -m tools.documents:" if arguments else "written:"
        print(verb, *stale, sep="\n  ")
    return 1 if stale and arguments else 0


def wanted() -> Iterator[tuple[Path, bytes, bool]]:
    """Each generated file, what it is to hold, and whether it does."""
    for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))):
        old = path.read_text(encoding="utf-8")
        new = filled(old, path)
        yield path, new.encode(), new == old
    path, listed = DOCS / "columns.json", columns.as_json(every_table()).encode()
    yield path, listed, path.exists() and path.read_bytes() == listed
    for name in INCENTIVES:
        path = FIGURES / f"{name}.png"
        new_picture = rendered(incentive_figures.figure(name), "png")
        yield path, new_picture, path.exists() and same_picture(path, new_picture)


def every_table() -> Mapping[str, Any]:
    """What ``columns.json`` says: the stable columns of every study's files."""
    names = [module.name for module in iter_modules(studies.__path__)]
    return columns.columns(t for name in names for t in columns.tables_of(name))


def filled(text: str, path: Path) -> str:
    """The text of a page with every block made anew.

    Raises ``SystemExit`` naming the page for a block that is unknown or never ends.
    """
    if len(OPENED.findall(text)) != len(BLOCK.findall(text)):
        raise SystemExit(f"{path}: a generated block has no <!-- end -->")

    def block(match: re.Match[str]) -> str:
        try:
            made = blocks.make(match[1])
        except ValueError as error:
            raise SystemExit(f"{path}: {error}") from error
        return f"<!-- generated: {match[1]} -->\n\n{turned(made, path)}\n<!-- end -->"

    return BLOCK.sub(block, text)


def turned(text: str, path: Path) -> str:
    """Links of a page in the root as links of another page."""

    def link(match: re.Match[str]) -> str:
        target, hash_, anchor = match[2].partition("#")
        if "://" in target or not target:
            return match[0]
        near = os.path.relpath(ROOT / target, path.parent)
        if ROOT / target == path:
            near = ""
        return f"{match[1]}{near}{hash_}{anchor}{match[3]}"

    return LINK.sub(link, text)


def same_picture(path: Path, content: bytes) -> bool:
    """Whether a stored picture has the pixels of the new one, however packed."""
    old, new = (Image.open(BytesIO(c)) for c in (path.read_bytes(), content))
    return old.size == new.size and bool(
        np.array_equal(np.asarray(old.convert("RGB")), np.asarray(new.convert("RGB")))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
