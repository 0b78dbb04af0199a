"""An edit of anything that numbers depend on is seen, and of nothing else."""

import pytest

from experiments.store import sources
from experiments.store.sources import digest, reached

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
def test_an_edit_of_what_is_used_is_seen(edited_tree, file):
    before = digest(RESULTS, by_value=False)
    with edited_tree(file):
        assert digest(RESULTS, by_value=False) != before


@pytest.mark.parametrize(
    "file",
    [
        "experiments/studies/verification/page.py",
        "experiments/figures/style.py",
        "experiments/report/page.py",
    ],
)
def test_an_edit_of_what_only_shows_is_not(edited_tree, file):
    before = digest(RESULTS, by_value=False)
    with edited_tree(file):
        assert digest(RESULTS, by_value=False) == before


def test_what_stands_in_full_beside_the_digest_does_not_count(edited_tree):
    part = ("experiments.designs.sweep",)
    before = digest(part, by_value=True)
    for file in ("configs/scheme/amazon_2026.yaml", "experiments/config/request.py"):
        with edited_tree(file):
            assert digest(part, by_value=True) == before
    for file in ("experiments/designs/factors.py", "experiments/config/varied.py"):
        with edited_tree(file):
            assert digest(part, by_value=True) != before


def test_imports_inside_functions_and_of_packages_are_followed(edited_tree):
    (sources.ROOT / "experiments/deep.py").write_text(
        "def late():\n    from experiments.words import gaming\n    return gaming\n"
    )
    assert reached(("experiments.deep",)) >= {"experiments.words.gaming"}
    (sources.ROOT / "experiments/face.py").write_text(
        "from experiments import compose\n"
    )
    assert reached(("experiments.face",)) >= {"experiments", sources.COMPOSED}
