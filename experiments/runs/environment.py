"""What two machines must share for their runs to be one dataset."""

import platform
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from model.compiled import sources_digest

PACKAGES = ("numpy", "numba", "pyarrow", "distributed")
SOURCES = ("batch.py", "dataset.py", "design.py")
"""What turns a batch into a part, beside the model."""


@cache
def environment() -> dict[str, str]:
    """Versions and digests by name."""
    digest = sha256()
    for name in SOURCES:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return {
        "model": sources_digest(),
        "experiments": digest.hexdigest()[:16],
        "python": ".".join(platform.python_version_tuple()[:2]),
        "machine": platform.machine(),
        **{name: version(name) for name in PACKAGES},
    }


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    """What another machine has otherwise, in words."""
    return [
        f"{name} is {theirs.get(name, 'absent')} there and {value} here"
        for name, value in ours.items()
        if theirs.get(name) != value
    ]
