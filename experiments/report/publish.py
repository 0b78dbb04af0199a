"""One self-contained page a study: question, answer, money, doubts, reproduction.

The page and the charts are derived: they are made from the files of a finished study,
do not belong to its manifest, and are made anew if one is missing.
"""

import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from rich.console import Console

from experiments.config.request import Request
from experiments.config.settings import CompareSettings, RunSettings
from experiments.figures import FOLDER
from experiments.report import charts, pages
from experiments.report.charts import ALONE, COMPARED, Material, Picture
from experiments.runs.runner import Done
from experiments.statistics.effects import EFFECTS, Effect, Effects, Panel, lookup
from experiments.statistics.stopping import Target, target
from experiments.store.files import explained, replacing
from experiments.store.folder import REPORT, locked
from experiments.store.manifest import read_manifest
from experiments.store.store import RUNS, WEEKS, Store

TEMPLATES = Path(__file__).with_name("templates")


def write(
    store: Store, request: Request, order: Sequence[str], before: float | None = None
) -> None:
    """Write the charts and the report of a finished study, unless all are there.

    ``order`` holds all schemes, the best first; ``before`` is the usage with which a
    look at the dashboard compares.
    """
    baseline = _baseline(request)
    names = COMPARED if baseline else ALONE
    with locked(store.folder), explained(store.folder):
        if not request.again and is_there(store.folder, names):
            return
        material = gather(store, order, baseline, request.threads, _aim(request))
        drawn = charts.draw(material, names, store.folder)
        text = page(store, request, material, drawn, before)
        with replacing(store.folder / REPORT) as file:
            file.write(text.encode())


def is_there(folder: Path, names: Sequence[str]) -> bool:
    """Whether a report and all of its charts are there."""
    return all((folder / name).exists() for name in (REPORT, *charts.files(names)))


def say_paths(screen: Console, folder: Path) -> None:
    """The last lines of a study: where to look. Nothing is opened."""
    screen.print(f"Report: {folder / REPORT}", soft_wrap=True)
    screen.print(f"Charts: {folder / FOLDER}/ (PNG and SVG)", soft_wrap=True)


def say_end(console: Console, done: Done, names: Sequence[str], start: float) -> None:
    """Where the results are and what they took; a path stays whole, to be copied."""
    console.print(
        f"\n{done.folder}/ holds {', '.join(names)} and manifest.json.", soft_wrap=True
    )
    total = time.perf_counter() - start
    if not done.runs:
        console.print(f"Nothing was simulated; {total:.1f} s in total.")
        return
    console.print(
        f"Engine: {done.engine:.1f} s for {done.runs:,} runs, "
        f"{done.decisions / 1e6:,.1f} M half-day decisions (compiling or loading the "
        f"model: {done.loading:.1f} s before). Total: {total:.1f} s."
    )


def gather(
    store: Store,
    order: Sequence[str],
    baseline: str | None,
    threads: int,
    aim: Target | None,
) -> Material:
    """What the charts need, from the files of a study."""
    import pandas as pd

    rows = EFFECTS.read(store.folder / EFFECTS.name) if baseline else []
    return Material(
        runs=store.read(RUNS).to_pandas(),
        weeks=store.read(WEEKS).to_pandas(),
        effects=pd.DataFrame(rows, columns=list(Effect._fields)),
        found=lookup(rows),
        schemes=store.design.schemes,
        order=order,
        baseline=baseline,
        seed=store.design.seed,
        threads=threads,
        aim=aim,
    )


def page(
    store: Store,
    request: Request,
    material: Material,
    drawn: Sequence[Picture],
    before: float | None,
) -> str:
    """The text of the report."""
    panel = Panel(store.read(RUNS))
    found: Effects = material.found
    if material.baseline:
        content = pages.of_comparison(
            store.design, request, panel, found, material, before
        )
    else:
        content = pages.of_run(store.design, request, panel, material)
    text: str = template("report").render(
        **content,
        pictures={picture.name: picture for picture in drawn},
        captions=pages.CAPTIONS,
        versions=pages.versions(read_manifest(store.folder)),
    )
    return text


def breakable(name: str) -> Markup:
    """A name in which a line may break after each underscore."""
    return Markup("_<wbr>").join(escape(part) for part in name.split("_"))


@cache
def template(name: str) -> Any:
    """A page of ``templates/``, by name."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["breakable"] = breakable
    return environment.get_template(f"{name}.html.j2")


def _aim(request: Request) -> Target | None:
    settings = request.settings
    if isinstance(settings, CompareSettings | RunSettings):
        return target(settings)
    return None


def _baseline(request: Request) -> str | None:
    settings = request.settings
    return settings.baseline if isinstance(settings, CompareSettings) else None
