"""Tiers of tests by folder, and what tests of studies share."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from experiments import study
from experiments.report.charts import ALONE, COMPARED
from experiments.report.publish import publish
from experiments.store import sources
from experiments.store.sources import ROOT
from model import compiled
from model.cores import cores
from model.first_start import make_ready

HERE = Path(__file__).parent
QUICKLY = {
    "NUMBA_OPT": "1",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
}
"""Machine code that is soon made, and slower."""
TIERS = {
    "experiments/studies": "studies",
    "experiments/figures": "pages",
    "experiments/report": "pages",
    "tools": "pages",
    "app": "studio",
    "model/test_without_compilation.py": "verification",
    "experiments/studies/verification": "verification",
    "experiments/studies/validation": "verification",
    "browser": "browser",
    "benchmarks": "benchmarks",
    "behaviour": "behaviour",
    "cluster": "cluster",
}
"""The marker of every test in a folder or file; ``make quick`` leaves them out."""


TOGETHER = ("app", "behaviour", "experiments/report", "experiments/studies")
"""Folders in which the tests of a file share what takes long to make."""
BROWSER = HERE / "browser"
"""All tests of this folder share a studio."""


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_auto_num_workers():
    """One more than cores: tests in a browser or on a cluster wait most of the time."""
    return cores() + 1


def pytest_sessionstart(session):
    """Compile the model, before each of several processes does so on its own."""
    if session.config.getoption("numprocesses", None):
        make_ready()


@pytest.hookimpl(tryfirst=True)  # before -m selects, and pytest-xdist looks for groups
def pytest_collection_modifyitems(items):
    for item in items:
        for marker in markers_of(item.path):
            item.add_marker(marker)


@cache
def markers_of(path):
    """Tiers of the tests of a file, and the group that shares a process with them."""
    places = (path, *path.parents)
    markers = [tier for folder, tier in TIERS.items() if HERE / folder in places]
    if BROWSER in places:
        markers.append(pytest.mark.xdist_group("browser"))
    elif any(HERE / folder in places for folder in TOGETHER):
        name = path.relative_to(HERE).as_posix()
        markers.append(pytest.mark.xdist_group(name))
    return markers


@pytest.fixture(scope="session")
def python():
    """Run a program in a process of its own: ``python(program, *arguments)``.

    It sees the sources of ``folder``, works there, and may not fail. Gives what it
    printed on standard output and on standard error. With ``quickly`` what it compiles
    is less worked on, which takes a quarter less: such copies need a cache of their
    own. Further names are for its environment.
    """

    def run(program, *arguments, folder=ROOT, quickly=False, **environment):
        environment |= QUICKLY if quickly else {}
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout, done.stderr

    return run


@pytest.fixture(scope="module", autouse=True)
def without_reports(request):
    """End comparisons and runs without a report, except in tests of reports."""

    def cheap(folder, asked, charts, page, name):
        if charts not in ([c.name for c in COMPARED], [c.name for c in ALONE]):
            publish(folder, asked, charts, page, name)

    with pytest.MonkeyPatch.context() as patch:
        if not request.module.__name__.endswith("test_report"):
            patch.setattr(study, "publish", cheap)
        yield


@pytest.fixture(scope="session")
def copy_of_sources(tmp_path_factory):
    """Makes copies of all sources, each in a folder of its own."""

    def made():
        tree = tmp_path_factory.mktemp("tree")
        for name in ("model", "experiments", "configs"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, tree / name, ignore=ignored)
        shutil.copy(ROOT / "tokenmaxxing.py", tree)
        return tree

    return made


@pytest.fixture
def edited_tree(copy_of_sources, monkeypatch):
    """A copy of all sources, to which identities look while a file in it is edited."""
    tree = copy_of_sources()
    monkeypatch.setattr(sources, "ROOT", tree)
    monkeypatch.setattr(sources, "CONFIGS", tree / "configs")
    monkeypatch.setattr(compiled, "HERE", tree / "model")
    sources.reached.cache_clear()

    @contextmanager
    def edited(name):
        path = tree / name
        whole = path.read_bytes()
        path.write_bytes(whole + b"\n# edited\n")
        sources.reached.cache_clear()
        yield
        path.write_bytes(whole)
        sources.reached.cache_clear()

    yield edited
    sources.reached.cache_clear()
