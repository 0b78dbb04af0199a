"""Every study: what its numbers depend on is found, and any edit of it is seen."""

import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from experiments.config.request import ask
from experiments.config.settings import module_of
from experiments.designs.pair import Pair, as_yaml
from experiments.report.desk import Desk
from experiments.store import sources
from experiments.store.sources import ROOT
from experiments.store.store import Store
from experiments.studies.proxyeconomics import runs as proxyeconomics_runs
from experiments.study import RunsStudy
from experiments.worlds.shipped import Worlds
from tests import exports

pytestmark = pytest.mark.long

SIZE = ["organisation.employees=20", "weeks=26"]
FEW = ["study.schemes=[voluntary,monthly_minimum]", "study.replicates=2"]
SMALL = {
    "compare": [
        *SIZE,
        *FEW,
        "study.worlds=2",
    ],
    "run": [*SIZE, "study.replicates=2"],
    "sweep": [*SIZE, *FEW, "study.levers={quota.penalty: [0, 0.1]}"],
    "goodhart_curve": [
        *SIZE,
        "quota=monthly",
        "study.lever=quota.penalty",
        "study.points=5",
        "study.replicates=2",
    ],
    "phase_map": [*SIZE, *FEW, "study.points=2"],
    "sensitivity": [
        *SIZE,
        "study.schemes=[voluntary,monthly_minimum]",
        "study.replicates=3",
        "study.samples=2",
        "study.levels=2",
        "study.uncertainties=[people.learning,people.belief_mean]",
    ],
    "ranges": [*SIZE, *FEW],
    "pair": [],
    "worlds": ["study.each=1", "study.most_tries=2"],
    "certificate": [
        *SIZE,
        "scheme=monthly_minimum",
        "study.worlds=2",
        "study.uniform_worlds=0",
        "study.rival_worlds=2",
        "study.schemes=[no_review]",
        "study.turned=1",
        "study.search=0",
    ],
    "verification": ["study.people=50", "study.replicates=2", "study.only=[alignment]"],
    "validation": [
        *("study.people=50", "study.replicates=2", "study.only=[tournament]"),
        *("study.worlds=2", "study.world_people=50", "study.null_replicates=2"),
    ],
    "import": ["study.taken=2026-06-01"],
    "fingerprints": ["study.quota=10"],
    "fit": ["study.draws=100", "study.ahead=4", "study.schemes=[voluntary]"],
    "proxyeconomics": ["study.steps=4", "study.replicates=2", "study.readings=false"],
}
"""Every study that leaves numbers behind, as small as it can be."""
CARRYING = ("experiments/runs/", "experiments/words/screen.py")
"""What only carries out: batches side by side, and the progress that it shows."""

READING = tuple(
    f"experiments/config/{name}.py"
    for name in (
        "catalogue",
        "compose",
        "composed",
        "declared",
        "grammar",
        "groups",
        "messages",
        "overrides",
        "parents",
        "paths",
        "plain",
        "request",
        "roles",
        "scheme_file",
        "shares",
        "settings",
        "study_file",
        "timeline",
        "yaml_file",
        "yaml_text",
    )
)
"""What reads a request; all that comes of it is part of the identity by value."""


def folder_of(name):
    """The folder of a study's sources."""
    return module_of(name).replace(".", "/") + "/"


every_study = pytest.mark.parametrize("name", SMALL)


@pytest.fixture(autouse=True)
def any_list(monkeypatch):
    """Take the shipped worlds, whatever model they are for."""
    monkeypatch.setattr(Worlds, "is_of_this_model", lambda self: True)


