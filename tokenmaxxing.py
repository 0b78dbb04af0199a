"""The command ``tokenmaxxing``, until the lab is loaded.

The packages of the lab have plain names, such as ``model`` and ``app``, that a package
of somebody else may have too. Whose a name is, is looked up before it is imported.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Load the lab and carry out a command; what goes wrong here is a sentence, too."""
    try:
        for name in ("experiments", "model"):
            if foreign := another(name):
                _end(2, foreign)
        from experiments.__main__ import main as carry_out
    except KeyboardInterrupt:
        _end(130, "interrupted while it was loaded; nothing was begun")
    carry_out()


def another(name: str) -> str | None:
    """Say what Python finds by a name of ours, if it is not the lab's own package."""
    ours = HERE / name / "__init__.py"
    spec = find_spec(name)
    found = Path(spec.origin) if spec and spec.origin else None
    if found and found.resolve() == ours:
        return None
    if found is None:
        return f"the lab's package {name} is not there: {ours} is missing."
    folder = found.parents[1] if found.name == "__init__.py" else found.parent
    return (
        f"'import {name}' finds {found} instead of the lab's own {ours}.\n"
        f"Rename it, start in another folder, or take {folder} out of PYTHONPATH."
    )


def _end(code: int, text: str) -> NoReturn:
    if sys.stderr:
        print(f"tokenmaxxing: {text}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
