"""The Mesa objects that the engine is timed against follow the engine's rules."""

import importlib.util
import math
import statistics
from pathlib import Path

import pytest

from experiments import compose
from model import Job, simulate_many

pytest.importorskip("mesa")
PATH = Path(__file__).parents[2] / "benchmarks" / "mesa_objects.py"
OUTCOMES = (
    *("genuine_tokens", "trivial_tokens", "padded_tokens"),
    *("genuine_share", "trivial_share", "padding_share"),
    *("active_share", "gesture_share", "effort", "dressing", "output"),
)
ALL_ACTS = (
    *("technology.task_sd=0.5", "technology.chore_worth=0.65", "people.effort=0.1"),
    *("technology.dressing_most=0.3", "technology.gesture_minutes=2"),
)
DAYS = ("bonus.rate=0.5", "bonus.measure=days")
SEEDS = 8
REPLICATES = 200


@pytest.fixture(scope="module")
def mesa_objects():
    spec = importlib.util.spec_from_file_location("mesa_objects", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("scheme", "more"),
    [
        ("voluntary", ()),
        ("everything_at_once", ()),
        ("voluntary", ALL_ACTS),
        ("everything_at_once", ALL_ACTS),
        ("everything_at_once", (*ALL_ACTS, *DAYS)),
    ],
)
def test_means_agree_with_the_engine_within_sampling_error(mesa_objects, scheme, more):
    scenario = compose(
        [
            f"scheme={scheme}",
            "organisation.employees=40",
            "weeks=8",
            "review.weeks=4",
            "people.quit_hazard=0",
            *more,
        ]
    )
    objects = {name: [] for name in OUTCOMES}
    for seed in range(SEEDS):
        organisation = mesa_objects.Organisation(scenario, seed=seed)
        for _ in range(scenario.weeks):
            organisation.step()
        for name, column in organisation.datacollector.model_vars.items():
            objects[name].append(statistics.fmean(column))

    jobs = [Job(scenario, 1, replicate) for replicate in range(REPLICATES)]
    runs = list(simulate_many(jobs))
    for name in OUTCOMES:
        engine = [run.weeks[name].mean() for run in runs]
        error = statistics.stdev(engine) * math.sqrt(1 / SEEDS + 1 / REPLICATES)
        away = statistics.fmean(objects[name]) - statistics.fmean(engine)
        assert abs(away) <= 4.0 * error, f"{name}: {away} at an error of {error}"
