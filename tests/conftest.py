"""Tiers of tests by folder, and reports only where they are tested."""

from pathlib import Path

import pytest

from experiments.studies import compare, run

HERE = Path(__file__).parent
TIERS = {
    "experiments/studies/verification": "verification",
    "experiments/studies/validation": "verification",
    "browser": "browser",
    "benchmarks": "benchmarks",
    "behaviour": "behaviour",
}
"""The marker of every test below a folder; `make quick` leaves all of them out."""


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items):
    for item in items:
        for folder, tier in TIERS.items():
            if HERE / folder in item.path.parents:
                item.add_marker(tier)


@pytest.fixture(scope="module", autouse=True)
def without_reports(request):
    """End studies without a report, except in tests of reports."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.module.__name__.endswith("test_report"):
            patch.setattr(compare, "publish", lambda *_: None)
            patch.setattr(run, "publish", lambda *_: None)
        yield
