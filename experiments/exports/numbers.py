"""Numbers as exports write them."""

import math
import re
from typing import Any

MOST = 1e15
"""More than any export counts; from 2^53 on not every whole number is a float."""
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""Commas that can only part thousands, because a point or a second comma follows."""
ONE_COMMA = re.compile(r"\d{1,3},\d{3}")
"""A comma that may as well be a decimal mark."""
DECIMAL_COMMA = re.compile(r"\d*,\d+")


def number(value: Any) -> float:
    """Read a number of 0 or more; nothing is 0.

    Raises ``ValueError`` for anything else. Its message does not hold the value, as
    columns may be shifted, and an id stand where a number should.
    """
    if value is None or value == "":
        return 0.0
    try:
        found = float(value)
    except ValueError:
        found = _written(value)
    except OverflowError:
        found = math.inf
    except TypeError:
        raise ValueError("a number is needed") from None
    if not math.isfinite(found):
        raise ValueError("a number is needed, not NaN or infinity")
    if found < 0.0:
        raise ValueError("it is below 0; a correction must be put where it belongs")
    if found > MOST:
        raise ValueError("it is above 1e15, more than anything that is counted")
    return found


def with_comma(value: Any) -> float:
    """Read a number of a file whose values semicolons part: a comma is a decimal mark.

    Raises ``ValueError`` as ``number`` does.
    """
    if isinstance(value, str) and DECIMAL_COMMA.fullmatch(value.strip()):
        return number(value.replace(",", "."))
    return number(value)


def _written(text: str) -> float:
    """Read a text with commas."""
    text = text.strip().removeprefix("$")
    if ONE_COMMA.fullmatch(text):
        raise ValueError(
            "its comma may part thousands or decimals; write numbers without commas"
        )
    if THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    if DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    try:
        return float(text)
    except ValueError:
        raise ValueError("a number is needed") from None
