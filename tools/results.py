"""Results that are stored with the documents."""

from pathlib import Path

from experiments.store.table import Row, Table

RESULTS = Path(__file__).parents[1] / "docs" / "results"


def stored(table: Table[Row]) -> list[Row]:
    """Rows of a small result file, none if it is not there."""
    path = RESULTS / table.name
    return table.read(path) if path.exists() else []
