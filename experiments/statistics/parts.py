"""Means over a run by part of the people: by role, or by group."""

from collections.abc import Mapping

import pyarrow as pa

from experiments.store.dataset import values

Samples = Mapping[tuple[str, str], dict[int, float]]
"""Means over a run by scheme and part, and in it by replicate."""


def by_run(rows: pa.Table, part: str, column: str) -> Samples:
    """Read a column by scheme and part, and in it by replicate.

    ``part`` is the column that names the part: role or group.
    """
    found: dict[tuple[str, str], dict[int, float]] = {}
    keys = (rows.column(k).to_pylist() for k in ("scheme", part, "replicate"))
    for (scheme, name, run), value in zip(
        zip(*keys, strict=True), values(rows, column).tolist(), strict=True
    ):
        found.setdefault((scheme, name), {})[run] = value
    return found
