"""Versions that two machines must share to make the same runs."""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from experiments.errors import UserError
from experiments.store.sources import digest
from model.compiled import sources_digest

PACKAGES = ("numpy", "numba", "pyarrow", "distributed")
PART = "experiments.store.batch"
"""The module that turns a batch into a part."""


@cache
def environment() -> dict[str, str]:
    """List versions and digests by name."""
    return {
        "model": sources_digest(),
        "experiments": digest([PART], by_value=True),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "machine": platform.machine(),
        **{name: version(name) for name in PACKAGES},
    }


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    """Say in words what is different on another machine."""
    return [
        f"{name} is {theirs.get(name, 'absent')} there and {value} here"
        for name, value in ours.items()
        if theirs.get(name) != value
    ]


def check_same(who: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> None:
    """Raise ``UserError`` if two machines differ in what results depend on."""
    if different := differences(theirs, ours):
        raise UserError(
            f"{who} would not make the same runs as this machine: "
            f"{'; '.join(different[:3])}.\nInstall the same versions there as here."
        )
