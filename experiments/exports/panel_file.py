"""The panel as a file: ``panel.parquet``, a row a person and week that is known."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.exports.panel import Panel
from experiments.exports.people import pseudonym

NAME = "panel.parquet"
UNITS: Mapping[str, str] = {
    "tokens": "M tokens",
    "requests": "requests",
    "messages": "messages",
    "credits": "credits",
    "cost": "USD",
    "active_days": "days",
}
"""Measures, and their units."""
KINDS = ("input", "cache_read", "cache_write", "written")
MEASURE, COUNTED = b"measure", b"tokens"
"""Keys of the file's metadata: what was measured, and which tokens were counted."""
MEANINGS: Mapping[str, tuple[str, str]] = {
    "employee": ("", "pseudonym of a person: HMAC-SHA256 of the id, 12 digits"),
    "week": ("", "the Monday with which the week begins"),
    **{
        name: (unit, "the measure that was asked for (study.measure)")
        for name, unit in UNITS.items()
    },
    "input": ("M tokens", "input that no cache held"),
    "cache_read": ("M tokens", "input that was read from a cache"),
    "cache_write": ("M tokens", "input that was written into a cache"),
    "written": ("M tokens", "tokens that the model wrote; no work"),
    "cost_usd": ("USD", "cost as the export has it; null where a row has none"),
    "rows": ("rows", "rows of the exports, duplicates left out"),
    "inferred": (
        "",
        "true: no export has a row, so it is 0; a week that is unknown has no row",
    ),
}


def schema(measure: str) -> pa.Schema:
    """List the columns of a panel of this measure."""
    names = [measure, *(KINDS if measure == "tokens" else ()), "cost_usd", "rows"]
    return pa.schema(
        [
            ("employee", pa.string()),
            ("week", pa.date32()),
            *((name, pa.float64()) for name in names),
            ("inferred", pa.bool_()),
        ],
        {MEASURE: measure},
    )


def table(
    panel: Panel, names: Sequence[str], secret: bytes, measure: str, counted: str
) -> pa.Table:
    """Make the table, with pseudonyms in the place of ids, in their order.

    ``names`` are the ids by the numbers of people.
    """
    of_person = np.array([pseudonym(secret, names[n]) for n in panel.people.tolist()])
    order = np.argsort(of_person, kind="stable")
    amounts = panel.amounts[order]
    person, week = np.nonzero(np.isfinite(amounts))
    columns = {
        "employee": of_person[order][person],
        "week": np.array(panel.weeks, "datetime64[D]")[week],
        measure: amounts[person, week],
        "inferred": ~panel.seen[order][person, week],
    }
    fields = schema(measure)
    for name in fields.names:
        if name not in columns:
            columns[name] = panel.parts[name][order][person, week]
    arrays = [
        pa.array(columns[field.name], field.type, from_pandas=True) for field in fields
    ]
    metadata = {MEASURE: measure, COUNTED: counted if measure == "tokens" else ""}
    return pa.table(arrays, schema=fields.with_metadata(metadata))


def measure_of(path: Path) -> str | None:
    """Say which measure a file of this module has; None for any other file."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (pa.ArrowException, OSError):
        return None
    found = metadata.get(MEASURE, b"").decode()
    return found if found in UNITS else None
