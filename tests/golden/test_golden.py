import importlib.util
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location(
    "golden", Path(__file__).parent / "golden.py"
)
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)


def test_golden_runs_change_on_purpose_only():
    expected, found = golden.stored(), golden.outcomes()
    assert found.keys() == expected.keys()
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
