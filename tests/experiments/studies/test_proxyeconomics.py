"""Proxyeconomics: mechanics by hand, both versions the same, near the reference."""

import math

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.figures.save import rendered
from experiments.statistics.finding import Verdict
from experiments.studies.proxyeconomics import compiled as proxyeconomics_compiled
from experiments.studies.proxyeconomics import on_mesa as proxyeconomics
from experiments.studies.proxyeconomics import rules as proxyeconomics_rules
from experiments.studies.proxyeconomics import runs as proxyeconomics_runs
from experiments.studies.proxyeconomics import table as proxyeconomics_table
from experiments.studies.proxyeconomics.compiled import trajectory
from experiments.studies.proxyeconomics.figure import proxyeconomics as draw
from experiments.studies.proxyeconomics.on_mesa import Proxyeconomy
from experiments.studies.proxyeconomics.reference import (
    GRID,
    PUBLISHED_STEPS,
    REFERENCE,
    ROUNDING,
    Place,
    Printed,
    ReferenceCell,
    Summary,
    cells,
    claims,
)
from experiments.studies.proxyeconomics.rules import (
    LEAST_TALENT,
    READINGS,
    STATISTICS,
    TRIES,
    OwnProxy,
    Reading,
    Setting,
    founders,
    goal_of,
    proxy_of,
    talent,
    utility,
    wrapped,
)
from experiments.studies.proxyeconomics.table import CELLS

SEED = 20_220_216


def society(efforts, *, angles=None, talents=None, seed=SEED, **setting):
    """A model whose agents, in order, have what is given; by default all is proxy."""
    setting = {"moral_weight": 0.0, "competition": 0.5, "mutation": 0.0, **setting}
    model = Proxyeconomy(Setting(agents=len(efforts), **setting), rng=seed)
    for row, agent in enumerate(model.agents):
        agent.effort = efforts[row]
        agent.angle = angles[row] if angles else 0.0
        agent.talent = talents[row] if talents else 10.0
        agent.show(agent.effort)
    return model, list(model.agents)


# --- rules ------------------------------------------------------------------------


def test_an_angle_between_proxy_and_goal_serves_both():
    assert proxy_of(2.0, math.pi / 3) == pytest.approx(1.0)
    assert goal_of(2.0, math.pi / 6, math.pi / 2) == pytest.approx(1.0)


def test_a_gain_is_worth_its_power():
    # 2^0.88 = 1.84038; cost 3^2 / 10 = 0.9.
    assert utility(3.0, 1.0, 0.0, 3.0, 10.0, 0.0) == pytest.approx(0.94038, abs=1e-5)


def test_a_loss_counts_two_and_a_quarter_times():
    # -2.25 x 2^0.88 = -4.14085; cost 1^2 / 10 = 0.1.
    assert utility(1.0, 3.0, 0.0, 1.0, 10.0, 0.0) == pytest.approx(-4.24085, abs=1e-5)


def test_a_proxy_at_the_threshold_is_neither_gain_nor_loss():
    assert utility(3.0, 3.0, 0.0, 0.0, 10.0, 0.0) == 0.0


def test_the_goal_counts_by_its_moral_weight():
    assert utility(3.0, 3.0, 7.0, 2.0, 8.0, 0.5) == pytest.approx(3.5 - 4.0 / 8.0)


@pytest.mark.parametrize(
    ("competition", "agents", "rank"),
    [(0.1, 100, 9), (0.9, 100, 89), (1.0, 100, 99), (0.01, 100, 0), (0.29, 100, 27)],
)
def test_the_rank_cuts_off_what_floating_point_makes_of_it(competition, agents, rank):
    assert Setting(0.0, competition, agents=agents).rank == rank


def test_only_angles_above_a_half_turn_are_wrapped():
    assert wrapped(math.pi + 0.25) == pytest.approx(0.25 - math.pi)
    assert wrapped(-math.pi - 0.25) == -math.pi - 0.25


def test_talent_never_falls_below_its_floor():
    class Unlucky:
        def normal(self, mean, sd):
            assert (mean, sd) == (10.0, 1.0)
            return -3.0

    assert talent(Unlucky()) == LEAST_TALENT


