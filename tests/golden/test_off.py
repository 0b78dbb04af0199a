"""Off is exactly off: without its later mechanisms the model is the earlier one.

``before_acts.csv`` holds means of a small run of every named scheme, and of everything
at once under each rule of choice, from the model that had three activities, no margins
and no gestures, with padding that did not look like output.
"""

import csv
import math
from pathlib import Path

import numpy as np

from experiments import compose
from model import Job, simulate_many

TABLE = Path(__file__).parent / "before_acts.csv"
SIZE = ("organisation.employees=60", "weeks=44")
SEED = 20260101
OFF = (
    *("people.effort=0", "technology.task_sd=0", "technology.chore_worth=0"),
    *("technology.dressing_most=0", "technology.gesture_minutes=0"),
)
"""All that came later, switched off."""


def stored():
    """Means by case, a scheme and perhaps a rule of choice, and by outcome."""
    means = {}
    with TABLE.open(newline="") as file:
        for row in csv.DictReader(file):
            means.setdefault(row["case"], {})[row["outcome"]] = float(row["mean"])
    return means


def scenario_of(case):
    scheme, *rule = case.split()
    chosen = [f"people.rule={name}" for name in rule]
    return compose([f"scheme={scheme}", *chosen, *SIZE, *OFF])


def test_without_later_mechanisms_every_bit_is_as_before():
    expected = stored()
    jobs = [Job(scenario_of(case), SEED) for case in expected]
    for (case, means), run in zip(expected.items(), simulate_many(jobs), strict=True):
        for outcome, mean in means.items():
            found = float(np.nanmean(run.weeks[outcome]))
            both_unknown = math.isnan(found) and math.isnan(mean)
            assert found == mean or both_unknown, (case, outcome)
