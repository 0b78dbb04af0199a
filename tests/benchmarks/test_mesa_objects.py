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
    "genuine_tokens",
    "padded_tokens",
    "genuine_share",
    "padding_share",
    "active_share",
    "output",
)
SEEDS = 8
REPLICATES = 200


@pytest.fixture(scope="module")
def mesa_objects():
    spec = importlib.util.spec_from_file_location("mesa_objects", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("scheme", ["voluntary", "everything_at_once"])
def test_means_agree_with_the_engine_within_sampling_error(mesa_objects, scheme):
    scenario = compose(
        [
            f"scheme={scheme}",
            "organisation.employees=40",
            "weeks=8",
            "review.weeks=4",
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
        assert abs(away) < 4.0 * error, f"{name}: {away / error:.1f} standard errors"
