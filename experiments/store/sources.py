"""The sources that numbers depend on, read off the imports of a module.

A list kept by hand is wrong after the first edit that forgets it. Instead, the imports
of a module are followed through ``model/`` and ``experiments/``, imports inside
functions too. So everything that could change a number is in the digest.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from experiments.config.catalogue import CONFIGS

ROOT = CONFIGS.parent
OURS = ("experiments", "model")
COMPOSED = "experiments.config.composed"
"""The module that reads ``configs/``: its importers depend on every file there."""
BY_VALUE = (
    "experiments.config.request",
    "experiments.config.compose",
    "experiments.config.timeline",
    COMPOSED,
)
"""What reads a request: a study of runs has all that comes of it in the identity."""


def digest(modules: Sequence[str], *, by_value: bool) -> str:
    """Hash all sources that modules depend on; 16 hexadecimal digits.

    ``modules`` are dotted names. ``by_value`` says that scenarios and settings stand in
    full beside the digest. Then neither ``configs/`` nor the code that reads it counts.
    """
    content = sha256()
    for path in files(tuple(modules), by_value):
        content.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        content.update(path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


def files(modules: tuple[str, ...], by_value: bool) -> list[Path]:
    """List the files whose content goes into ``digest``, in order."""
    names = reached(modules, by_value)
    paths = {_path(name) for name in names}
    if COMPOSED in names:
        paths.update(CONFIGS.rglob("*.yaml"))
    return sorted(paths)


@cache
def reached(modules: tuple[str, ...], by_value: bool = False) -> frozenset[str]:
    """Follow the imports of modules to all modules of ours; give their dotted names.

    The modules themselves are included. The ``__init__`` of a package counts only if
    something is imported from the package itself, not from a module in it.
    """
    waiting, names = list(modules), set[str]()
    while waiting:
        name = waiting.pop()
        if name in names or (by_value and name in BY_VALUE):
            continue
        names.add(name)
        waiting += _imported(name)
    return frozenset(names)


def _imported(module: str) -> Iterator[str]:
    """Yield the modules of ours that a module imports."""
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
    """Yield all modules of a package if one is imported by a computed name.

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
