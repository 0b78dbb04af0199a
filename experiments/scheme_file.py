"""A scheme of one's own in a YAML file, read into overrides.

The format is that of the shipped schemes in ``configs/scheme``: a list ``defaults``
that selects members, and a ``timeline``. As one cannot put members of one's own beside
the shipped ones, numbers may stand below the name of a group: ``quota: {amount: 160}``.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from experiments.catalogue import LEVERS, members, suggestion
from experiments.errors import Wrong
from experiments.overrides import Override, literal

PARTS = ("defaults", "timeline", *LEVERS[1:])
EXAMPLE = "such as defaults: [override /review: linked]"


def is_path(value: str) -> bool:
    """Whether ``scheme=value`` names a file rather than a shipped scheme."""
    return value.endswith((".yaml", ".yml")) or "/" in value or "\\" in value


def read(value: str) -> list[Override]:
    """The overrides that stand in a file."""
    path = Path(value.strip("'\"")).expanduser()
    text = _text(path)
    content = _content(path, text)
    overrides = [Override("scheme", "voluntary")]
    for entry in _entries(path, text, content):
        overrides.append(_member(path, text, entry))
    for group in LEVERS[1:]:
        overrides += _numbers(path, text, group, content.get(group) or {})
    if content.get("timeline"):
        where = f"{path}, line {_line(text, 'timeline')}: "
        overrides.append(Override("timeline", literal(content["timeline"]), where))
    return overrides


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        near = suggestion(path.stem, members("scheme"), "scheme=")
        raise Wrong(
            f"scheme={path}: cannot read the file ({reason.lower()}){near}"
        ) from None


def _content(path: Path, text: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Wrong(f"cannot read {path}, line {line}: {error.problem}") from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise Wrong(f"cannot read {path}, line 1: {reason}") from None
    if content is None:
        raise Wrong(f"{path}, line 1: the file is empty; give it parts, {EXAMPLE}")
    if not isinstance(content, dict):
        raise Wrong(f"{path}, line 1: parts are needed, {EXAMPLE}")
    for name in content:
        if name not in PARTS:
            raise Wrong(
                f"{path}, line {_line(text, str(name))}: there is no part {name}"
                f"{suggestion(str(name), PARTS)}\nParts are {', '.join(PARTS)}."
            )
    return content


def _entries(path: Path, text: str, content: dict[str, Any]) -> list[Any]:
    entries = content.get("defaults") or []
    if isinstance(entries, list):
        return [entry for entry in entries if entry != "_self_"]
    line = _line(text, "defaults")
    raise Wrong(f"{path}, line {line}: defaults must be a list, {EXAMPLE}")


def _member(path: Path, text: str, entry: Any) -> Override:
    if not isinstance(entry, dict) or len(entry) != 1:
        word = str(entry)
        raise Wrong(
            f"{path}, line {_line(text, word)}: cannot read {word!r}; members are "
            f"chosen {EXAMPLE}"
        )
    [(key, name)] = entry.items()
    group = str(key).removeprefix("override").strip().lstrip("/")
    where = f"{path}, line {_line(text, str(key))}: "
    if group not in LEVERS[1:]:
        raise Wrong(
            f"{where}{group} is no part of a scheme{suggestion(group, LEVERS[1:])}"
            f"\nParts are {', '.join(LEVERS[1:])}."
        )
    return Override(group, str(name), where)


def _numbers(path: Path, text: str, group: str, values: Any) -> list[Override]:
    line = _line(text, group)
    if not isinstance(values, dict):
        raise Wrong(
            f"{path}, line {line}: {group} is {values!r}; a member is chosen below "
            f"defaults, numbers are written {group}: {{key: value}}"
        )
    return [
        Override(
            f"{group}.{key}",
            literal(value),
            f"{path}, line {_line(text, str(key), line)}: ",
        )
        for key, value in values.items()
    ]


def _line(text: str, word: str, first: int = 1) -> int:
    """The first line, from ``first`` on, that holds a word (1 if there is none)."""
    pattern = re.compile(rf"(?<![\w#]){re.escape(word)}(?!\w)")
    for number, line in enumerate(text.splitlines(), start=1):
        if number >= first and pattern.search(line.split("#")[0]):
            return number
    return first
