"""What numbers depend on: the sources that a module imports, found by reading them.

A list kept by hand is wrong after the first edit that forgets it. Here the imports of a
module are followed through ``model/`` and ``experiments/`` instead, those inside
functions too, so that whatever could have changed a number is in the digest.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from experiments.config.catalogue import CONFIGS

ROOT = CONFIGS.parent
OURS = ("experiments", "model")
COMPOSED = "experiments.config.compose"
"""The module that reads ``configs/``: who imports it depends on every file there."""
BY_VALUE = "experiments.config"
"""What was asked for: a study of runs states all that came of it in its identity."""


def digest(modules: Sequence[str], *, by_value: bool) -> str:
    """Hash of all sources that modules depend on, 16 hexadecimal digits.

    ``modules`` are dotted names. ``by_value`` says that the scenarios and settings that
    the numbers are about stand in full beside the digest: then neither ``configs/`` nor
    the code that reads them counts.
    """
    found = sha256()
    for path in files(tuple(modules), by_value):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        found.update(path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def files(modules: tuple[str, ...], by_value: bool) -> list[Path]:
    """The files whose content goes into ``digest``, in order."""
    names = reached(modules, by_value)
    found = {_path(name) for name in names}
    if COMPOSED in names:
        found.update(CONFIGS.rglob("*.yaml"))
    return sorted(found)


@cache
def reached(modules: tuple[str, ...], by_value: bool = False) -> frozenset[str]:
    """Dotted names of all modules of ours that these import, they themselves included.

    A package counts when something is imported from it by name. The face of a package
    that is only passed on the way to a module does not: it cannot change a number of
    who does not use it.
    """
    waiting, found = list(modules), set[str]()
    while waiting:
        name = waiting.pop()
        if name in found or (by_value and _is_in(name, BY_VALUE)):
            continue
        found.add(name)
        waiting += _imported(name)
    return frozenset(found)


def _imported(module: str) -> Iterator[str]:
    """Our modules that the source of one names."""
    for node in ast.walk(ast.parse(_path(module).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if _is_ours(node.module):
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    yield inner if _exists(inner) else node.module
        elif isinstance(node, ast.JoinedStr):
            yield from _computed(node)


def _computed(text: ast.JoinedStr) -> Iterator[str]:
    """All modules of a package from which one is imported by a name made at run time.

    Such a name is written f"experiments.studies.validation.facts.{name}".
    """
    first = text.values[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        package = first.value.rstrip(".")
        if first.value.endswith(".") and _is_ours(package) and _exists(package):
            files = _path(package).parent.glob("*.py")
            yield from (
                f"{package}.{file.stem}" for file in files if file.stem != "__init__"
            )


def _is_ours(module: str) -> bool:
    return any(_is_in(module, package) for package in OURS)


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _path(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    file = path.with_suffix(".py")
    return file if file.is_file() else path / "__init__.py"
