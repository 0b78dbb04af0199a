"""The memory of a sweep does not grow with it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_fifth_of_the_large_sweep_stays_flat():
    done = subprocess.run(
        [sys.executable, "benchmarks/sweep_memory.py", "--runs", "20000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "up to 10 %" in done.stdout
    assert "merging" in done.stdout