def test_first_practices_lie_between_proxy_and_goal():
    angles, talents = founders(
        Setting(0.0, 0.5, agents=4000), np.random.default_rng(SEED)
    )
    assert angles.min() >= 0.0
    assert angles.max() <= math.pi / 4
    # Standard errors: pi/4 / sqrt(12 x 4000) and 1 / sqrt(4000).
    assert angles.mean() == pytest.approx(math.pi / 8, abs=4 * 0.0036)
    assert talents.mean() == pytest.approx(10.0, abs=4 * 0.0159)


# --- a turn -----------------------------------------------------------------------


def test_the_threshold_is_the_proxy_of_its_rank():
    model, _ = society([4.0, 1.0, 3.0, 2.0], competition=0.75)
    assert model.threshold() == 3.0


def test_an_agent_tries_eleven_efforts_and_leaves_out_those_that_are_not_positive():
    _, (agent, *_) = society([5.0, 1.0, 1.0, 1.0])
    tried = []
    agent.worth = lambda effort, threshold: tried.append(effort) or 0.0
    agent.act()
    assert tried == [5.0 + change for change in TRIES if change > -5.0]


def test_of_equal_worth_the_lower_effort_is_kept():
    _, (agent, *_) = society([20.0, 1.0, 1.0, 1.0])
    agent.worth = lambda effort, threshold: 0.0
    agent.act()
    assert agent.effort == 10.0


def test_an_agent_keeps_the_best_effort_and_shows_it():
    # All others stand at 6, so T is 6; an effort x > 6 brings (x - 6)^0.88 - x^2 / 100.
    _, (agent, *_) = society([6.0, 6.0, 6.0, 6.0], talents=[100.0] * 4)
    agent.act()
    worths = {
        x: (x - 6.0) ** 0.88 - x * x / 100.0 for x in (6.0, 6.1, 6.5, 7.0, 11.0, 16.0)
    }
    assert agent.effort == max(worths, key=worths.get) == 16.0
    assert agent.proxy == 16.0
    assert agent.goal == pytest.approx(16.0 * math.cos(math.pi / 4))


def thresholds_seen(own_proxy):
    """T at each try of an agent at 5 that stands between others at 4 and 6.5."""
    reading = Reading(own_proxy=own_proxy)
    _, (agent, *_) = society([5.0, 4.0, 6.5], competition=0.67, reading=reading)
    seen = []
    agent.worth = lambda effort, threshold: seen.append(threshold) or -effort
    agent.act()
    return seen


def test_the_threshold_counts_what_the_agent_tried_last():
    # Tries: 4, 4.5, 4.9, 5, 5.1, 5.5, 6, 10, 15; before them it holds 5.
    assert thresholds_seen(OwnProxy.LAST_TRIED) == pytest.approx(
        [5.0, 4.0, 4.5, 4.9, 5.0, 5.1, 5.5, 6.0, 6.5]
    )


def test_another_reading_counts_the_try_itself():
    assert thresholds_seen(OwnProxy.TRIED) == pytest.approx(
        [4.0, 4.5, 4.9, 5.0, 5.1, 5.5, 6.0, 6.5, 6.5]
    )


def test_another_reading_counts_what_the_agent_held():
    assert thresholds_seen(OwnProxy.HELD) == [5.0] * 9


def test_each_other_reading_differs_from_the_decided_one_in_one_thing():
    decided, *others = READINGS.values()
    assert decided == (OwnProxy.LAST_TRIED, True, True)
    assert Setting(0.0, 0.5).reading == decided
    for other in others:
        assert sum(a != b for a, b in zip(other, decided, strict=True)) == 1


# --- selection --------------------------------------------------------------------


