"""Paths that a person writes: in overrides of their own, and in other values."""

import os
from collections.abc import Iterable
from pathlib import Path

from experiments.errors import UserError

PATHS = {"out": "a folder", "data": "a file or files", "path": "a folder"}
"""Keys whose values are paths; these hold any characters but control characters."""
EXAMPLES = {"out": "outputs/ours", "data": "usage.csv", "path": "outputs/ours"}


def is_path(text: str) -> bool:
    """Tell whether an override gives a path."""
    return text.partition("=")[0] in PATHS


def paths(texts: Iterable[str]) -> dict[str, Path | None]:
    """Read the paths among overrides, by key; the last of a key counts."""
    return {
        key: _path(key, value)
        for key, _, value in (text.partition("=") for text in texts if is_path(text))
    }


def expanded(text: str, where: str) -> Path:
    """Read a path; a name that begins with ``~`` is a home folder.

    Raises ``UserError`` if nobody has that home, or if the system cannot even say
    whether the path is there; its message begins with ``where``.
    """
    path = _without_home(text, where)
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:  # too long a name, or a folder that is closed to us
        raise UserError(f"{where}{text}: {str(error.strerror).lower()}.") from None
    except ValueError:
        raise UserError(f"{where}{text!r}: a path has no zero bytes.") from None
    return path


def _without_home(text: str, where: str) -> Path:
    whole = os.path.expanduser(text)  # Path would take ./~name for ~name
    if whole.startswith("~"):
        home = Path(text).parts[0]
        raise UserError(
            f"{where}{text}: there is no home folder {home} on this machine; write the "
            f"whole path, or ./{home} for a name in this folder."
        )
    return Path(whole)


def _path(key: str, value: str) -> Path | None:
    text = value.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text == "null":
        return None
    if not text or not text.isprintable():
        raise UserError(
            f"{key} is {value!r}; it must name {PATHS[key]}, without line breaks or "
            f"other control characters, such as {key}={EXAMPLES[key]}."
        )
    return expanded(text, f"{key}=")
