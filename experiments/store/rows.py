"""The text of a CSV file, the same for every table of results."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any


def as_text(heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """A line for the heads and one for each row; numbers in full, None as nothing."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(heads)
    lines.writerows(rows)
    return text.getvalue()
