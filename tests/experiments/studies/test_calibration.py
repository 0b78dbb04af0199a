"""Targets of the calibration by role."""

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.config.compose import compose
from experiments.config.roles import mixes
from experiments.statistics.calibration import RECORD
from experiments.statistics.role_targets import EVERYBODY, ROLE_TARGETS, median_tokens
from experiments.studies.calibration import of_roles
from model import simulate

SMALL = ["study=calibration", "organisation.employees=160", "weeks=26"]
SMALL += ["study.replicates=2"]


@pytest.mark.parametrize("name", mixes())
def test_a_workforce_has_the_targets_of_its_roles(name):
    mix = mixes()[name]
    found = of_roles(mix)
    if len(mix.roles) == 1:
        assert not found
    for target, row in found:
        assert target.role == (EVERYBODY if row is None else mix.names[row])
    named = {target.role for target, _ in found}
    assert {t.role for t in ROLE_TARGETS if t.role in mix.names} <= named


def test_an_estimate_of_a_role_is_that_of_its_people():
    firm = compose(["workforce.roles={developer: 0.5, clerk: 0.5}", *SMALL[1:3]])
    run = simulate(firm, 3, record=RECORD)
    used = sum(run.history(f"{kind}_tokens") for kind in ("genuine", "trivial"))
    used = (used + run.history("padded_tokens"))[:, run.employees["role"] == 1]
    assert median_tokens(run, 1) == np.median(used[used > 0])
    active = np.any(
        [run.history(act) > 0 for act in ("genuine", "trivial", "padding")], axis=0
    )
    estimates = {
        (t.role, t.name): t.estimate(run, row) for t, row in of_roles(firm.workforce)
    }
    share = active[:, run.employees["role"] == 0].mean()
    assert estimates["developer", "Weekly active share"] == pytest.approx(share)
    everybody = estimates[EVERYBODY, "Weekly active share"]
    assert everybody == pytest.approx(run.weeks["active_share"].mean())


def test_it_prints_targets_by_role_and_says_how_many_hold(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    main([*SMALL, "workforce=software_company"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Support agent: Gain" in said
    assert "of 6 targets by role hold." in said
    main(SMALL)
    assert "by role" not in capsys.readouterr().out
