"""Write the page of a study: one HTML file that needs nothing from elsewhere.

The page and the charts are derived: they are made from the files of a finished study
and do not belong to its manifest. They are made if the page or a chart is missing; a
study that is carried out again loses its page first.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from experiments.config.command import command
from experiments.config.request import Request
from experiments.report.page import Block, Code, Items, Page, Section, Text
from experiments.report.picture import files
from experiments.store.files import explained, replacing
from experiments.store.folder import REPORT, locked
from experiments.store.manifest import read_manifest

TEMPLATES = Path(__file__).with_name("templates")


def publish(
    folder: Path,
    request: Request,
    charts: Sequence[str],
    page: Callable[[], Page],
    name: str = REPORT,
) -> None:
    """Make the charts and the page of a finished study, unless all are there.

    ``page`` draws the charts of these names into the folder; ``name`` is that of the
    page's file.
    """
    with locked(folder), explained(folder):
        if not is_there(folder, charts, name):
            write(folder, request, page(), name)


def is_there(folder: Path, charts: Sequence[str], name: str = REPORT) -> bool:
    """Tell whether the page of a study and all of its charts are there."""
    return all((folder / file).exists() for file in (name, *files(charts)))


def write(folder: Path, request: Request, page: Page, name: str = REPORT) -> None:
    """Write the page of a finished study."""
    answer = Section(
        "answer", "The answer", [Items(page.answer, is_lead=True), *page.pictures]
    )
    sections = [answer, *page.sections, _reproduction(folder, request, page)]
    text = template().render(page=page, sections=sections)
    with replacing(folder / name) as file:
        file.write(text.encode())


def _reproduction(folder: Path, request: Request, page: Page) -> Section:
    """Say how to reproduce the numbers."""
    blocks: list[Block] = [
        Text("The same command, seed and versions give the same numbers:"),
        Code("command", command(request)),
    ]
    if page.program:
        blocks += [Text(page.program.says), Code("python", page.program.text)]
    blocks.append(Text(_versions(read_manifest(folder)), is_faint=True))
    return Section("reproduce", "How to reproduce", blocks, short="Reproduce")


def _versions(manifest: Mapping[str, Any]) -> str:
    """Name the versions behind the numbers, and the files that hold them."""
    made = [f"{name} {v}" for name, v in manifest["versions"].items() if v]
    return (
        f"Made with {', '.join(made)}; model {str(manifest['model'])[:12]}. The files "
        f"beside this page hold all numbers: {', '.join(manifest['files'])}, "
        "manifest.json."
    )


def breakable(name: str) -> Markup:
    """Let a line break after each underscore of a name."""
    return Markup("_<wbr>").join(escape(word) for word in name.split("_"))


@cache
def template() -> Template:
    """Load the template of every page, once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["breakable"] = breakable
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment.get_template("page.html.j2")