def asked(name, folder):
    """A study and a request for it, with the file that it reads if it reads one."""
    texts = [f"study={name}", *SMALL[name], f"out={folder / 'out'}"]
    if name == "pair":
        people = (("organisation.employees", 20),)
        pair = Pair(shared=people, weeks=26, replicates=2)
        (folder / "pair.yaml").write_text(as_yaml(pair))
        texts.append(f"data={folder / 'pair.yaml'}")
    if name == "fingerprints":
        rows = ((k, week) for k in range(40) for week in range(1, 9))
        lines = (f"{k},{week},{k + week % 4}" for k, week in rows)
        text = "\n".join(["employee,week,tokens", *lines])
        (folder / "usage.csv").write_text(text + "\n")
        texts.append(f"data={folder / 'usage.csv'}")
    if name == "fit":
        luck = np.random.default_rng(1)
        tokens = luck.lognormal(2.0, 1.0, (100, 26)) * (luck.random((100, 26)) < 0.7)
        rows = (f"{k},{t},{tokens[k, t]:.6f}" for k in range(100) for t in range(26))
        text = "\n".join(["employee,week,tokens", *rows])
        (folder / "panel.csv").write_text(text + "\n")
        timeline = 'timeline=[{week: 10, change: ["quota=monthly"]}]'
        texts += [f"data={folder / 'panel.csv'}", timeline]
        texts.append(f"study.bank={folder / 'bank'}")
    if name == "import":
        exports.cursor_events(exports.World(), folder)
        texts.append(f"data={folder / 'cursor.csv'}")
    return import_module(module_of(name)).STUDY, ask(texts)


@contextmanager
def called():
    """Files below the root in which any function is called, in all threads."""
    files = set()

    def note(frame, event, argument):
        # The face of a package runs when a module in it is imported.
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    found = set()
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        paths = (Path(file) for file in files if file.startswith(str(ROOT)))
        found |= {
            path.relative_to(ROOT).as_posix()
            for path in paths
            if path.relative_to(ROOT).parts[0] in sources.OURS
        }


def hashed(study):
    """Files whose content is part of the identity, beside all of the model."""
    modules, by_value = study.modules(), False
    if isinstance(study, RunsStudy):
        modules, by_value = (*modules, Store.__module__), True
    files = sources.files(tuple(modules), by_value)
    return {path.relative_to(sources.ROOT).as_posix() for path in files}


@every_study
def test_every_source_that_computes_a_number_is_part_of_the_identity(
    name, tmp_path, monkeypatch
):
    # As many as study.steps: those of Mesa take half a minute where calls are noted.
    monkeypatch.setattr(proxyeconomics_runs, "TWIN_STEPS", 4)
    study, request = asked(name, tmp_path)
    if isinstance(study, RunsStudy):
        study = replace(study, look=None)  # what is shown meanwhile is not kept
    desk = Desk(threads=1)
    with called() as files:
        plan = study.plan(request)
        done = study.carry_out(plan, desk)
        for rows in study.tables(plan, done.source).values():
            list(rows)
    stated = ("model/", *READING) if isinstance(study, RunsStudy) else ()
    computing = {
        file
        for file in files
        if not file.startswith((*CARRYING, *stated)) and file != "experiments/study.py"
    }
    assert any(file.startswith("experiments/studies/") for file in computing)
    assert computing <= hashed(study)


@every_study
def test_nothing_that_only_shows_is_part_of_the_identity(name, tmp_path):
    study, _ = asked(name, tmp_path)
    shown = ("experiments/figures/", "experiments/report/", "experiments/study.py")
    assert not [file for file in hashed(study) if file.startswith(shown)]
    assert f"{folder_of(name)}__init__.py" not in hashed(study)


@every_study
def test_an_edit_makes_a_finished_folder_stale(name, tmp_path, edited_tree):
    study, request = asked(name, tmp_path)
    plan = study.plan(request)
    before = study.identity(plan)
    own = [
        file
        for file in hashed(study)
        if file.startswith((folder_of(name), "experiments/statistics/"))
    ]
    files = [*own[:4], "model/week.py"]
    if not isinstance(study, RunsStudy):
        files.append("configs/scheme/amazon_2026.yaml")
    for file in files:
        with edited_tree(file):
            assert study.identity(plan) != before, file
    assert study.identity(plan) == before
