"""Golden runs: a small run of every named scheme, as a table that changes on purpose.

``python tests/golden/golden.py`` writes the table anew and prints by how much it moved.
The commit that does so says why.
"""

import csv
from pathlib import Path

import numpy as np

from experiments import compose
from experiments.config.catalogue import members
from model import Job, simulate_many

TABLE = Path(__file__).parent / "outcomes.csv"
SIZE = ("organisation.employees=60", "weeks=44")
SEED = 20260101


def outcomes() -> dict[tuple[str, str], float]:
    """Mean over the whole run of every outcome of every named scheme."""
    names = members("scheme")
    jobs = [Job(compose([f"scheme={name}", *SIZE]), SEED) for name in names]
    return {
        (name, outcome): float(np.nanmean(weeks))
        for name, run in zip(names, simulate_many(jobs), strict=True)
        for outcome, weeks in run.weeks.items()
    }


def stored() -> dict[tuple[str, str], float]:
    """The table as it was written."""
    with TABLE.open(newline="") as file:
        return {
            (row["scheme"], row["outcome"]): float(row["mean"])
            for row in csv.DictReader(file)
        }


def main() -> None:
    """Write the table and say by how much it moved."""
    before = stored() if TABLE.exists() else {}
    after = outcomes()
    with TABLE.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("scheme", "outcome", "mean"))
        rows.writerows((*key, repr(value)) for key, value in after.items())
    moved = {
        key: value - before[key]
        for key, value in after.items()
        if key in before and value != before[key]
    }
    print(f"{len(after)} values, {len(moved)} moved")
    for (scheme, outcome), change in moved.items():
        print(f"{scheme} {outcome} {change:+.6g}")


if __name__ == "__main__":
    main()
