"""The one decorator: plain Python functions become machine code.

Numba keys its cache by the file that holds a function and does not notice an edit in
a file that it calls. The cache folder is therefore named after a hash of every source
that runs depend on: an edit anywhere compiles anew.

With ``NUMBA_DISABLE_JIT=1`` in the environment rules stay plain Python functions, some
thousand times slower: for debuggers and coverage (docs/development.md).
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.types import unliteral

HERE = Path(__file__).parent
KEPT_DAYS = 30  # a cache that nobody used for this long is removed
COMPILES = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
"""Whether rules become machine code in this process."""

Function = TypeVar("Function", bound=Callable[..., Any])


def sources_digest() -> str:
    """Hash of the model's Python sources, 16 hexadecimal digits.

    ``model/theory/`` is left out: no rule calls it, no run depends on it.
    """
    digest = sha256()
    for path in sorted(HERE.rglob("*.py")):
        if "theory" in path.relative_to(HERE).parts:
            continue
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """Folder that holds the caches of all versions of the model."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "tokenmaxxing"


def cache_folder() -> Path:
    """Folder of this version's machine code; a temporary one if it cannot be made."""
    folder = cache_root() / sources_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="tokenmaxxing-"))
    return folder


def remove_old_caches(kept: Path) -> None:
    """Remove caches of other versions that nobody used for a month."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for folder in kept.parent.glob("[0-9a-f]" * 16):
        if folder != kept and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def announce_compilation() -> None:
    """Say on standard error that a new version of the model is being compiled."""
    if not COMPILES:
        return
    announced = FOLDER / "announced"
    if not announced.exists():
        announced.touch()
        print(
            "Compiling the model: once for each version of its sources, "
            "about half a minute.",
            file=sys.stderr,
            flush=True,
        )


if COMPILES:
    FOLDER = cache_folder()
    if FOLDER.parent == cache_root():
        remove_old_caches(FOLDER)
    numba.config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]


def rule(function: Function) -> Function:
    """Compile a rule; it releases the GIL, and division by zero gives inf or NaN.

    It becomes a part of the entry points that call it. ``fastmath`` and ``parallel``
    stay off: the same sums in the same order everywhere.
    """
    return _compiled(function, kept=False)


def entry(function: Function) -> Function:
    """Compile a rule that Python calls; later processes find its machine code."""
    return _compiled(function, kept=True)


def _compiled(function: Function, kept: bool) -> Function:
    if not COMPILES:
        return np.errstate(all="ignore")(function)
    njit: Any = numba.njit  # its type does not know the last option
    compiled = njit(
        cache=kept,
        nogil=True,
        error_model="numpy",
        forceinline=True,
        no_cfunc_wrapper=True,  # no C code calls a rule; a seventh of the compilation
    )(function)
    # Numba would compile a rule anew for every number that stands in a call of it.
    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(
        [unliteral(kind) for kind in args],
        {name: unliteral(kind) for name, kind in kws.items()},
    )
    return cast(Function, compiled)


def plain(function: Function) -> Function:
    """The Python function that a rule was made of, for values that are no records."""
    return cast(Function, getattr(function, "py_func", function))
