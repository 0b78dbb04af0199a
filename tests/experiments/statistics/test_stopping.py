"""The stopping rule keeps its word, and a naive one does not."""

import numpy as np
import pytest
from scipy.special import stdtrit

from experiments.config.request import ask
from experiments.designs.design import compared, single
from experiments.errors import UserError
from experiments.report.reproduce import python
from experiments.runs.runner import carry_out
from experiments.statistics import stopping
from experiments.statistics.coverage import (
    COVERAGE,
    MOST,
    Z,
    coverage,
    growing,
    heavy,
    lognormal,
    mixture,
    naive,
    normal,
    resampled,
    stopped,
)
from experiments.statistics.effects import EFFECTS
from experiments.statistics.power import half
from experiments.statistics.stopping import (
    FIRST,
    Series,
    Target,
    growth,
    next_stage,
    of_effects,
    of_level,
    onwards,
    stop,
    target,
    wanted,
)
from experiments.statistics.worlds import IN_WORLDS, overall
from experiments.store import parts
from experiments.store.store import RUNS, WEEKS
from experiments.studies import compare
from model import Scenario, Workplace

STUDIES = 2000


@pytest.mark.parametrize("draw", [normal, heavy, lognormal, mixture])
def test_the_stated_coverage_is_reached(draw):
    for found in coverage("", "", draw, [32], [40, 100, 250], STUDIES, seed=1):
        assert found.capped <= 0.2, "the cap must not decide"
        assert 93.0 <= found.kept <= 97.0, found


@pytest.mark.parametrize("draw", [normal, heavy])
def test_the_interval_that_is_printed_covers_too(draw):
    for found in coverage("", "", draw, [32], [40, 100, 250], STUDIES, seed=1):
        assert 93.0 <= found.printed <= 97.0, found


@pytest.mark.parametrize("draw", [normal, heavy, lognormal, mixture])
def test_differences_of_which_coverage_is_known_are_standardised(draw):
    values = draw(np.random.default_rng(3), (400, 5000))
    assert values.mean() == pytest.approx(0.0, abs=0.01)
    assert values.std() == pytest.approx(1.0, abs=0.03)


def test_resampled_differences_are_those_of_a_model_and_standardised():
    pool = np.array([1.0, 2.0, 6.0])
    values = resampled(pool)(np.random.default_rng(3), (100, 1000))
    assert sorted(set(values.ravel())) == pytest.approx((pool - 3.0) / pool.std())
    assert values.mean() == pytest.approx(0.0, abs=0.02)


def test_the_printed_interval_is_never_wider_than_what_was_asked_for():
    values = heavy(np.random.default_rng(40), (STUDIES, MOST))
    n, _, half_width = stopped(growing(values), 32, Z / 100**0.5)
    assert (half_width[n < MOST] <= Z / 100**0.5).all()


def test_a_naive_rule_falls_short_on_the_same_studies():
    """One that looks after every replicate from the third, with the normal quantile."""
    assert naive("", "", normal, 64, STUDIES, seed=1).kept < 92.5


def test_the_rule_costs_little_more_than_a_known_variance_would():
    [found] = coverage("", "", normal, [32], [250], STUDIES, seed=1)
    assert 1.0 < found.cost < 1.12


def test_coverage_comes_back_from_its_file(tmp_path):
    rows = [*coverage("a", "b", normal, [16], [24], 20, seed=1)]
    COVERAGE.write(tmp_path / COVERAGE.name, rows)
    assert COVERAGE.read(tmp_path / COVERAGE.name) == rows


def test_the_formula_is_the_one_that_is_documented():
    n, s, h = 20, 3.0, 0.7
    right = (stdtrit(19, 0.975) * s / h) ** 2 * (1 + 4 / 20)
    assert wanted(n, s, h) == np.ceil(right) == 97
    assert onwards(n, s, h) == 49, "halfway, because it is more than twice as many"
    assert onwards(60, s, h) == wanted(60, s, h) == 79, "all the way"
    assert onwards(76, s, h) == 84, "a tenth at least"
    assert onwards(90, s, h) == 90, "enough"


def study(values, base=None):
    values = np.asarray(values, float)
    return Series(values, np.full(len(values), 100.0) if base is None else base)


def test_a_study_goes_through_the_same_stages_as_the_simulation():
    values = normal(np.random.default_rng(8), (50, MOST))
    n, _, t = stopped(growing(values), FIRST, 0.2)
    for row, end, ends in zip(values, n, t, strict=True):
        found = stop({"x": study(row)}, Target(0.2, FIRST, MOST))
        assert found.stages[-1] == end
        assert found.spreads["x"].half == pytest.approx(ends, rel=1e-9)
        assert not found.missing


def test_the_most_demanding_effect_decides():
    rng = np.random.default_rng(2)
    small, large = study(rng.normal(size=400)), study(3.0 * rng.normal(size=400))
    aim = Target(0.5, FIRST, 1000)
    alone = next_stage([large], FIRST, aim)
    assert alone > next_stage([small], FIRST, aim)
    assert next_stage([small, large], FIRST, aim) == alone


def test_the_cap_holds_and_what_is_missing_is_known():
    values = normal(np.random.default_rng(3), 100)
    found = stop({"x": study(values)}, Target(0.1, FIRST, 60))
    assert found.stages == (FIRST, 60)
    assert found.missing["x"] == wanted(*found.spreads["x"], 0.1)


def test_replicates_without_a_value_are_made_up_for():
    values = normal(np.random.default_rng(4), 40)
    holes = values.copy()
    holes[::4] = np.nan
    aim = Target(0.2, FIRST, 10_000)
    without = next_stage([study(values[~np.isnan(holes)])], 30, aim)
    assert next_stage([study(holes)], 40, aim) == np.ceil(without * 40 / 30)


