"""Read a study from a YAML file of the reader's, as overrides.

The format is that of the shipped studies in ``configs/study``: ``name`` says which
study, the other keys are its settings. Keys of the scenario may stand beside them:
``weeks``, ``seed``, ``timeline``, ``groups``, members (``people: sceptics``) and
numbers (``organisation: {employees: 300}``). The command line comes on top.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments.config import yaml_file
from experiments.config.catalogue import GROUPS, suggestion
from experiments.config.overrides import Override, literal
from experiments.config.paths import expanded
from experiments.config.settings import STUDIES
from experiments.errors import UserError

DEFAULT = "sweep"
"""Study of a file that names none."""
EXAMPLE = "such as name: sweep and levers: {quota.penalty: [0, 0.1]}"
TOP = ("weeks", "seed", "timeline", "groups")
BESIDE = (*TOP, *(group for group in GROUPS if group not in ("study", "engine")))
"""Keys that may stand beside the settings."""
FILES = ("table", "scheme", "workforce")
"""Keys that may name a file, relative to the folder of the study's file."""


def read(value: str) -> list[Override]:
    """Read the overrides in a file.

    Raises ``UserError`` naming the file and the line.
    """
    path = yaml_file.path_of("study", value)
    text = yaml_file.read(path, "study", list(STUDIES))
    content = yaml_file.content(path, text, EXAMPLE)
    name = content.pop("name", DEFAULT)
    if not isinstance(name, str) or name not in STUDIES:
        raise UserError(
            f"{_where(path, text, 'name')}there is no study {name}"
            f"{suggestion(str(name), list(STUDIES))}\nStudies are {', '.join(STUDIES)}."
        )
    overrides = [Override("study", name)]
    for key, given in content.items():
        overrides += _overrides(path, text, name, str(key), given)
    return overrides


def _overrides(
    path: Path, text: str, study: str, key: str, given: Any
) -> Iterator[Override]:
    where = _where(path, text, key)
    settings = STUDIES[study].model_fields
    if key in FILES and isinstance(given, str) and _is_file(key, given):
        beside = given if given.startswith("~") else str(path.parent / given)
        given = str(expanded(beside, f"{where}{key}: "))
    if key in settings:
        yield Override(f"study.{key}", literal(given), where)
    elif key not in BESIDE:
        valid = [*settings, *BESIDE]
        raise UserError(
            f"{where}there is no {key} in study={study}{suggestion(key, valid)}\n"
            f"Its settings are {', '.join(settings)}; beside them may stand "
            f"{', '.join(TOP)} and groups such as organisation."
        )
    elif isinstance(given, dict):
        for name, value in given.items():
            yield Override(
                f"{key}.{name}", literal(value), _where(path, text, str(name), key)
            )
    else:
        value = given if isinstance(given, str) and key in GROUPS else literal(given)
        yield Override(key, value, where)


def _is_file(key: str, given: str) -> bool:
    return key == "table" or yaml_file.is_path(given)


def _where(path: Path, text: str, word: str, after: str = "") -> str:
    first = yaml_file.line(text, after) if after else 1
    return f"{path}, line {yaml_file.line(text, word, first)}: "
