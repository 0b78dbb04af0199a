"""The benchmark of studies measures what it says."""

import time

import pytest

from benchmarks import study as benchmark

TINY = ["weeks=26", "organisation.employees=20", "study.replicates=2"]
WORDS = {
    benchmark.WITH: ["study.schemes=[voluntary,no_review]", "study.worlds=2"],
    benchmark.WITHOUT: ["study.schemes=[voluntary,no_review]"],
    "sweep": [],
}


@pytest.mark.parametrize("name", WORDS)
def test_the_parts_of_a_study_and_the_rest_are_all_of_it(name, tmp_path):
    began = time.time()
    words = [*benchmark.STUDIES[name], *TINY, *WORDS[name], f"out={tmp_path / 'out'}"]
    whole = benchmark.measure(words, began)
    assert 0.0 < whole.first_table <= whole.total <= time.time() - began
    assert tuple(whole.parts) == benchmark.PARTS
    assert all(whole.parts[part] > 0.0 for part in benchmark.PARTS)
    assert sum(whole.parts.values()) < whole.total
    assert (tmp_path / "out" / "report.html").exists()


def test_the_price_of_worlds_is_told_as_ratios_of_turns_side_by_side():
    def turn(seconds, cpu, memory):
        return benchmark.Measured(seconds, 1.0, {}, cpu, memory), 1.0

    having = [turn(4.0, 6.0, 110.0), turn(30.0, 50.0, 100.0), turn(9.0, 9.0, 90.0)]
    lacking = [turn(2.0, 2.0, 100.0), turn(10.0, 10.0, 100.0), turn(3.0, 9.0, 100.0)]
    assert benchmark.price(having, lacking) == (
        "With plausible worlds a comparison takes 3.00 times the time, 3.00 times the "
        "processor time and 1.00 times the memory."
    )


def test_a_part_within_another_counts_for_itself(monkeypatch):
    clock, now = benchmark.Clock(), [0.0]
    monkeypatch.setattr(benchmark.time, "perf_counter", lambda: now[0])
    with clock.within("engine"):
        now[0] = 1.0
        with clock.within("store"):
            now[0] = 3.0
        now[0] = 7.0
    assert (clock.seconds["engine"], clock.seconds["store"]) == (5.0, 2.0)


def test_bare_runs_are_worked_out_for_all_runs_of_a_study(monkeypatch):
    words = ["study=run", *TINY, "study.replicates=6"]
    monkeypatch.setattr(benchmark, "BARE", 3)
    done = []

    def counted(jobs, threads):
        done.extend(jobs)
        return iter(jobs)

    now = iter([0.0, 1.5])
    monkeypatch.setattr(benchmark, "simulate_many", counted)
    monkeypatch.setattr(benchmark.runner, "load", lambda: 0.0)
    monkeypatch.setattr(benchmark.time, "perf_counter", lambda: next(now))
    assert benchmark.bare(words) == 3.0
    assert [job.replicate for job in done] == [0, 2, 4]
