"""Peak memory of a large sweep of small organisations, by progress.

    python benchmarks/sweep_memory.py [--runs 100000] [--engine default]

Carries out ``study=sweep`` for 30 employees over 13 weeks in a process of its own and
looks at that process's memory ten times a second. Prints the highest resident memory
of each tenth of the runs, and of what follows them. Exit code 1 if the highest,
merging the parts and computing effects included, is more than a fifth above that of the
first tenth. Drawing the charts of the page comes last and is shown beside it: it takes
as much whatever the number of runs. Reads ``/proc``, so it needs Linux.
"""

import argparse
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from experiments.store.parts import PART
from model.simulation import WARM_UP

EMPLOYEES, WEEKS = 30, 13
POINTS, SCHEMES = 128, 2
ALLOWED = 1.2
MERGING, EFFECTS, PAGE = "merging", "effects", "page and charts"
MOST_IN_PART = PART // (EMPLOYEES * (WEEKS + WARM_UP))


def command(runs: int, engine: str, out: Path) -> list[str]:
    """A sweep of about so many runs."""
    replicates = max(1, round(runs / (POINTS * SCHEMES)))
    return [
        *(sys.executable, "-m", "experiments", "study=sweep", "scheme=no_review"),
        *("quota=monthly", "quota.weeks=4", f"organisation.employees={EMPLOYEES}"),
        *(f"weeks={WEEKS}", "study.baseline=no_review", "study.design=sobol"),
        *(f"study.points={POINTS}", f"study.replicates={replicates}"),
        "study.uncertainties={people.belief_mean: span, people.learning: span}",
        *(f"engine={engine}", f"out={out}"),
    ]


def megabytes(process: int) -> float:
    """Resident memory now; 0 once the process is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def stage_of(out: Path, total: int) -> str:
    """What a sweep of so many parts is at."""
    if (out / "manifest.json").exists():
        return PAGE
    if (out / "runs.parquet").exists():
        return EFFECTS
    done = len(list((out / "parts").glob("part-*")))
    return f"up to {10 * (10 * done // total + 1)} %" if done < total else MERGING


def measured(runs: int, engine: str) -> tuple[dict[str, float], float]:
    """Peak memory [MB] by stage, and the seconds that the command took."""
    total = math.ceil(runs / MOST_IN_PART)
    peaks: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sweep"
        start = time.perf_counter()
        with subprocess.Popen(
            command(runs, engine, out), stdout=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                stage = stage_of(out, total)
                peaks[stage] = max(peaks.get(stage, 0.0), megabytes(process.pid))
                time.sleep(0.1)
        if process.returncode:
            raise SystemExit(f"the sweep ended with exit code {process.returncode}")
    return peaks, time.perf_counter() - start


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--engine", default="default")
    asked = parser.parse_args()
    # As many as the design makes of it.
    runs = POINTS * SCHEMES * max(1, round(asked.runs / (POINTS * SCHEMES)))
    peaks, seconds = measured(runs, asked.engine)
    print(f"{runs:,} runs of {EMPLOYEES} employees x {WEEKS} weeks: {seconds:.0f} s")
    first = next(iter(peaks.values()))
    for stage, peak in peaks.items():
        print(f"  {stage:24}{peak:8.0f} MB  {peak / first:6.2f} of the first tenth")
    highest = max(peak for stage, peak in peaks.items() if stage != PAGE) / first
    print(f"  highest: {highest:.2f} of the first tenth (allowed: {ALLOWED})")
    return 1 if highest > ALLOWED else 0


if __name__ == "__main__":
    sys.exit(main())
