"""What a plain word means: nothing, true or false, a number, or itself.

Hydra's grammar says what a word means on the command line. Words in files, links and
tables mean the same, so that ``040`` is a word everywhere and 32 nowhere. Only the
underscores that Hydra takes in numbers are not read: no other format has them.
"""

import re

NUMBER = re.compile(
    r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
)
WHOLE = re.compile(r"[+-]?[0-9]+")
NOT_FINITE = re.compile(r"[+-]?(?:inf|nan)", re.IGNORECASE)
WORDS = {"null": None, "true": True, "false": False}


def number(text: str) -> int | float | None:
    """Read a number; None for anything else, and for one too long to be an integer."""
    if not NUMBER.fullmatch(text):
        return float(text) if NOT_FINITE.fullmatch(text) else None
    if not WHOLE.fullmatch(text):
        return float(text)
    try:
        return int(text)
    except ValueError:  # Python reads whole numbers of some thousand digits at most
        return None


def value(text: str) -> bool | int | float | str | None:
    """Read a word as Hydra reads it on the command line."""
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    read = number(text)
    return text if read is None else read