def test_losers_die_and_copy_winners():
    angles = [0.1, 0.2, 0.3, 0.4]
    model, agents = society([1.0, 2.0, 3.0, 4.0], angles=angles, death=1.0)
    threshold = agents[1].proxy
    assert model.threshold() == threshold
    model.select()
    # Rows 0 and 1 lose (row 1 stands at T); rows 1, 2 and 3 may be copied.
    cultures = {(2.0, 0.2), (3.0, 0.3), (4.0, 0.4)}
    assert {(agent.effort, agent.angle) for agent in agents[:2]} <= cultures
    assert [(a.effort, a.angle) for a in agents[2:]] == [(3.0, 0.3), (4.0, 0.4)]
    assert all(agent.talent != 10.0 for agent in agents[:2])
    assert all(agent.talent == 10.0 for agent in agents[2:])


def test_newborns_show_what_their_predecessors_did():
    model, agents = society([1.0, 2.0, 3.0, 4.0], death=1.0, competition=0.5)
    model.select()
    assert [agent.proxy for agent in agents] == [1.0, 2.0, 3.0, 4.0]
    assert agents[0].effort > 1.0


def test_another_reading_lets_newborns_be_seen_at_once():
    reading = Reading(newborns_wait=False)
    model, agents = society([1.0, 2.0, 3.0, 4.0], death=1.0, reading=reading)
    model.select()
    assert agents[0].proxy == agents[0].effort > 1.0


@pytest.mark.parametrize(("dies", "replaced"), [(True, 2), (False, 1)])
def test_whether_the_agent_at_the_threshold_dies_is_a_reading(dies, replaced):
    reading = Reading(dies_at_threshold=dies)
    model, agents = society([1.0, 2.0, 3.0, 4.0], death=1.0, reading=reading)
    model.select()
    assert sum(agent.talent != 10.0 for agent in agents) == replaced


def test_nobody_dies_without_death():
    model, agents = society([1.0, 2.0, 3.0, 4.0], death=0.0)
    model.select()
    assert [agent.talent for agent in agents] == [10.0] * 4


def test_a_copied_angle_mutates_by_what_was_asked_for():
    half = 2000
    model, agents = society(
        [1.0] * half + [2.0] * half,
        angles=[0.5] * 2 * half,
        competition=0.75,
        death=1.0,
        mutation=0.05,
        reading=Reading(dies_at_threshold=False),
    )
    model.select()
    drawn = np.array([agent.angle for agent in agents[:half]])
    # Standard errors: 0.05 / sqrt(2000) of the mean, 0.05 / sqrt(4000) of the sd.
    assert drawn.mean() == pytest.approx(0.5, abs=4 * 0.00112)
    assert drawn.std() == pytest.approx(0.05, abs=4 * 0.00079)


# --- whole runs -------------------------------------------------------------------


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("place", [Place(0.0, 0.1), Place(1.0, 0.3), Place(0.0, 1.0)])
def test_the_compiled_version_makes_the_steps_of_the_mesa_version(place, reading):
    setting = Setting(*place, agents=40, reading=READINGS[reading])
    slow = proxyeconomics.trajectory(setting, SEED, 60)
    fast = trajectory(setting, SEED, 60)
    np.testing.assert_allclose(fast, slow, rtol=1e-12, atol=1e-12)


def test_chunks_do_not_show(monkeypatch):
    setting = Setting(1.0, 0.3, agents=30)
    whole = trajectory(setting, SEED, 50)
    monkeypatch.setattr(proxyeconomics_compiled, "CHUNK", 7)
    parts = trajectory(setting, SEED, 50)
    np.testing.assert_array_equal(parts, whole)


@pytest.mark.parametrize("version", [proxyeconomics, proxyeconomics_compiled])
def test_a_seed_makes_a_run(version):
    setting = Setting(1.0, 0.3, agents=20)
    first, again = (version.trajectory(setting, SEED, 20) for _ in range(2))
    other = version.trajectory(setting, SEED + 1, 20)
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.01


def test_how_a_run_starts_is_forgotten_before_it_counts(monkeypatch):
    setting = Setting(0.0, 0.1)
    efforts = {}
    for start in (1.0, 30.0):
        for module in (proxyeconomics_compiled, proxyeconomics_rules):
            monkeypatch.setattr(module, "START_EFFORT", start)
        efforts[start] = np.array(
            [trajectory(setting, SEED + k, 500)[:, 2] for k in range(6)]
        )
    first = efforts[30.0][:, 0] - efforts[1.0][:, 0]
    later = (efforts[30.0] - efforts[1.0])[:, 300:].mean(axis=1)
    assert first.min() > 10.0
    assert abs(later.mean()) < 4.0 * later.std(ddof=1) / math.sqrt(6)
    assert later.std(ddof=1) < 0.5  # else the line above would say nothing


