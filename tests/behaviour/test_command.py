"""The command until the lab is loaded: packages of others, and Ctrl-C."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = "import sys; del sys.path[0]; import tokenmaxxing; tokenmaxxing.main()"
"""What the installed script does: it does not import from the working folder."""
INTERRUPTED = """
import signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupt())
"""
"""Ctrl-C at the moment when a module is looked for."""


def ended(*words, cwd, first=(), before=""):
    """A command that imports from some folders before the lab's."""
    path = os.pathsep.join([*map(str, first), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{COMMAND}", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def theirs(tmp_path):
    """Make modules and packages of somebody else, which must not be imported."""

    def made(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("raise SystemExit('imported')", encoding="utf-8")
        return tmp_path

    return made


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("experiments/__init__.py", ["study=check"]),
        ("experiments.py", ["study=check"]),
        ("model/__init__.py", ["study=check"]),
        ("model.py", ["--help"]),
        ("app/__init__.py", ["app", "open=false"]),
        ("app.py", ["app", "open=false"]),
    ],
)
def test_a_package_of_somebody_else_is_named(theirs, name, words):
    folder = theirs(name)
    done = ended(*words, cwd=folder, first=[folder])
    package = Path(name).parts[0].removesuffix(".py")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"tokenmaxxing: 'import {package}' finds {folder}")
    assert f"take {folder} out of PYTHONPATH" in done.stderr
    assert done.stderr.count("\n") == 2


def test_a_package_that_the_command_does_not_need_stops_nothing(theirs):
    folder = theirs("app/__init__.py", "configs/__init__.py", "tools/__init__.py")
    done = ended("study=check", cwd=folder, first=[folder])
    assert done.returncode == 0, done.stderr
    assert "The scheme voluntary is valid" in done.stdout


def test_packages_of_somebody_else_in_the_working_folder_stop_nothing(theirs):
    folder = theirs("experiments/__init__.py", "model.py", "app.py", "configs.py")
    done = ended("study=check", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_python_says_so_where_another_model_is_imported(theirs):
    folder = theirs("model.py")
    done = ended(cwd=folder, first=[folder], before="import experiments")
    assert f"ImportError: 'import model' finds {folder}" in done.stderr


@pytest.mark.parametrize(
    "name", ["experiments.config", "hydra", "pydantic", "numba", "llvmlite.binding"]
)
def test_an_interruption_while_loading_ends_with_130_and_a_sentence(name, tmp_path):
    done = ended("study=check", cwd=tmp_path, before=INTERRUPTED.format(name=name))
    assert done.returncode == 130
    assert done.stderr.startswith("tokenmaxxing: interrupted while it was loaded")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
