"""The command line: its pages, its flags, its two studies without a run."""

import sys

import pytest

from experiments.__main__ import main
from experiments.config.catalogue import GROUPS, declared, members
from experiments.config.settings import STUDIES
from experiments.studies import check
from model.incentive import Incentive
from model.scenario import Scenario


def said(capsys, *arguments):
    main(list(arguments))
    return capsys.readouterr().out


def test_help_names_every_group_member_and_study(capsys):
    page = said(capsys, "--help")
    for name in (*GROUPS, *STUDIES, *members("scheme"), *members("quota")):
        assert name in page
    assert max(map(len, page.splitlines())) <= 88


def test_help_is_ours_wherever_it_is_asked(capsys):
    assert said(capsys, "quota=monthly", "-h") == said(capsys, "--help")


def test_version(capsys):
    assert said(capsys, "--version").startswith("tokenmaxxing ")


@pytest.mark.parametrize("study", STUDIES)
def test_parameters_lists_every_key(study, capsys):
    table = said(capsys, "study=parameters")
    for key in declared(study):
        assert f" {key} " in table


@pytest.mark.parametrize("scheme", members("scheme"))
def test_check_describes_every_part_with_weight(scheme, capsys):
    text = said(capsys, "study=check", f"scheme={scheme}")
    assert f"The scheme {scheme} is valid" in text
    assert "What is counted" in text
    assert "_" not in text.replace(scheme, "")


def test_check_tells_the_timeline(capsys):
    text = said(capsys, "study=check", "scheme=amazon_2026")
    assert "From week 40 on\n  Leaderboard ends." in text
    assert "80 % of each team" in text


def test_check_tells_a_new_model(capsys):
    models = "timeline=[{week: 30, technology: {gain: 0.9, price: 2}}]"
    text = " ".join(said(capsys, "study=check", models).split())
    assert "From week 30 on A new model: a gain of 0.9 at full proficiency" in text
    assert "tokens at $2 per M." in text


def test_every_incentive_says_what_theory_expects():
    for part in Scenario().incentives.values():
        assert isinstance(part, Incentive)
        assert check.prediction(part).endswith(".")


def test_cfg_prints_the_config(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["tokenmaxxing"])
    text = said(capsys, "--cfg", "job", "quota=monthly")
    assert "amount: 112.0" in text
    assert "visible: true" in text


def test_multirun_runs_every_value(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["tokenmaxxing"])
    text = said(capsys, "--multirun", "study=check", "weeks=52,104", "out=a=b")
    assert "52 weeks" in text
    assert "104 weeks" in text
    assert not [*tmp_path.iterdir()]


def test_multirun_refuses_a_bad_value(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["tokenmaxxing"])
    with pytest.raises(SystemExit) as ended:
        main(["--multirun", "study=check", "weeks=52,-3"])
    assert ended.value.code == 2
    assert "weeks is -3" in capsys.readouterr().err


def test_an_interruption_ends_with_130_and_one_line(capsys, monkeypatch):
    def interrupt(request):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "run", interrupt)
    with pytest.raises(SystemExit) as ended:
        main(["study=check"])
    assert ended.value.code == 130
    assert capsys.readouterr().err.count("\n") == 1