def test_what_has_no_percentage_asks_for_nothing():
    aim = Target(0.2, FIRST, 100)
    nothing = study([1.0, 2.0] * 20, np.zeros(40))
    unknown = study([np.nan] * 40)
    assert next_stage([nothing, unknown], FIRST, aim) == FIRST
    found = stop({"a": nothing, "b": unknown}, aim)
    assert found.spreads == {"a": None, "b": None}


def test_what_never_differs_is_known_at_once():
    found = stop({"x": study(np.zeros(40))}, Target(0.2, FIRST, 100))
    assert found.stages == (FIRST,)
    assert found.spreads["x"].half == 0.0


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["study.until_halfwidth=0.2", "study.replicates=8"], "at least 16, not 8"),
        (["study.until_halfwidth=0.2", "study.most_replicates=20"], "most_replicates"),
        (["study.until_halfwidth=0.0001"], "no number of replicates"),
    ],
)
@pytest.mark.parametrize("name", ["compare", "run"])
def test_stages_that_do_not_fit_are_refused(name, overrides, words):
    with pytest.raises(UserError, match=words):
        target(ask([f"study={name}", *overrides]).settings)


@pytest.mark.parametrize("off", ["0", "null"])
def test_without_an_aim_a_study_does_not_grow(off):
    settings = ask(["study=compare", f"study.until_halfwidth={off}"]).settings
    assert target(settings) is None
    assert growth(None, lambda panel: {})(None) is None


SMALL = [
    "study=compare",
    "organisation.employees=24",
    "weeks=26",
    "study.replicates=16",
    "study.worlds=2",
    "study.schemes=[voluntary,monthly_minimum]",
    "study.until_halfwidth=0.2",
]


def said(capsys):
    return " ".join(capsys.readouterr().out.split())


def test_a_comparison_grows_until_it_knows_enough(tmp_path, capsys):
    compare.run(ask([*SMALL, f"out={tmp_path}"]))
    text = said(capsys)
    assert "(stages before: 16" in text
    assert "known to ±0.2 % of the baseline's output" in text
    rows = {
        row.outcome: row
        for row in EFFECTS.read(tmp_path / "effects.csv")
        if row.period == "whole"
    }
    output = rows["output"]
    assert output.replicates > 16
    assert (output.percent_high - output.percent_low) / 2 <= 0.2
    [everywhere] = overall(IN_WORLDS.read(tmp_path / "in_worlds.csv")).values()
    assert everywhere.worlds == 2, "worlds are run once each"


def test_a_comparison_says_when_the_cap_comes_first(tmp_path, capsys):
    compare.run(ask([*SMALL, "study.most_replicates=17", f"out={tmp_path}"]))
    text = said(capsys)
    assert (
        "The cap came first: 17 replicates (study.most_replicates) are too few" in text
    )
    assert "that would take about" in text


def test_the_program_of_a_report_has_the_replicates_that_the_study_came_to():
    assert "SEED, REPLICATES = 1, 41\n" in python(ask(SMALL), 41)


ORGANISATION = Workplace(employees=24, team_size=4)
SCENARIO = Scenario(organisation=ORGANISATION, weeks=26)
AIM = Target(1.5, FIRST, 200)


def grown(out, interrupted=None):
    """A study of one scheme that grows; ``interrupted`` after so many parts."""
    grow = growth(AIM, lambda panel: of_level(panel, "voluntary"))
    design = single("voluntary", SCENARIO, FIRST, seed=3)
    return carry_out(
        ask(["study=run", "seed=3", f"out={out}"]), design, lambda _: (), grow
    )


def test_a_growing_study_goes_on_where_it_was_interrupted(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "PART", 24 * (26 + 12) * 5)
    whole = grown(tmp_path / "whole")
    assert whole.store.design.points[0].replicates > FIRST
    calls = 0
    add = stopping.Store.add

    def failing(self, number, content):
        nonlocal calls
        calls += 1
        if calls == 6:
            raise KeyboardInterrupt
        add(self, number, content)

    monkeypatch.setattr(stopping.Store, "add", failing)
    with pytest.raises(SystemExit):
        grown(tmp_path / "cut")
    monkeypatch.setattr(stopping.Store, "add", add)
    again = grown(tmp_path / "cut")
    assert 0 < again.runs < whole.runs
    for name in (RUNS, WEEKS):
        ours, theirs = (tmp_path / k / name for k in ("cut", "whole"))
        assert ours.read_bytes() == theirs.read_bytes()
    done = grown(tmp_path / "whole")
    assert done.runs == 0
    assert done.store.design.points == whole.store.design.points


def test_the_series_of_a_comparison_are_paired_differences(tmp_path):
    design = compared({"voluntary": SCENARIO, "custom": SCENARIO}, 3, seed=1)
    request = ask(["study=run", f"out={tmp_path}"])
    found = {}

    def look(store):
        panel = compare.Panel(store.read(RUNS))
        found.update(of_effects(panel, "voluntary"))
        return ()

    carry_out(request, design, look)
    assert set(found) == {"custom"}
    assert (found["custom"].values == 0.0).all(), "equal schemes, equal luck"
    assert (found["custom"].base > 0.0).all()


def test_a_half_width_is_that_of_the_t_interval():
    sample = np.array([1.0, 2.0, 4.0, 7.0])
    spread = study(sample).spread(4)
    assert spread.half == pytest.approx(half(sample.std(ddof=1), 4), rel=1e-12)
