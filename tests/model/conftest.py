"""Every scenario that the engine is held to, and the oracle that it is held to.

Scenarios are the shipped schemes and those of ``tests/schemes``: lists of overrides as
on the command line, each switching on what no shipped scheme does.
"""

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import yaml

from experiments import compose

ROOT = Path(__file__).parents[2]
SHIPPED = {path.stem: path for path in sorted(ROOT.glob("configs/scheme/*.yaml"))}
EXTRA = {path.stem: path for path in sorted(ROOT.glob("tests/schemes/*.yaml"))}
SEED, REPLICATE = 3, 2

SIZE = ["organisation.employees=20", "weeks=28"]  # a review of half a year fits
PHASES = "weeks=44"  # so does the board that is taken down in week 40


@cache
def scenario_of(name, size=tuple(SIZE)):
    """A scenario by the name of its file, small unless it says how large it is."""
    if name in EXTRA:
        overrides = yaml.safe_load(EXTRA[name].read_text())
    else:
        overrides = [f"scheme={name}"]
        if "timeline:" in SHIPPED[name].read_text():
            overrides.append(PHASES)
    said = {override.partition("=")[0] for override in overrides}
    base = [text for text in size if text.partition("=")[0] not in said]
    return compose([*base, *overrides])


@pytest.fixture(scope="session")
def reference():
    """The oracle, ``tests/reference.py``."""
    spec = spec_from_file_location("reference", ROOT / "tests" / "reference.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def each(name):
    """A scenario as a parameter: one process lives it, on both sides, for all tests."""
    slow = [pytest.mark.slow] if name in EXTRA else []
    return pytest.param(name, marks=[*slow, pytest.mark.xdist_group(name)])


EACH = [each(name) for name in (*SHIPPED, *EXTRA)]
"""The quick tests hold the engine to the shipped schemes, all tests to every one."""


@pytest.fixture(scope="session", params=EACH)
def scenario(request):
    """Each scenario in turn."""
    return scenario_of(request.param)
