"""Reduced scenarios in which one mechanism acts alone, compared person by person.

Two traits cannot be made the same for everybody: ambition and status weight keep a
coefficient of variation of 0.05, and proficiency is a product of two beta draws. So
theory does not assume equal people: it gets the traits of each simulated person, and is
compared person by person.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check
from model import (
    Peers,
    People,
    Review,
    Scenario,
    Simulation,
    Technology,
    Workplace,
)
from model.measure import REFERENCE_TOKENS
from model.theory.choice_shares import Pay, Setting
from model.theory.choice_shares import People as Traits
from model.workforce import Floats

FROZEN: dict[str, dict[str, Any]] = {
    "people": {
        # Nobody differs
        "skill_sd": 0.0,
        "ambition_cv": 0.05,
        "status_cv": 0.05,
        "conscience_scale": 0.0,
        "never_gamers": 0.0,
        "reluctance_sd": 0.0,
        "belief_sd": 0.0,
        "ceiling_a": 50.0,
        "ceiling_b": 1.0,
        "start_a": 50.0,
        "start_b": 1.0,
        "intensity_sd": 0.0,
        "padding_sd": 0.0,
        "suspicious": 0.0,
        # Nothing is misjudged or counted on
        "judgement_noise": 0.0,
        "cramming": 0.0,
        "effort": 0.0,
        # Nobody changes or leaves
        "learning": 0.0,
        "forgetting": 0.0,
        "belief_rate": 0.0,
        "savvy_own": 0.0,
        "savvy_contact": 0.0,
        "savvy_decay": 0.0,
        "urgency": 0.0,
        "exhaustion_loss": 0.0,
        "quit_hazard": 0.0,
    },
    "technology": {
        "skill_gradient": 0.0,
        "automation": 0.0,  # savvy, which differs, has no effect
        "scripting": 0.0,
        "token_noise": 0.0,
        # Tasks are alike and there are no chores, gestures or dressing up
        "task_sd": 0.0,
        "chore_worth": 0.0,
        "gesture_minutes": 0.0,
        "dressing_most": 0.0,
        "observation_noise": 0.0,
        # AI stays as it is, and tokens yield nothing
        "token_yield": 0.0,
        "gain_drift": 0.0,
        "suitability_drift": 0.0,
        "price_drift": 0.0,
    },
    "peers": {
        "outside": 0,
        "teaching": 0.0,
        "forum_practice": 0.0,
        "forum_tricks": 0.0,
        "norm_memory": 0.0,
        "rework_misuse": 0.0,
        "rework_dressing": 0.0,
        "rework_padding": 0.0,
    },
    "organisation": {"demand": 0.0},  # no backlog
}
"""Fields that switch everything else off, by group."""
GROUPS = {
    "people": People,
    "technology": Technology,
    "peers": Peers,
    "organisation": Workplace,
}


def frozen(**changes: Any) -> Scenario:
    """Make a scenario in which people are alike and constant, but for ``changes``.

    There is no review and no other incentive. ``people``, ``technology``, ``peers`` and
    ``organisation`` are mappings of fields to change; everything else is a field of
    ``Scenario``: ``frozen(people={"choice_noise": 0.2}, bonus=Bonus(rate=1.0))``.
    Beside the traits named above, savvy at hire still differs, without any effect. The
    warm-up has its ordinary review of output, which leaves traces in the paces.
    """
    values: dict[str, Any] = {"review": Review(stake=0.0), "weeks": 4}
    for name, kind in GROUPS.items():
        values[name] = kind(**(FROZEN[name] | dict(changes.pop(name, {}))))
    return Scenario(**(values | changes))


def warmed_up(scenario: Scenario, trial: Trial) -> Iterator[Simulation]:
    """Yield each replicate after its warm-up, with the trial's number of people."""
    workplace = scenario.organisation.model_copy(update={"employees": trial.people})
    for replicate in range(trial.replicates):
        yield Simulation(scenario.varied(organisation=workplace), trial.seed, replicate)


def lived(
    scenario: Scenario, trial: Trial, columns: Sequence[str]
) -> tuple[Any, dict[str, Floats]]:
    """Run all replicates; return people at the end, and what they did per half-day.

    The people of all replicates come together. Each column of the latest week becomes
    its mean over all reported weeks, over ten, of shape (people,).
    """
    staff, totals = [], []
    for simulation in warmed_up(scenario, trial):
        total = np.zeros((len(columns), trial.people))
        for _ in range(scenario.weeks):
            simulation.step()
            total += [simulation.staff[column] for column in columns]
        staff.append(simulation.staff)
        totals.append(total / (10.0 * scenario.weeks))
    per_half_day = np.concatenate(totals, axis=1)
    return np.concatenate(staff), dict(zip(columns, per_half_day, strict=True))


def noted(
    scenario: Scenario, trial: Trial, fields: Sequence[str]
) -> tuple[Any, dict[str, Any]]:
    """Return people after the warm-up, and notes on their coming week.

    The people of all replicates come together. The notes are the requested fields of
    ``model.week.Notes``, each of shape (people, 10, ...).
    """
    staff: list[Any] = []
    kept: dict[str, list[Any]] = {field: [] for field in fields}
    for simulation in warmed_up(scenario, trial):
        notes = simulation.note(0, trial.people)
        staff.append(simulation.staff)
        for field in fields:
            kept[field].append(notes[field])
    return np.concatenate(staff), {f: np.concatenate(kept[f]) for f in fields}


def traits(staff: Any) -> Traits:
    """Give theory the traits and state of people that decide their choice."""
    return Traits(
        productivity=staff["productivity"],
        top_gain=staff["proficiency"] * staff["gain"],
        belief=staff["belief"],
        reluctance=staff["reluctance"],
        conscience=staff["conscience"],
        may_pad=~staff["never_gamer"],
    )


def setting(scenario: Scenario) -> Setting:
    """Give theory the setting of a scenario in which savvy saves no time."""
    return Setting(
        own_value=scenario.people.own_value,
        choice_noise=scenario.people.choice_noise,
        judgement_noise=scenario.people.judgement_noise,
        loss=scenario.technology.loss,
        padding_loss=scenario.technology.padding_time,
    )


def token_pay(staff: Any, rate: float) -> Pay:
    """Compute the worth of a half-day under a bonus on tokens; savvy adds no tokens."""
    per_token = rate / REFERENCE_TOKENS
    return Pay(per_token * staff["intensity"], per_token * staff["padding_intensity"])


def by_person(
    quantity: str,
    unit: str,
    theory: Floats,
    simulated: Floats,
    variance: Floats | None = None,
    allowance: float = 0.0,
    why: str = "",
) -> Check:
    """Check the mean over people of theory's values against what they did.

    Each has shape (people,), all replicates together: people of a frozen scenario are
    independent of each other given their traits, so the standard error is that of a
    mean of independent differences. ``variance`` is theory's variance of each person's
    value; without it the variance of the differences is used.
    """
    n = len(theory)
    difference = simulated - theory
    total = difference.var(ddof=1) * n if variance is None else variance.sum()
    return Check(
        quantity,
        unit,
        float(theory.mean()),
        float(simulated.mean()),
        math.sqrt(float(total)) / n,
        allowance,
        why,
    )
