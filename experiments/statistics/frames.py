"""Checks and selections of data frames for charts; bad data raise ``ValueError``."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def need(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Raise ``ValueError`` if a frame lacks rows or columns."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"{what} is {type(frame).__name__}; a pandas frame is needed")
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(f"{what} lacks the columns {', '.join(missing)}")
    if frame.empty:
        raise ValueError(f"{what} has no rows")
    for name in ("scheme", "point", "replicate", "week"):
        if name in frame.columns and frame[name].isna().any():
            raise ValueError(f"{what} has rows without {name}")


def need_schemes(schemes: Sequence[str], frame: pd.DataFrame, what: str) -> None:
    """Raise ``ValueError`` if no scheme is named, or one is not in the frame."""
    if not schemes:
        raise ValueError(f"no scheme was named to be drawn from {what}")
    there = set(frame["scheme"])
    missing = [name for name in schemes if name not in there]
    if missing:
        raise ValueError(f"{what} has no rows of the scheme {', '.join(missing)}")


def finite(values: Floats, what: str) -> None:
    """Raise ``ValueError`` for infinite values; null is allowed."""
    if np.isinf(values).any():
        raise ValueError(f"{what} holds infinite values")


def order_of(frame: pd.DataFrame) -> list[str]:
    """List the schemes of a frame in the order of their first rows."""
    return [str(name) for name in pd.unique(frame["scheme"])]


def centre(frame: pd.DataFrame) -> pd.DataFrame:
    """Select the rows at the centre: the world as given."""
    return frame[frame["point"] == 0] if "point" in frame.columns else frame


def by_replicate(runs: pd.DataFrame, scheme: str, column: str) -> pd.Series:
    """Select the values of a scheme at the centre, indexed by replicate."""
    rows = centre(runs)
    rows = rows[rows["scheme"] == scheme]
    if rows["replicate"].duplicated().any():
        raise ValueError(f"runs has a replicate of {scheme} twice")
    values = rows.set_index("replicate")[column].astype(float)
    finite(np.asarray(values, np.float64), f"{column} of {scheme}")
    return values
