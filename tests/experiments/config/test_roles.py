"""Workforces: shipped ones, a reader's own, and what is no workforce."""

import pytest

from experiments import compose
from experiments.config.catalogue import members
from experiments.config.request import ask
from experiments.config.roles import (
    LIBRARY,
    altered,
    mix_of,
    mixes,
    name_of,
    number_of,
    numbers,
    workforce,
)
from experiments.config.yaml_file import shipped
from experiments.designs.factors import check_key
from experiments.errors import UserError
from model.roles import Role, Workforce

MIX = "roles:\n  developer: 0.6\n  manager: {share: 0.4, dollars: 400}\n"


@pytest.fixture
def file(tmp_path):
    """Writes a workforce's file, and gives its path."""

    def written(text):
        path = tmp_path / "ours.yaml"
        path.write_text(text)
        return path

    return written


@pytest.mark.parametrize("name", members("workforce"))
def test_shipped_workforces_are_mixes_of_the_library(name):
    mix = compose([f"workforce={name}"]).workforce
    library = shipped(LIBRARY)
    for role in mix.roles:
        said = library[role.name]
        assert {key: getattr(role, key) for key in said} == said
    assert (name == "one_crowd") == (mix == Workforce())


def test_a_mix_of_ones_own_stands_in_a_file_of_a_few_lines(file):
    mix = compose([f"workforce={file(MIX)}"]).workforce
    developer, manager = mix.roles
    assert (developer.share, developer.dollars) == (0.6, 387.0)
    assert (manager.share, manager.dollars, manager.gain) == (0.4, 400.0, 0.5)
    written = "{developer: 0.6, manager: {share: 0.4, dollars: 400}}"
    assert compose([f"workforce.roles={written}"]).workforce == mix


def test_a_file_becomes_overrides_that_anybody_can_repeat(file):
    request = ask([f"workforce={file(MIX)}", "study=run"])
    again = ask(list(request.overrides))
    assert again.scenario == request.scenario
    assert str(file("")) not in " ".join(request.overrides)
    assert request.scheme == "voluntary"  # a workforce is no choice of the principal's
    assert request.levers == ()


def test_a_study_of_ones_own_names_a_workforce_beside_it(file, tmp_path):
    file(MIX)
    study = tmp_path / "study.yaml"
    study.write_text("name: run\nworkforce: ours.yaml\n")
    assert ask([f"study={study}"]).scenario.workforce.names == ("developer", "manager")