@pytest.mark.parametrize("place", [Place(1.0, 0.3), Place(0.0, 0.9)])
def test_four_runs_lie_within_four_standard_errors_of_the_reference(place):
    means = [
        trajectory(Setting(*place), SEED + k, PUBLISHED_STEPS)[PUBLISHED_STEPS // 2 :]
        for k in range(4)
    ]
    found = np.mean(means, axis=(0, 1))
    for ours, (statistic, printed) in zip(found, REFERENCE[place].items(), strict=True):
        # Four runs tell their sd badly: theirs stands for both. Effort's is not
        # printed; it varies as the proxy does.
        sd = printed.sd or REFERENCE[place]["proxy"].sd
        error = sd * math.sqrt(1 / 4 + 1 / 10)
        assert abs(ours - printed.mean) < 4.0 * error + ROUNDING[statistic]


# --- judging ----------------------------------------------------------------------


def test_distances_are_standard_errors_beyond_rounding():
    cell = ReferenceCell(
        Place(0.0, 0.1), "proxy", Printed(9.5, 0.3), Summary(10.005, 0.4, 16)
    )
    # sqrt(0.4^2/16 + 0.3^2/10) = sqrt(0.01 + 0.009) = 0.137840; (0.505 - 0.005) / that.
    assert cell.distance == pytest.approx(0.5 / 0.137840, rel=1e-5)
    assert cell.holds
    assert not cell._replace(printed=Printed(9.4, 0.3)).holds


def test_a_value_that_is_no_number_never_holds():
    nan = Summary(math.nan, 0.1, 10)
    assert not ReferenceCell(Place(0.0, 0.1), "proxy", Printed(9.5, 0.1), nan).holds


def made(**changed):
    """Estimates with the shape that is claimed, or with one thing changed."""
    found = {}
    for place in GRID:
        g, c = place
        height = 10.0 + 4.0 * g - 10.0 * (c - 0.3) ** 2
        angle = 7.0 * g
        for name in STATISTICS:
            value = angle if name == "angle" else height
            value = changed.get(f"{name}_{g:g}", lambda _, v: v)(c, value)
            found[place, name] = Summary(value, 0.3, 10)
    return found


def test_claims_hold_of_what_has_their_shape():
    assert [claim.verdict for claim in claims(made())] == [Verdict.HOLDS] * 3


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        (0, {"angle_0": lambda c, v: 7.0}),
        (1, {"angle_1": lambda c, v: 0.0}),
        (1, {"angle_1": lambda c, v: 10.0 + 10.0 * c}),
        (2, {"goal_1": lambda c, v: 10.0 + c}),
        (2, {"effort_0": lambda c, v: 10.0 - 9.0 * (c - 0.6) ** 2}),
    ],
)
def test_claims_fail_of_what_has_another_shape(number, changed):
    found = claims(made(**changed))
    assert found[number].verdict is Verdict.FAILS
    others = [claim.verdict for k, claim in enumerate(found) if k != number]
    assert others == [Verdict.HOLDS] * 2


def test_a_table_is_read_as_it_was_written(tmp_path):
    found = {"as decided": made(), "newborns are seen at once": made()}
    path = tmp_path / "cells.csv"
    CELLS.write(path, proxyeconomics_table.cells_of(found))
    again = proxyeconomics_table.summaries_of(CELLS.read(path))
    assert again.keys() == found.keys()
    for reading, estimates in found.items():
        for key, estimate in estimates.items():
            assert again[reading][key] == pytest.approx(estimate, rel=1e-5)


