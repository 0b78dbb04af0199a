"""The decorators that turn plain Python functions into machine code.

Python calls an ``entry``; an entry is made of rules. Numba keys its cache by the file
that holds a function and does not notice an edit in a file that it calls. The machine
code of an entry is therefore kept in a folder named after a hash of every source that
its module imports, and of what compiles it: an edit of outcomes does not compile the
half-days anew. Where no folder can be written, nothing is kept.

With ``NUMBA_DISABLE_JIT=1`` in the environment rules stay plain Python functions, some
thousand times slower: for debuggers and coverage (docs/development.md).
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, cached_property, update_wrapper
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
import numpy as np
from numba.core.types import unliteral

HERE = Path(__file__).parent
KEPT_DAYS = 30  # a cache that nobody used for this long is removed
COMPILES = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
"""Whether rules become machine code in this process."""
MADE_BY = " ".join(
    [
        f"{sys.implementation.cache_tag} -O{sys.flags.optimize}",
        f"numba {numba.__version__} llvmlite {llvmlite.__version__}",
    ]
)
"""What compiles: machine code of another Python, or of its -OO, is of no use."""
IMPORT = re.compile(
    r"^ *from ((?:model|experiments)[\w.]*) import (\([^)]*\)|.+)$", re.MULTILINE
)

Function = TypeVar("Function", bound=Callable[..., Any])


def sources_digest() -> str:
    """Hash of the model's Python sources, 16 hexadecimal digits.

    ``model/theory/`` is left out: no rule calls it, no run depends on it.
    """
    paths = HERE.rglob("*.py")
    return digest(path for path in paths if "theory" not in path.parts[-2:])


def digest(paths: Iterable[Path]) -> str:
    """Hash of some of the model's sources, 16 hexadecimal digits."""
    content = sha256()
    for path in sorted(paths):
        content.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0")
        content.update(path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


def imported_by(module: str) -> set[Path]:
    """Files that a module of ours consists of: its own, and what it imports."""
    waiting, found = [file_of(module)], set[Path]()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path)
    return found


@cache
def _imports(path: Path) -> list[Path]:
    """Files of ours that a file imports from.

    They are read off the text, which is a hundred times faster than to parse it: every
    start of a program waits for it. A test compares them with the syntax tree.
    """
    files = []
    for package, names in IMPORT.findall(path.read_text(encoding="utf-8")):
        for name in re.findall(r"\w+", names):
            inner = file_of(f"{package}.{name}")
            files.append(inner if inner.is_file() else file_of(package))
    return files


def file_of(module: str) -> Path:
    """The file that a module or package of ours has."""
    path = HERE.parent.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def cache_root() -> Path | None:
    """Folder that holds the machine code of all versions of the model.

    None if there is no home to have it in: no HOME, and a user without an account, as
    in a container.
    """
    named = os.environ.get("XDG_CACHE_HOME")
    try:
        home = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:
        return None
    return home / "tokenmaxxing"


@cache
def cache_folder(module: str) -> Path | None:
    """Folder of the machine code of a module's entries; None if it cannot be kept."""
    root = cache_root()
    if root is None:
        return None
    made = f"{digest(imported_by(module))} {MADE_BY}"
    folder = root / sha256(made.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
    except OSError:
        return None
    return folder


def remove_old_caches() -> None:
    """Remove machine code that nobody used for a month."""
    root, oldest = cache_root(), time.time() - KEPT_DAYS * 86_400
    for folder in root.glob("[0-9a-f]" * 16) if root else ():
        with suppress(OSError):  # another process removes it, too
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def processor() -> str:
    """What machine code is made for."""
    set_by_hand: str | None = numba.config.CPU_NAME  # type: ignore[attr-defined]
    return set_by_hand or llvmlite.binding.get_host_cpu_name()


class Rule:
    """A rule as other rules call it: a part of theirs, without a door for Python.

    Whoever calls it from Python all the same, as tests do, has it compiled for that.
    """

    def __init__(self, function: Callable[..., Any], forceinline: bool = True) -> None:
        self.py_func = function
        self.part = _compiled(
            function, no_cpython_wrapper=True, forceinline=forceinline
        )
        update_wrapper(self, function)

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes it for where another rule names it."""
        return numba.typeof(self.part)

    @cached_property
    def _alone(self) -> Callable[..., Any]:
        return entry(self.py_func)

    def __call__(self, *args: Any, **kws: Any) -> Any:
        """Call it from Python."""
        return self._alone(*args, **kws)


def rule(function: Function) -> Function:
    """Compile a rule; it releases the GIL, and division by zero gives inf or NaN.

    It becomes a part of the entries that call it. ``fastmath`` and ``parallel`` stay
    off: the same sums in the same order everywhere.
    """
    if not COMPILES:
        return np.errstate(all="ignore")(function)
    return cast(Function, Rule(function))


def stage(function: Function) -> Function:
    """Compile a rule that is called, and not copied into the rules that call it.

    For what a whole block does in one go: a call costs nothing then, and the compiler
    needs far less time for several functions than for one of their length together.
    """
    if not COMPILES:
        return np.errstate(all="ignore")(function)
    return cast(Function, Rule(function, forceinline=False))


def entry(function: Function) -> Function:
    """Compile a rule that Python calls; later processes find its machine code.

    That of a rule which is not ours, but somebody's who tries something, is not kept.
    """
    if not COMPILES:
        return np.errstate(all="ignore")(function)
    ours = file_of(function.__module__).is_file()
    folder = cache_folder(function.__module__) if ours else None
    if folder is None:
        return cast(Function, _compiled(function))
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return cast(Function, _compiled(function, cache=True))


def _compiled(function: Callable[..., Any], **options: bool) -> Any:
    njit: Any = numba.njit  # its type does not know all options
    options = {"forceinline": True} | options
    compiled = njit(
        nogil=True,
        error_model="numpy",
        no_cfunc_wrapper=True,  # no C code calls a rule; a seventh of the compilation
        **options,
    )(function)
    # Numba would compile a rule anew for every number that stands in a call of it.
    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(
        [unliteral(kind) for kind in args],
        {name: unliteral(kind) for name, kind in kws.items()},
    )
    return compiled


def plain(function: Function) -> Function:
    """The Python function that a rule was made of, for values that are no records."""
    return cast(Function, getattr(function, "py_func", function))
