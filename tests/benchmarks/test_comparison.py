"""What the comparison with other frameworks says holds."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import decisions, equality, page, sweeps, tables
from benchmarks.decisions import Contestant, Entry
from benchmarks.figure import Figure, from_csv, to_csv
from benchmarks.processes import Worker
from benchmarks.reduced import on_engine
from benchmarks.reduced.window import Window

ROOT = Path(__file__).parents[2]
NEEDED = {
    "mesa": "mesa",
    "agentpy": "agentpy",
    "mesa-frames": "mesa_frames",
    "starsim": "starsim",
}
SIZES = equality.Sizes(employees=200, weeks=8, ours=40, theirs=5)


@pytest.fixture(scope="module")
def engine():
    worker = Worker("reduced:1")
    yield worker
    worker.close()


def worker_of(framework):
    if find_spec(NEEDED[framework]) is None:
        pytest.skip(f"{framework} is not installed")
    return Worker(framework)


def compared(engine, framework, **changes):
    rules = engine.ask("rules", warm_up=12)
    other = worker_of(framework)
    order = {"employees": SIZES.employees, "weeks": SIZES.weeks}
    theirs = other.ask(
        "means", rules=rules | changes, seeds=[*range(1, SIZES.theirs + 1)], **order
    )
    other.close()
    ours = engine.ask("means", rules=rules, seeds=[*range(1, SIZES.ours + 1)], **order)
    return equality.compare(framework, theirs, ours)


@pytest.mark.parametrize("framework", NEEDED)
def test_a_framework_lives_the_model_of_the_engine(engine, framework):
    for one in compared(engine, framework):
        assert one.equal, f"{one.outcome} is {one.away:.1f} standard errors away"


@pytest.mark.parametrize(
    ("rule", "value", "outcome"),
    [("penalty", 0.0, "active"), ("norm_memory", 0.05, "norm")],
)
def test_a_framework_with_another_rule_is_found_out(engine, rule, value, outcome):
    all_of_them = compared(engine, "mesa", **{rule: value})
    different = [one.outcome for one in all_of_them if not one.equal]
    assert outcome in different


def test_a_worker_tells_what_is_missing():
    program = (
        "import sys; sys.modules['mesa'] = None; "
        "from benchmarks import worker; worker.main('mesa')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    assert "mesa" in json.loads(done.stdout)["missing"]


def test_what_is_missing_stands_in_the_table():
    figures = [
        Figure(
            "decisions", "Some framework", "reduced", 0, 0, 0, 0, "decisions", "1/s",
            1.0, 1.0, 1.0, 0, "not installed: no module",
        )
    ]  # fmt: skip
    (row,) = tables.decision_rows(figures)
    assert "not installed: no module" in row


def test_the_window_closes_after_its_weeks_and_opens_again():
    window = Window(on_engine.rules(warm_up=2))
    left = []
    for week in range(7):
        window.week = week
        left.append(window.left)
    assert left == [0, 0, 40, 30, 20, 10, 40]


def entry(employees):
    one = Contestant("some", "reduced", 1, "some", "some")
    return Entry(one, employees, build=1.0, base=100.0, peak=110.0, seconds=[1.0])


def test_more_employees_are_expected_to_cost_in_proportion():
    larger = entry(1_000).predicted(10_000)
    found = larger.build, larger.week, larger.base, larger.peak, larger.how
    assert found == (10.0, 10.0, 100.0, 200.0, "extrapolated")


def test_a_size_that_takes_too_long_is_extrapolated_and_says_so():
    chosen = [Contestant("Mesa", "reduced", 1, "mesa", "mesa")]
    desk = Worker("reduced:1")
    rules = desk.ask("rules", warm_up=0)
    desk.close()
    found = decisions.measure(
        chosen, (8, 8_000_000), 1, 5.0, {"mesa": sys.executable}, rules
    )
    assert [(e.employees, e.how) for e in found] == [
        (8, "measured"),
        (8_000_000, "extrapolated"),
    ]


def test_figures_come_back_from_their_file():
    figures = decisions.figures([entry(1_024)])
    assert from_csv(to_csv(figures)) == figures


def test_figures_are_stored_with_the_machine_and_shown_on_the_page(
    tmp_path, monkeypatch
):
    shown, stored = tmp_path / "page.md", tmp_path / "figures.csv"
    shown.write_text("Before\n<!-- measured -->\nold\n<!-- end measured -->\nafter\n")
    monkeypatch.setattr(page, "PAGE", shown)
    monkeypatch.setattr(page, "STORED", stored)
    drawn, chart = tmp_path / "growth.png", tmp_path / "chart.png"
    drawn.write_bytes(b"a chart")
    monkeypatch.setattr(page, "CHART", chart)
    page.keep(decisions.figures([entry(1_024)]), "two quiet cores", drawn)
    assert chart.read_bytes() == b"a chart"
    text = shown.read_text()
    assert "two quiet cores" in text
    assert "| 1,024 | some | reduced | 1 | 10.2 k |" in text
    assert "old" not in text
    assert text.endswith("<!-- end measured -->\nafter\n")


@pytest.mark.skipif(not page.STORED.exists(), reason="no figures are stored")
def test_the_page_shows_the_stored_figures():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(text) == text


@pytest.mark.parametrize("rules", ["voluntary", "reduced"])
def test_a_run_of_a_sweep_is_as_long_on_both_sides(rules):
    (subject,) = (s for s in sweeps.subjects(8, 26) if s.rules == rules)
    lived = sweeps.whole_run(subject.model, subject.arguments, 1, 26)
    assert lived == sweeps.WARM_UP + subject.scenario.weeks


def test_batch_run_ends_a_run_with_the_same_week():
    (subject,) = (s for s in sweeps.subjects(8, 26) if s.rules == "voluntary")
    alone = {name: [value] for name, value in subject.arguments.items()}
    (row,) = sweeps.batched(subject.model, alone, runs=1, steps=38, processes=1)
    assert row["Step"] == 37
    assert row["output"] > 0.0
    assert row["began"] < row["clock"]