def test_a_mix_on_top_of_a_shipped_one_changes_what_it_names():
    changed = "workforce.roles={developer: 0.1, clerk: 0.25}"
    mix = compose(["workforce=bank", changed]).workforce
    shares = {role.name: role.share for role in mix.roles}
    assert (shares["developer"], shares["clerk"], len(shares)) == (0.1, 0.25, 8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("roles:\n  developer: 0.6\n  manager: 0.3\n", ["line 1", "sum to 0.9"]),
        (
            "roles:\n  developer: 0.6\n  maneger: 0.4\n",
            ["line 3", "no role maneger", "did you mean manager?"],
        ),
        (
            "roles:\n  developer: 60\n  manager: 40\n",
            ["line 2", "workforce.developer.share is 60", "Use 0.6 for 60 %"],
        ),
        (
            "roles:\n  developer: 1.0\n  manager: -0.2\n",
            ["line 3", "workforce.manager.share is -0.2", "lie in [0, 1]"],
        ),
        ("roles:\n  developer: .nan\n", ["line 2", "a number is needed"]),
        ("roles:\n  developer: many\n", ["line 2", "a number is needed"]),
        ("roles:\n  developer: 1\n  manager: 0\n", ["manager", "nobody has it"]),
        (
            "roles:\n  developer: {share: 1, gian: 2}\n",
            ["line 2", "the role developer has no gian; did you mean gain?"],
        ),
        ("roles:\n  developer: {gain: 2}\n", ["line 2", "lacks its share"]),
        ("roles:\n  developer: {share: 1, gain: 20}\n", ["lie in [0, 10]"]),
        ("roles:\n  developer: {share: 1, spread: 0.43}\n", ["at most 0.39"]),
        ("roles:\n  clerk: 0.5\n  clerk: 0.5\n", ["line 3", "clerk"]),
        ("roles: [developer]\n", ["line 1", "roles and their shares are needed"]),
        ("roles:\n", ["line 1", "roles and their shares are needed"]),
        ("developer: 1\n", ["line 1", "there is no key developer"]),
        ("", ["the file is empty"]),
        (
            "roles: {"
            + ", ".join(f"{n}: 0.1" for n in list(shipped(LIBRARY))[:10])
            + "}\n",
            ["10 roles; choose 1 to 8"],
        ),
    ],
)
def test_what_is_no_mix_is_refused_with_its_line(file, text, words):
    with pytest.raises(UserError) as refused:
        compose([f"workforce={file(text)}"])
    message = str(refused.value)
    assert all(word in message for word in words), message
    assert message.count("\n") <= 2


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["workforce=bnk"], "did you mean workforce=bank?"),
        (["workforce=./missing.yaml"], "cannot read the file"),
        (["workforce=bank", "organisation.employees=60"], "legal, which gets no team"),
        (["workforce.role=3"], "no key workforce.role"),
        (["workforce.roles=3"], "roles and their shares are needed"),
        (["workforce.roles.developer.share=1"], "no key workforce.roles.developer"),
        (["workforce.developer.gain=2"], "nobody has the role developer"),
        (["workforce=bank", "workforce.analyst.gain=2"], "nobody has the role analyst"),
        (
            ["workforce=bank", "workforce.clerk.gian=2"],
            "did you mean workforce.clerk.gain",
        ),
        (
            ["workforce=bank", "workforce.clerk.gain=x"],
            "a number is needed; it must lie",
        ),
        (["workforce=bank", "workforce.clerk.gain=20"], "lie in .0, 10."),
        (["workforce=bank", "workforce.clerk.share=1"], "leaves nobody for developer"),
        (["workforce=bank", "workforce.clerk.share=0"], "clerk with a share of 0"),
        (["workforce=bank", "workforce.clerk.share=0.9"], "gets no team"),
        (["workforce=bank", "workforce.clerk.spread=0.43"], "at most 0.41"),
    ],
)
def test_what_is_no_workforce_is_refused(overrides, words):
    with pytest.raises(UserError, match="(?s)" + words.replace("?", "[?]")):
        compose(overrides)


def test_a_phase_cannot_change_the_workforce():
    with pytest.raises(UserError, match="cannot change in mid-run"):
        compose(["timeline=[{week: 5, change: ['workforce=bank']}]"])


def test_a_number_of_a_role_is_changed_by_its_key():
    asked = [
        "workforce=bank",
        "workforce.clerk.dollars=99",
        "workforce.clerk.share=0.4",
    ]
    bank, changed = compose(asked[:1]).workforce, compose(asked).workforce
    before, after = ({role.name: role for role in mix.roles} for mix in (bank, changed))
    assert (after["clerk"].dollars, after["clerk"].share) == (99.0, 0.4)
    rest = (1.0 - 0.4) / (1.0 - before["clerk"].share)
    for name, role in after.items():
        if name != "clerk":
            assert role.share == pytest.approx(rest * before[name].share)
            assert role == before[name].model_copy(update={"share": role.share})


def test_a_number_that_stays_changes_nothing():
    mix = compose(["workforce=bank"]).workforce
    same = {
        key: number_of(mix, key) for key in numbers() if key.split(".")[1] in mix.names
    }
    assert altered(mix, same) is mix


def test_a_workforce_is_written_as_its_mix():
    for name, mix in mixes().items():
        assert name_of(mix) == name
        if len(mix.roles) > 1:
            assert workforce(mix_of(mix)) == mix
    own = workforce({"developer": {"share": 0.7, "gain": 0.9}, "clerk": 0.3})
    assert name_of(own) is None
    assert mix_of(own) == {
        "developer": {"share": 0.7, "gain": 0.9},
        "clerk": {"share": 0.3},
    }


def test_ranges_of_numbers_of_roles_hold_the_values_of_the_library():
    for key, row in numbers().items():
        if row.default == 0.0 and key.endswith(".dollars"):
            continue  # that of organisation.half_day_value
        low, high = row.span
        assert low <= row.default <= high, key
        assert row.low is None or row.low <= low, key


def test_a_mix_is_no_factor():
    with pytest.raises(UserError, match="workforce cannot be a factor"):
        check_key("workforce", "")
    with pytest.raises(UserError, match="no parameter workforce"):
        check_key("workforce.roles", "")


def test_nothing_said_is_the_one_crowd():
    assert workforce(None) == Workforce(roles=(Role(),))
