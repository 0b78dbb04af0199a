"""The page of a study whose result is a table of findings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from experiments.config.command import command
from experiments.config.request import Request
from experiments.report import pages
from experiments.report.cells import Row
from experiments.report.charts import Picture
from experiments.report.publish import is_there, template
from experiments.runs.pieces import Gathered
from experiments.store.files import explained, replacing
from experiments.store.folder import REPORT, locked
from experiments.store.manifest import read_manifest


class Grid(NamedTuple):
    """A table of a page."""

    title: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]


class Part(NamedTuple):
    """One finding in full: what there is to say of it, and its numbers."""

    id: str
    title: str
    facts: Sequence[tuple[str, str]]
    table: Grid | None = None


class Group(NamedTuple):
    """A section of findings."""

    id: str
    title: str
    text: str
    parts: Sequence[Part]


class Page(NamedTuple):
    """What a page of findings says."""

    title: str
    question: str
    about: str
    answer: Sequence[str]
    pictures: Sequence[tuple[Picture, str]]  # with their captions
    table: Grid
    groups: Sequence[Group]


def publish(
    done: Gathered, request: Request, charts: Sequence[str], page: Callable[[], Page]
) -> None:
    """Write the charts and the report of a finished study, unless all are there.

    ``page`` draws the charts of these names.
    """
    with locked(done.folder), explained(done.folder):
        if not is_there(done.folder, charts):
            write(done.folder, request, page())


def write(folder: Path, request: Request, page: Page) -> None:
    """Write ``report.html`` of a finished study of pieces."""
    content: dict[str, Any] = page._asdict()
    text: str = template("findings").render(
        **content,
        contents=[
            ("answer", "The answer"),
            ("table", page.table.title),
            *((group.id, group.title) for group in page.groups),
            ("reproduce", "Reproduce"),
        ],
        command=command(request),
        versions=pages.versions(read_manifest(folder)),
    )
    with replacing(folder / REPORT) as file:
        file.write(text.encode())
