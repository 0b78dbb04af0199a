"""Read a scheme from a YAML file of the reader's, as overrides.

The format is that of the shipped schemes in ``configs/scheme``: a list ``defaults``
that selects members, a ``timeline``, ``groups`` of people under schemes of their own,
and under ``changes`` the shipped scheme that this one changes. Numbers may stand below
the name of a group of configs, ``quota: {amount: 160}``: a file cannot add members to
one.
"""

from pathlib import Path
from typing import Any

from experiments.config import yaml_file
from experiments.config.catalogue import LEVERS, members, suggestion
from experiments.config.overrides import Override, check_once, literal
from experiments.errors import UserError

KEYS = ("changes", "defaults", "timeline", "groups", *LEVERS[1:])
EXAMPLE = "such as defaults: [override /review: linked]"


def read(value: str) -> list[Override]:
    """Read the overrides that stand in a scheme's file."""
    path = yaml_file.path_of("scheme", value)
    text = yaml_file.read(path, "scheme", members("scheme"))
    content = _content(path, text)
    chosen = [_member(path, text, entry) for entry in _entries(path, text, content)]
    check_once(chosen)
    overrides = [Override("scheme", "voluntary"), *chosen]
    for group in LEVERS[1:]:
        overrides += _numbers(path, text, group, content.get(group) or {})
    for key in ("changes", "timeline", "groups"):
        if content.get(key):
            where = f"{path}, line {yaml_file.line(text, key)}: "
            overrides.append(Override(key, literal(content[key]), where))
    return overrides


def _content(path: Path, text: str) -> dict[str, Any]:
    content = yaml_file.content(path, text, EXAMPLE)
    for name in content:
        if name not in KEYS:
            line = yaml_file.line(text, str(name))
            raise UserError(
                f"{path}, line {line}: there is no key {name}"
                f"{suggestion(str(name), KEYS)}\nKeys are {', '.join(KEYS)}."
            )
    return content


def _entries(path: Path, text: str, content: dict[str, Any]) -> list[Any]:
    entries = content.get("defaults") or []
    if isinstance(entries, list):
        return [entry for entry in entries if entry != "_self_"]
    line = yaml_file.line(text, "defaults")
    raise UserError(f"{path}, line {line}: defaults must be a list, {EXAMPLE}")


def _member(path: Path, text: str, entry: Any) -> Override:
    if not isinstance(entry, dict) or len(entry) != 1:
        word = str(entry)
        line = yaml_file.line(text, word)
        raise UserError(
            f"{path}, line {line}: cannot read {word!r}; members are chosen {EXAMPLE}"
        )
    [(key, name)] = entry.items()
    group = str(key).removeprefix("override").strip().lstrip("/")
    where = f"{path}, line {yaml_file.line(text, str(key))}: "
    if group not in LEVERS[1:]:
        raise UserError(
            f"{where}{group} is no group of a scheme{suggestion(group, LEVERS[1:])}"
            f"\nGroups are {', '.join(LEVERS[1:])}."
        )
    return Override(group, str(name), where)


def _numbers(path: Path, text: str, group: str, values: Any) -> list[Override]:
    line = yaml_file.line(text, group)
    if not isinstance(values, dict):
        raise UserError(
            f"{path}, line {line}: {group} is {values!r}; a member is chosen below "
            f"defaults, numbers are written {group}: {{key: value}}"
        )
    return [
        Override(
            f"{group}.{key}",
            literal(value),
            f"{path}, line {yaml_file.line(text, str(key), line)}: ",
        )
        for key, value in values.items()
    ]
