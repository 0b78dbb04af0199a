"""Workforces: shipped ones, a reader's own, and what is no workforce."""

import pytest

from experiments import compose
from experiments.config.catalogue import members
from experiments.config.request import ask
from experiments.config.roles import LIBRARY, workforce
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
    ],
)
def test_what_is_no_workforce_is_refused(overrides, words):
    with pytest.raises(UserError, match="(?s)" + words.replace("?", "[?]")):
        compose(overrides)


def test_a_phase_cannot_change_the_workforce():
    with pytest.raises(UserError, match="cannot change in mid-run"):
        compose(["timeline=[{week: 5, change: ['workforce=bank']}]"])


def test_a_mix_is_no_factor():
    with pytest.raises(UserError, match="workforce cannot be a factor"):
        check_key("workforce", "")
    with pytest.raises(UserError, match="no parameter workforce"):
        check_key("workforce.roles", "")


def test_nothing_said_is_the_one_crowd():
    assert workforce(None) == Workforce(roles=(Role(),))
