"""``study=parameters``: every key with default, unit, range, source, confidence."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from experiments.config import yaml_file
from experiments.config.catalogue import CONFIGS, GROUPS, declared, members
from experiments.config.messages import shown
from experiments.config.request import Request
from experiments.config.settings import STUDIES
from experiments.words.screen import show
from model.parameters import Declaration, declarations
from model.roles import Role

NARROWEST = 150  # columns; a pipe has no width of its own
COLUMNS = (
    "key",
    "default",
    "unit",
    "allowed",
    "swept",
    "confidence",
    "meaning, source",
)
TOP_LEVEL = (
    ("timeline", "\\[]", "", "", "", "choice", "phases of the scheme"),
    ("out", "outputs/...", "", "", "", "choice", "folder of the results"),
)


def run(request: Request) -> None:
    """Print the groups and their members, then every key, then the top level."""
    del request  # the table does not depend on what was overridden
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=NARROWEST)
    show(console, _groups())
    show(console, _keys("\nKeys: key=value", rows(), TOP_LEVEL))
    title = "\nNumbers of a role: workforce.roles={developer: {share: 0.4, gain: 0.9}}"
    show(console, _keys(title, declarations(Role)))
    console.print(
        "Allowed: beyond it a value is refused. Swept: the range of sweeps and "
        "sliders.\nConfidence: how well the default is known; choice: set by a "
        "principal or a researcher."
    )


def rows() -> Iterator[Declaration]:
    """List every declared key; settings have the values of the configs."""
    seen = set()
    for study in STUDIES:
        values = _configured(study)
        for key, row in declared(study).items():
            name = f"{key} ({study})" if key.startswith("study.") else key
            if name not in seen:
                seen.add(name)
                yield row._replace(key=name, default=values.get(key, row.default))


def _configured(study: str) -> dict[str, object]:
    """Read the values that configs set, not declarations."""
    files = {"": "config", "study.": f"study/{study}", "engine.": "engine/default"}
    return {
        f"{prefix}{key}": value
        for prefix, name in files.items()
        for key, value in yaml_file.shipped(CONFIGS / f"{name}.yaml").items()
    }


def _groups() -> Table:
    table = Table(title="Groups: group=member", title_justify="left", box=None)
    table.add_column("group", no_wrap=True)
    table.add_column("members")
    for group in GROUPS:
        table.add_row(group, ", ".join(members(group)))
    return table


def _keys(
    title: str,
    declared: Iterable[Declaration],
    further: Sequence[tuple[str, ...]] = (),
) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for name in COLUMNS:
        table.add_column(name, no_wrap=name in ("key", "confidence"), min_width=4)
    for row in declared:
        low, high = row.span
        table.add_row(
            row.key,
            _default(row.default),
            "" if row.unit == "-" else row.unit,
            _interval(row.low, row.high),
            _interval(low, high) if (low, high) != (row.low, row.high) else "",
            row.confidence,
            row.description + ("" if row.source == "-" else f" [dim]({row.source})[/]"),
        )
    for cells in further:
        table.add_row(*cells)
    return table


def _default(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} names"
    return value if isinstance(value, str) else shown(value)


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{low:.10g} to {high:.10g}" if high < 1e6 else f"{low:g} to {high:.3g}"
