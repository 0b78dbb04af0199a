"""The rows of a file of usage as text, and how a bad one is refused."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.config.table_file import TableFile
from experiments.errors import UserError


class Rows(NamedTuple):
    """A file and its values as texts; a text is empty where there is no value."""

    file: TableFile
    frame: pd.DataFrame

    @classmethod
    def of(cls, file: TableFile) -> "Rows":
        """Write all values of a file as texts."""
        columns = dict(zip(file.columns, zip(*file.rows, strict=True), strict=True))
        texts = {name: list(map(text, values)) for name, values in columns.items()}
        return cls(file, pd.DataFrame(texts, dtype=str))

    def place(self, row: int) -> str:
        """Say where a row stands in the file."""
        return self.file.place(row)

    def refuse(self, column: str, bad: Any, needed: str) -> None:
        """Raise ``UserError`` for the first bad row of a column."""
        wrong = np.flatnonzero(np.asarray(bad))
        if not len(wrong):
            return
        row = int(wrong[0])
        value = str(self.frame[column].iloc[row])
        cell = f"{column} is {value[:30]!r}" if value else f"{column} is empty"
        if column == "employee" and value:
            cell = column  # an id must stay secret, also in a message
        more = f" ({len(wrong) - 1:,} more like it)" if len(wrong) > 1 else ""
        raise UserError(f"{self.file.path}, {self.place(row)}: {cell}; {needed}{more}.")


def text(value: Any) -> str:
    """Write a value as text: an unknown one is empty, a whole number has no point."""
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:  # NaN
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)
