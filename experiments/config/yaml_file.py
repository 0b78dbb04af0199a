"""Read YAML files, the reader's and ours; name every mistake with its line."""

import os
import re
from pathlib import Path
from typing import Any

from experiments.config import yaml_text
from experiments.config.catalogue import suggestion
from experiments.config.paths import expanded
from experiments.errors import UserError

SUFFIXES = (".yaml", ".yml")


def is_path(value: str) -> bool:
    """Tell whether ``scheme=value`` or ``study=value`` names a file, not a member."""
    ends = (part.strip().endswith(SUFFIXES) for part in value.split(","))
    return any(ends) or "/" in value or "\\" in value


def path_of(group: str, value: str) -> Path:
    """Give the path that an override of a group names.

    Raises ``UserError`` if it names several files, as a sweep of Hydra's would.
    """
    path = expanded(value.strip("'\""), f"{group}=")
    if "," in value and not os.path.exists(path):  # unlike Path.exists, never raises
        raise UserError(
            f"{group}={value} names several files, but a command reads one; run it "
            "once for each of them."
        )
    return path


def read(path: Path, group: str, shipped: list[str]) -> str:
    """Read a file; ``shipped`` members are suggested if it is missing."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        near = suggestion(path.stem, shipped, f"{group}=")
        raise UserError(
            f"{group}={path}: cannot read the file ({reason.lower()}){near}"
        ) from None


def shipped(path: Path) -> dict[str, Any]:
    """Read a config of ours: a mapping, which may be empty."""
    content: dict[str, Any] = yaml_text.load(path.read_text(encoding="utf-8")) or {}
    return content


def content(path: Path, text: str, example: str) -> dict[str, Any]:
    """Read the mapping in a file; ``example`` shows its keys in a message.

    Raises ``UserError`` for a file that is no YAML, or holds no mapping.
    """
    content = yaml_text.load(text, f"cannot read {path}, ")
    if content is None:
        raise UserError(f"{path}, line 1: the file is empty; give it keys, {example}")
    if not isinstance(content, dict):
        raise UserError(f"{path}, line 1: keys are needed, {example}")
    return content


def line(text: str, word: str, first: int = 1) -> int:
    """Find the first line, from ``first`` on, that holds a word (``first`` if none)."""
    pattern = re.compile(rf"(?<![\w#]){re.escape(word)}(?!\w)")
    for number, written in enumerate(text.splitlines(), start=1):
        if number >= first and pattern.search(written.split("#")[0]):
            return number
    return first