def test_the_markdown_counts_the_cells_that_hold(tmp_path):
    path = tmp_path / "cells.csv"
    CELLS.write(path, proxyeconomics_table.cells_of({"as decided": made()}))
    text = proxyeconomics_table.table_markdown(path)
    held = sum(cell.holds for cell in cells(made()))
    assert text.startswith(f"{held} of 32 cells lie within 4 standard errors.")
    assert text.count("\n| g = ") == len(REFERENCE)


def test_a_foreign_table_is_refused(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="does not hold the columns"):
        CELLS.read(path)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"competition": 0.0}, "at least one: take 0.01"),
        ({"competition": 0.005}, "at least one: take 0.01"),
        ({"competition": 1.5}, "competition is 1.5; it must be at least 0 and at"),
        ({"moral_weight": -1.0}, "moral_weight is -1.0"),
        ({"moral_weight": math.nan}, "moral_weight is nan"),
        ({"death": 1.1}, "death is 1.1"),
        ({"mutation": -0.1}, "mutation is -0.1"),
        ({"goal_angle": 4.0}, "goal_angle is 4.0"),
        ({"agents": 1}, "agents is 1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Setting(**{"moral_weight": 0.0, "competition": 0.5, **wrong})


# --- the study --------------------------------------------------------------------


def test_the_chart_is_the_same_for_the_same_numbers_and_needs_all_of_them():
    chart = rendered(draw(made()), "png")
    assert chart == rendered(draw(made()), "png")
    with pytest.raises(ValueError, match="the grid lacks 1 estimates"):
        draw({k: v for k, v in made().items() if k != (Place(1.0, 0.2), "goal")})


@pytest.fixture
def asked(monkeypatch, tmp_path):
    monkeypatch.setattr(proxyeconomics_runs, "TWIN_STEPS", 2)
    return [
        "study=proxyeconomics",
        "study.replicates=2",
        "study.steps=40",
        "study.readings=false",
        f"out={tmp_path / 'found'}",
    ]


def test_the_study_keeps_its_numbers_and_says_them(asked, tmp_path, capsys):
    main(asked)
    folder = tmp_path / "found"
    rows = CELLS.read(folder / CELLS.name)
    [found] = proxyeconomics_table.summaries_of(rows).values()
    assert set(found) == {(place, name) for place in GRID for name in STATISTICS}
    # Mean and sd of two runs of the second half, by hand.
    place = Place(1.0, 0.3)
    runs = [
        trajectory(
            Setting(*place), proxyeconomics_runs.run_seed(Setting(*place), 1, k), 40
        )[20:, 0].mean()
        for k in range(2)
    ]
    assert found[place, "proxy"].mean == pytest.approx(np.mean(runs), rel=1e-5)
    assert found[place, "proxy"].sd == pytest.approx(np.std(runs, ddof=1), rel=1e-4)
    said = capsys.readouterr().out
    page = (folder / "report.html").read_text()
    for text in (said, page):
        assert "of 32 cells lie within 4 standard errors" in text
        assert "make the same steps" in text
        assert "The reference is about runs of 6,000 steps" in text
    assert (folder / "figures" / "proxyeconomics.svg").exists()


def test_a_finished_study_has_nothing_to_do_and_says_the_same(asked, capsys):
    main(asked)
    first = capsys.readouterr().out.splitlines()
    main(asked)
    again = capsys.readouterr().out.splitlines()
    assert again[0] == "complete, nothing to do (again=true does it once more)"
    end = next(k for k, line in enumerate(first) if "Total:" in line)
    assert again[2 : end + 2] == first[:end]


def test_our_own_parameters_are_refused(asked, capsys):
    for override in ("people.learning=0.1", "scheme=amazon_2026"):
        with pytest.raises(SystemExit) as end:
            main([*asked, override])
        assert end.value.code == 2
        message = capsys.readouterr().err
        assert f"{override} changes the scenario, but study=proxyec" in message


def test_settings_and_replicates_share_no_luck():
    seeds = {
        proxyeconomics_runs.run_seed(Setting(*place, reading=reading), seed, replicate)
        for reading in READINGS.values()
        for place in GRID
        for seed in (1, 2)
        for replicate in range(3)
    }
    assert len(seeds) == len(READINGS) * len(GRID) * 2 * 3
