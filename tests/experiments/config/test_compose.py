"""From overrides to scenarios and requests."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from omegaconf import OmegaConf

from experiments import UserError, compose
from experiments.config.catalogue import CONFIGS, GROUPS, SCENARIO_GROUPS, members
from experiments.config.compose import read
from experiments.config.composed import _composed, raw
from experiments.config.help import page
from experiments.config.request import ask, schemes
from experiments.config.settings import STUDIES
from experiments.config.varied import replaced, varied
from experiments.designs.design import at
from model.incentive import Counted, Scope
from model.scenario import Phase, Release, Scenario, Scheme

SCHEMES = members("scheme")


def test_nothing_said_is_the_declared_default():
    assert compose() == Scenario()
    assert compose(["scheme=voluntary"]) == Scenario()


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_composes(name):
    scenario = compose([f"scheme={name}"])
    assert (scenario == Scenario()) == (name == "voluntary")


@pytest.mark.parametrize("group", [g for g in SCENARIO_GROUPS])
def test_every_member_composes_and_is_named_once(group):
    found = {name: compose([f"{group}={name}"]) for name in members(group)}
    assert len({scenario.model_dump_json() for scenario in found.values()}) == len(
        found
    )


@pytest.mark.parametrize("group", [g for g in GROUPS if g != "scheme"])
def test_members_hold_no_unknown_key(group):
    for name in members(group):
        keys = set(OmegaConf.load(CONFIGS / group / f"{name}.yaml"))
        if group == "study":
            assert keys == {"name", *STUDIES[name].model_fields}
        elif group in SCENARIO_GROUPS:
            assert keys <= set(SCENARIO_GROUPS[group].model_fields)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_file_only_selects_members(name):
    keys = set(OmegaConf.load(CONFIGS / "scheme" / f"{name}.yaml"))
    assert keys <= {"changes", "defaults", "timeline"}


def test_the_shipped_schemes_are_those_of_a_comparison():
    assert sorted(ask([]).config["study"]["schemes"]) == SCHEMES


def test_amazon_takes_its_board_down_in_week_40():
    scenario = compose(["scheme=amazon_2026"])
    [phase] = scenario.timeline
    assert phase.week == 40
    assert scenario.leaderboard.scope is Scope.TEAM
    assert scenario.leaderboard.has_weight()
    assert not phase.scheme.leaderboard.has_weight()
    assert phase.scheme.participation == scenario.participation


def test_an_outcome_measure_is_what_the_review_counts():
    scenario = compose(["scheme=outcome_measure"])
    assert (scenario.measure.tokens, scenario.measure.output) == (0.0, 1.0)
    assert scenario.review.measure is Counted.HEADLINE


def test_numbers_of_a_member_can_be_changed():
    quota = compose(["quota.amount=160", "quota=monthly"]).quota
    assert (quota.amount, quota.penalty) == (160.0, 0.10)


def test_the_last_of_two_overrides_of_a_key_counts():
    assert compose(["weeks=60", "weeks=70"]).weeks == 70
    assert not compose(["quota=monthly", "quota=none"]).quota.has_weight()


def test_a_change_of_group_drops_earlier_numbers_of_it():
    timeline = 'timeline=[{week: 40, change: ["quota=none"]}]'
    scenario = compose(["quota=monthly", "quota.penalty=0.2", timeline])
    assert scenario.quota.penalty == 0.2
    [phase] = scenario.timeline
    assert phase == Phase(week=40, scheme=Scheme())


def test_phases_build_on_each_other():
    timeline = (
        'timeline=[{week: 30, change: ["quota=monthly"]},'
        '{week: 60, change: ["quota.amount=200", "review=none"]}]'
    )
    first, second = compose([timeline]).timeline
    assert (first.scheme.quota.amount, second.scheme.quota.amount) == (112.0, 200.0)
    assert not second.scheme.review.has_weight()


def test_a_phase_can_change_technology_alone():
    timeline = (
        'timeline=[{week: 20, change: ["quota=monthly"]},'
        "{week: 30, technology: {gain: 0.9}},"
        '{week: 60, change: ["quota.amount=200"], technology: {price: 3, loss: 0.1}}]'
    )
    scenario = compose([timeline])
    first, second, third = scenario.timeline
    assert second == Phase(week=30, technology=Release(gain=0.9))
    assert third.technology == Release(price=3.0, loss=0.1)
    assert third.scheme.quota == replaced(first.scheme.quota, {"amount": 200.0})
    assert [phase.week for phase in scenario.phases] == [0, 20, 60]


def test_a_release_stays_where_a_parameter_of_the_scheme_is_varied():
    timeline = (
        "timeline=[{week: 30, technology: {gain: 0.9}}, "
        '{week: 40, change: ["bonus=usage"]}]'
    )
    scenario = compose(["quota=monthly", timeline])
    changes = {"quota.amount": 50.0, "technology.loss": 0.2}
    same = compose(["quota=monthly", "quota.amount=50", "technology.loss=.2", timeline])
    assert varied(scenario, changes) == same
    assert at(scenario, changes) == same


NEW_MODEL = "timeline=[{week: 30, technology: {gain: 0.9}}]"


def test_all_rows_of_a_comparison_live_through_the_same_releases():
    request = ask([NEW_MODEL, "study.schemes=[voluntary,amazon_2026]"])
    assert request.scheme == "voluntary"  # a new model is nobody's choice
    rows = schemes(request)
    assert list(rows) == ["voluntary", "amazon_2026"]
    [new] = request.scenario.releases
    assert all(row.releases == (new,) for row in rows.values())
    amazon = compose(["scheme=amazon_2026"])
    assert rows["amazon_2026"].phases == amazon.phases
    assert rows["amazon_2026"].released(()) == amazon


def test_a_timeline_that_takes_the_place_of_a_schemes_own_is_a_lever():
    assert ask(["scheme=amazon_2026", NEW_MODEL]).scheme == "custom"
    assert ask(["scheme=no_review", NEW_MODEL]).scheme == "no_review"
    assert ask([NEW_MODEL.replace("technology: {gain: 0.9}", "change: []")]).levers


def test_a_phase_can_change_to_a_published_scheme():
    timeline = 'timeline=[{week: 40, change: ["scheme=no_review"]}]'
    [phase] = compose(["scheme=everything_at_once", "bonus.rate=2", timeline]).timeline
    assert phase.scheme == compose(["scheme=no_review"]).scheme


@pytest.mark.parametrize(
    "text", ["study=run", "engine.threads=1", "out=x", "seed=3", "again=true"]
)
def test_compose_refuses_what_is_no_part_of_a_scenario(text):
    with pytest.raises(UserError, match="no part of a scenario"):
        compose([text])


def test_what_is_read_has_been_checked():
    assert [o.text for o in read(["study=one", "study.week=3"])] == [
        "study=one",
        "study.week=3",
    ]
    with pytest.raises(UserError, match=r"there is no key study\.week"):
        read(["study.week=3"])
    with pytest.raises(UserError, match="several values"):
        read(["weeks=52,104"])
    assert len(read(["weeks=52,104"], sweeps=True)) == 1


@pytest.mark.slow
def test_composition_is_safe_in_threads():
    names = SCHEMES * 2
    _composed.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: compose([f"scheme={name}"]), names))
    _composed.cache_clear()
    assert found == [compose([f"scheme={name}"]) for name in names]


def test_an_edit_of_a_config_is_seen_by_the_next_composition(tmp_path, monkeypatch):
    shutil.copytree(CONFIGS, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("experiments.config.composed.CONFIGS", tmp_path)
    assert compose(["quota=monthly"]).quota.amount == 112.0
    path = tmp_path / "quota" / "monthly.yaml"
    path.write_text(path.read_text().replace("112.0", "777.0"))
    assert compose(["quota=monthly"]).quota.amount == 777.0


def test_values_that_somebody_changes_are_composed_as_before():
    overrides = read(["quota=monthly"])
    first = raw(overrides)
    whole = deepcopy(first)
    first["quota"].clear()
    assert raw(overrides) == whole


def test_shared_overrides_change_every_row():
    rows = schemes(ask(["organisation.employees=40", "weeks=60", "people=sceptics"]))
    assert list(rows) == ask([]).config["study"]["schemes"]
    for scenario in rows.values():
        assert (scenario.organisation.employees, scenario.weeks) == (40, 60)
        assert scenario.people.belief_mean == -0.2


def test_levers_add_one_row_and_leave_the_published_ones():
    request = ask(["review.weight=0.3", "weeks=60", "study.schemes=[no_review]"])
    rows = schemes(request)
    assert list(rows) == ["voluntary", "no_review", "custom"]
    assert rows["custom"].review.weight == 0.3
    assert rows["voluntary"] == compose(["weeks=60"])
    assert request.levers == ("review.weight=0.3",)
    assert request.shared == ("weeks=60",)


def test_a_scheme_by_name_is_no_custom_row():
    request = ask(["scheme=no_review", "study.schemes=[review_linked]"])
    assert request.scheme == "no_review"
    assert list(schemes(request)) == ["voluntary", "review_linked", "no_review"]
    assert ask(["scheme=no_review", "bonus=usage"]).scheme == "custom"


def test_a_scheme_file_equals_the_shipped_scheme():
    path = CONFIGS / "scheme" / "amazon_2026.yaml"
    assert compose([f"scheme={path}"]) == compose(["scheme=amazon_2026"])
    assert ask([f"scheme={path}"]).scheme == "custom"


def test_a_scheme_file_may_hold_numbers_and_the_command_line_wins(tmp_path):
    path = tmp_path / "our own scheme.yaml"
    path.write_text(
        "defaults: [override /review: linked]\nquota: {amount: 160, penalty: 0.1}\n"
        "timeline:\n  - week: 30\n    change: [quota=none]\n"
    )
    scenario = compose([f"scheme={path}"])
    assert (scenario.review.weight, scenario.quota.amount) == (0.5, 160.0)
    assert scenario.timeline[0].scheme.quota == Scenario().quota
    changed = compose([f"scheme={path}", "review=none", "quota.amount=170"])
    assert (changed.review.stake, changed.quota.amount) == (0.0, 170.0)


@pytest.mark.parametrize("name", ["a=b", "one, two", "naïve (x) $y", "'quoted'"])
def test_a_folder_may_have_any_printable_name(name):
    assert str(ask([f"out={name}"]).out) == name.strip("'")


def test_a_request_holds_everything_resolved():
    request = ask(["study=run", "study.replicates=3", "seed=9", "engine.threads=1"])
    assert (request.study, request.seed, request.threads) == ("run", 9, 1)
    assert request.config["study"] == {
        "name": "run",
        "replicates": 3,
        "until_halfwidth": None,
        "most_replicates": 1000,
    }
    assert request.config["people"] == Scenario().model_dump(mode="json")["people"]
    assert request.out is None


@pytest.mark.parametrize("study", [s for s, kind in STUDIES.items() if kind.reads])
def test_a_study_that_reads_a_file_or_folder_says_what_it_needs(study):
    reads = STUDIES[study].reads
    with pytest.raises(UserError, match=f"study={study} needs {reads.key}="):
        ask([f"study={study}"])
    key = f"{reads.key}={reads.sort}"
    lines = [line for line in page().splitlines() if key in line]
    assert any(reads.what in line and f"study={study}" in line for line in lines)
    with pytest.raises(UserError, match=rf"{reads.key}=ours is read by.*study={study}"):
        ask(["study=run", f"{reads.key}=ours"])


def test_settings_declare_what_they_name_and_count():
    for kind in STUDIES.values():
        assert {*kind.members, *kind.within} <= set(kind.model_fields)
        assert set(kind.members.values()) <= set(GROUPS)
