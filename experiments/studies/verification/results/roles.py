"""A mix of roles beside its roles one by one, where nothing couples people.

Theory is given each person's traits and the tasks of their role. Then the same mix is
lived beside firms in which everybody has one of its roles: the same person must do the
same in both.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.config.roles import workforce
from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import (
    by_person,
    frozen,
    lived,
    setting,
    token_pay,
    traits,
)
from experiments.words.groups import role_title
from model import Bonus, Role, Scenario, Workforce, simulate
from model.suitability import STEPS, quantiles
from model.theory import roles
from model.theory.choice_shares import Floats, Moments, Pay
from model.theory.choice_shares import People as Traits

MIX = {"developer": 0.4, "support_agent": 0.35, "manager": 0.25}
RATE = 1.0
QUANTITIES = {
    "genuine": ("genuine use", "share of half-days"),
    "padding": ("padding", "share of half-days"),
    "output": ("output", "half-days per half-day"),
}
STEPWISE = "tasks fall into equal steps between quantiles; integrated over both laws"


def scenario_of(mix: Workforce) -> Scenario:
    """Make a mix of people alike but for their roles, with a bonus on tokens."""
    return frozen(
        people={"judgement_noise": 0.12},
        bonus=Bonus(rate=RATE, weeks=1),
        workforce=mix,
    )


def check(trial: Trial) -> Sequence[Check]:
    """Check who has which role, what each role does, and that nobody touches others."""
    mix = workforce(MIX)
    scenario = scenario_of(mix)
    staff, simulated = lived(scenario, trial, [*QUANTITIES])
    checks = [*hired(staff, scenario, trial), *chosen(staff, simulated, scenario)]
    return [
        *checks,
        apart(mix, staff["role"], simulated, trial),
        summed(scenario, trial),
    ]


def hired(staff: Any, scenario: Scenario, trial: Trial) -> list[Check]:
    """Check how many have each role, and what it makes of their gain and tokens."""
    checks = []
    team = scenario.organisation.team_size
    for row, role in enumerate(scenario.workforce.roles):
        here, name = staff[staff["role"] == row], role_title(role.name)
        people = len(here) / trial.replicates
        checks.append(
            Check(
                f"people; {name}",
                "people",
                role.share * trial.people,
                people,
                0.0,
                float(team),
                "a role is whole teams",
            )
        )
        usual = {
            "gain": scenario.technology.gain * role.gain,
            "intensity": scenario.people.intensity * role.intensity,
            "padding_intensity": scenario.people.padding_intensity * role.intensity,
        }
        for column, theory in usual.items():
            mean = float(here[column].mean())
            what = f"{column.replace('_', ' ')}; {name}"
            checks.append(Check(what, "-", theory, mean, 0.0))
    return checks


def chosen(staff: Any, simulated: dict[str, Floats], scenario: Scenario) -> list[Check]:
    """Check what people of each role do, then what everybody does."""
    n = len(staff)
    theory = {name: Moments(np.zeros(n), np.zeros(n)) for name in QUANTITIES}
    steps = {name: np.zeros(n) for name in QUANTITIES}
    known, fixed, pay = traits(staff), setting(scenario), token_pay(staff, RATE)
    groups = {}
    for row, role in enumerate(scenario.workforce.roles):
        here = staff["role"] == row
        groups[role_title(role.name)] = here
        who, paid = Traits(*(t[here] for t in known)), Pay(*(p[here] for p in pay))
        law = roles.shares(
            who, fixed, paid, roles.quantile(role.suitability, role.spread)
        )
        stepped = roles.shares(who, fixed, paid, in_steps(role))
        for name in QUANTITIES:
            found: Moments = getattr(law, name)
            theory[name].mean[here] = found.mean
            theory[name].variance[here] = found.variance
            steps[name][here] = getattr(stepped, name).mean
    groups["everybody"] = np.ones(n, bool)
    half_days = 10 * scenario.weeks
    return [
        by_person(
            f"{what}; {group}",
            unit,
            theory[name].mean[here],
            simulated[name][here],
            theory[name].variance[here] / half_days,
            abs(float((steps[name] - theory[name].mean)[here].mean())),
            STEPWISE,
        )
        for group, here in groups.items()
        for name, (what, unit) in QUANTITIES.items()
    ]


def in_steps(role: Role) -> roles.Quantile:
    """Give the quantiles of a role's tasks as the model draws them."""
    ends = np.array(quantiles(role.suitability, role.spread))
    places = np.arange(STEPS + 1) / STEPS
    return lambda shares: np.interp(shares, places, ends)


def apart(
    mix: Workforce, rows: Any, simulated: dict[str, Floats], trial: Trial
) -> Check:
    """Check that people do in a mix what they do where all have their role."""
    output = np.zeros_like(simulated["output"])
    for row, role in enumerate(mix.roles):
        only = Workforce(roles=(Role(**(dict(role) | {"share": 1.0})),))
        _, alone = lived(scenario_of(only), trial, ["output"])
        output[rows == row] = alone["output"][rows == row]
    return Check(
        "output of everybody; roles one by one",
        "half-days per half-day",
        float(output.mean()),
        float(simulated["output"].mean()),
        0.0,
    )


def summed(scenario: Scenario, trial: Trial) -> Check:
    """Check that outcomes by role, weighted by people, are those of everybody."""
    size = scenario.organisation.model_copy(update={"employees": trial.people})
    run = simulate(scenario.varied(organisation=size), trial.seed)
    people = np.bincount(run.employees["role"])
    roles_mean = run.by_role["output"] @ people / trial.people
    return Check(
        "output of the firm; outcomes by role",
        "half-days per employee-week",
        float(roles_mean.mean()),
        float(run.weeks["output"].mean()),
        0.0,
    )


RESULT = Result(
    name="roles",
    title="A mix is its roles side by side",
    source="the law of total probability; Beta by its first two moments",
    reduced=(
        "Nobody adapts, no rework, no review, and a bonus on tokens; people alike but "
        "for their roles and proficiency, which theory is told person by person."
    ),
    check=check,
)
