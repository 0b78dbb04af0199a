"""An edit of anything that numbers depend on is seen, and of nothing else."""

import shutil

import pytest

from experiments.store import sources
from experiments.store.sources import ROOT, digest, reached


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A copy of all sources, in which they may be edited."""
    for name in ("model", "experiments", "configs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(sources, "CONFIGS", tmp_path / "configs")
    reached.cache_clear()
    yield tmp_path
    reached.cache_clear()


def edited(path):
    """Change a file by a comment."""
    path.write_text(path.read_text() + "\n# edited\n")


RESULTS = ("experiments.studies.verification.results",)
"""Loaded by names that are made at run time."""


@pytest.mark.parametrize(
    "file",
    [
        "configs/scheme/amazon_2026.yaml",
        "configs/config.yaml",
        "experiments/statistics/employees.py",
        "experiments/studies/verification/results/norm.py",
        "model/theory/norm.py",
        "model/week.py",
    ],
)
def test_an_edit_of_what_is_used_is_seen(tree, file):
    before = digest(RESULTS, by_value=False)
    edited(tree / file)
    assert digest(RESULTS, by_value=False) != before


@pytest.mark.parametrize(
    "file",
    [
        "experiments/studies/verification/page.py",
        "experiments/figures/style.py",
        "experiments/statistics/calibration.py",
    ],
)
def test_an_edit_of_what_only_shows_is_not(tree, file):
    before = digest(RESULTS, by_value=False)
    edited(tree / file)
    assert digest(RESULTS, by_value=False) == before


def test_what_stands_in_full_beside_the_digest_does_not_count(tree):
    part = ("experiments.designs.sweep",)
    before = digest(part, by_value=True)
    edited(tree / "configs/scheme/amazon_2026.yaml")
    edited(tree / "experiments/config/overrides.py")
    assert digest(part, by_value=True) == before
    edited(tree / "experiments/designs/factors.py")
    assert digest(part, by_value=True) != before


def test_imports_inside_functions_and_of_packages_are_followed(tree):
    (tree / "experiments/deep.py").write_text(
        "def late():\n    from experiments.words import gaming\n    return gaming\n"
    )
    assert reached(("experiments.deep",)) >= {"experiments.words.gaming"}
    (tree / "experiments/face.py").write_text("from experiments import compose\n")
    assert reached(("experiments.face",)) >= {"experiments", sources.COMPOSED}
