"""The rule of thumb before a quota: beside the simulation, and how good it is.

``check``: what the rule yields over a window by ``model.theory.planning``, beside what
simulated people get by the compiled rule. ``losses``: how much of what a quota offers
the rule leaves to the best plan; this needs no simulation.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import by_person, frozen, warmed_up
from model import People, Quota, Scenario, Technology
from model.block import CONSCIENCE, OWN_VALUE, RELUCTANCE
from model.measure import REFERENCE_TOKENS
from model.scenario import ROW
from model.theory.planning import (
    NEVER,
    Floats,
    Habit,
    Outcome,
    Person,
    Planner,
    Rule,
    before,
    grid,
    ignoring,
    voluntary_pace,
    wider_rule,
)

Thumb = Callable[[Person, Habit, Floats, Floats], Rule]
"""A rule of thumb for a person, their habit, own paces (m,) and stakes (m,)."""

IN_FORCE: Thumb = wider_rule
"""The rule of the compiled model."""

KINDS: dict[str, dict[str, float]] = {
    "willing padder": {
        "conscience": 0.35,
        "savvy": 0.15,
        "proficiency": 0.41,
        "belief": 0.0,
        "reluctance": 0.18,
    },
    "never-gamer": {
        "never_gamer": True,
        "conscience": 0.70,
        "savvy": 0.05,
        "proficiency": 0.50,
        "belief": 0.05,
        "reluctance": 0.08,
    },
    "low user": {
        "conscience": 0.70,
        "savvy": 0.05,
        "proficiency": 0.41,
        "belief": -0.10,
        "reluctance": 0.40,
    },
}
"""Kinds of employee, near the quartiles of the voluntary organisation after warm-up."""
MIDDLE = {
    "productivity": 1.0,
    "gain": 0.70,
    "intensity": 9.4,
    "padding_intensity": 12.5,
    "ambition": 1.0,
    "status": 1.0,
    "never_gamer": False,
    "norm": 0.0,
    "backlog": 0.0,
    "rework": 0.0,
    "strain": 0.0,
}
"""What all kinds have in common: the medians there, or nothing."""

SHARP = 0.005
"""Choice noise of a person who takes what is best."""
DECLARED = People()
USUAL = DECLARED.choice_noise
WEEKS = (1, 2, 4, 13)
PENALTIES = (0.05, 0.10, 0.20)
MULTIPLES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Quotas, in voluntary paces."""
COARSE, GROWTH = 0.125, 0.03
"""Cells of the grid of gaps at 0, in genuine half-days, and how they grow."""
BEYOND = 8.0
"""Paces by which a quota is overshot when nothing hangs on it any more even by the
narrow rule: (r - 1 + 8) / sqrt(r) is above 5."""
SMALL = 0.01
"""Attainable payoff, of the stake, below which there is nothing to plan for."""


def scenario_of(quota: Quota, noise: float) -> Scenario:
    """Make people who do not change; choice, judgement, tokens and savvy are usual."""
    people, technology = People(), Technology()
    return frozen(
        people={
            "choice_noise": noise,
            "judgement_noise": people.judgement_noise,
            "cramming": people.cramming,
        },
        technology={
            name: getattr(technology, name)
            for name in ("automation", "scripting", "token_noise")
        },
        quota=quota,
        weeks=max(quota.weeks, 4),
    )


def person_of(traits: Mapping[str, float], scenario: Scenario) -> Person:
    """Give theory the traits of a kind of employee."""
    people, technology = scenario.people, scenario.technology
    t = MIDDLE | dict(traits)
    value = people.own_value * t["productivity"]
    lost = technology.padding_time * (1.0 - technology.automation * t["savvy"])
    return Person(
        base=value * (t["belief"] - technology.loss) - t["reluctance"],
        slope=value * (t["proficiency"] * t["gain"] + technology.loss),
        cost=NEVER if t["never_gamer"] else value * lost + t["conscience"],
        genuine=t["intensity"],
        padding=t["padding_intensity"] * (1.0 + technology.scripting * t["savvy"]),
        token_noise=technology.token_noise,
        judgement_noise=people.judgement_noise,
        choice_noise=people.choice_noise,
    )


def habit_of(people: People) -> Habit:
    """Give theory the habits behind the rule of thumb."""
    floor = 0.1 * REFERENCE_TOKENS / 10.0
    return Habit(people.cramming, people.uncertainty, floor)


USUAL_HABIT = habit_of(DECLARED)


def planner_of(
    person: Person, habit: Habit, quotas: Floats, paces: Floats, fine: float = 1.0
) -> Planner:
    """Make the planner for gaps up to the largest quota; ``fine`` divides the cells."""
    room = np.maximum(person.most - paces, 0.0)
    over = BEYOND * float(np.max(paces + habit.cramming * room))
    step = COARSE * min(person.genuine, person.padding) / fine
    return Planner(person, grid(float(np.max(quotas)), -over, step, GROWTH / fine))


# How good the rule is


class Cells(NamedTuple):
    """Quotas of one length before one person; each of shape (m,)."""

    penalty: Floats
    multiple: Floats
    quota: Floats  # [M]
    stake: Floats  # [half-days]


def losses(
    thumb: Thumb = IN_FORCE,
    habit: Habit = USUAL_HABIT,
    kinds: Mapping[str, Mapping[str, float]] = KINDS,
    weeks: Sequence[int] = WEEKS,
    penalties: Sequence[float] = PENALTIES,
    multiples: Sequence[float] = MULTIPLES,
) -> pd.DataFrame:
    """Compute what a rule of thumb loses against the best plan, by kind and quota.

    Columns: kind, weeks, penalty, multiple (quota in voluntary paces), quota [M], stake
    [half-days], attainable: what the quota offers a perfect planner, that is the best
    plan's payoff less that of a person who ignores the quota (and may meet it by
    chance), as a share of the stake; and losses, shares of the attainable payoff (null
    where that is below a hundredth of the stake):

    - ``loss``: best plan less rule, both with the usual choice noise, which counts as
      tastes on both sides; in the first window, where own pace is the voluntary one;
    - ``loss_year``: the same after a year, in which own pace has followed from window
      to window what the rule yields;
    - ``loss_sharp``: the same as ``loss`` for a person without noise;
    - ``loss_with_noise``: payoff of the best plan without noise, less that of the rule
      with noise as if noise were mere error, of what is attainable without noise.

    ``of_total`` is ``loss`` as a share of the window's whole payoff by the best plan,
    manual work included; ``met_best`` and ``met`` are the probabilities to meet the
    quota, by the best plan and by the rule, both in the first window.
    """
    rows = [
        _losses(kind, traits, length, penalties, multiples, thumb, habit)
        for kind, traits in kinds.items()
        for length in weeks
    ]
    return pd.concat(rows, ignore_index=True)


def _losses(
    kind: str,
    traits: Mapping[str, float],
    weeks: int,
    penalties: Sequence[float],
    multiples: Sequence[float],
    thumb: Thumb,
    habit: Habit,
) -> pd.DataFrame:
    scenario = scenario_of(Quota(weeks=weeks), USUAL)
    person, half_days = person_of(traits, scenario), 10 * weeks
    penalty, multiple = np.array([(p, m) for p in penalties for m in multiples]).T
    quotas = multiple * voluntary_pace(person) * half_days
    stakes = penalty * half_days
    cells = Cells(penalty, multiple, quotas, stakes)
    usual = policies(person, habit, cells, half_days, thumb)
    without = person._replace(choice_noise=SHARP)
    sharp = policies(without, habit, cells, half_days, thumb)
    year = after_a_year(person, habit, cells, weeks, thumb)
    manual = scenario.people.own_value * half_days
    best, offered = usual.best.value, usual.best.value - usual.ignoring.value
    noisy = usual.rule.value - usual.rule.taste
    sharp_offered = sharp.best.value - sharp.ignoring.value
    return pd.DataFrame(
        {
            "kind": kind,
            "weeks": weeks,
            **cells._asdict(),
            "attainable": offered / stakes,
            "loss": relative(best - usual.rule.value, offered, stakes),
            "loss_year": relative(best - year, offered, stakes),
            "loss_sharp": relative(
                sharp.best.value - sharp.rule.value, sharp_offered, stakes
            ),
            "loss_with_noise": relative(
                sharp.best.value - noisy, sharp_offered, stakes
            ),
            "of_total": (best - usual.rule.value) / (manual + best),
            "met_best": usual.best.met,
            "met": usual.rule.met,
        }
    )


def relative(loss: Floats, offered: Floats, stakes: Floats) -> Floats:
    """Divide a loss by what is attainable; null where that is next to nothing."""
    enough = offered > SMALL * stakes
    return np.divide(loss, offered, out=np.full_like(loss, np.nan), where=enough)


class Policies(NamedTuple):
    """Outcomes of three policies at the start of a window, all of shape (m,)."""

    best: Outcome
    rule: Outcome
    ignoring: Outcome


def policies(
    person: Person,
    habit: Habit,
    cells: Cells,
    half_days: int,
    thumb: Thumb,
    fine: float = 1.0,
) -> Policies:
    """Evaluate best plan, rule, and ignoring the quota, at the voluntary pace."""
    paces = np.full(len(cells.quota), voluntary_pace(person))
    planner = planner_of(person, habit, cells.quota, paces, fine)
    rules = None, thumb(person, habit, paces, cells.stake), ignoring
    outcomes = []
    for rule in rules:
        outcome = planner.solve(half_days, cells.stake, rule)
        read = (before(v, planner.gaps, cells.quota) for v in outcome)
        outcomes.append(Outcome(*read))
    return Policies(*outcomes)


def after_a_year(
    person: Person, habit: Habit, cells: Cells, weeks: int, thumb: Thumb
) -> Floats:
    """Compute the rule's value in a window after a year under the quota, shape (m,).

    Own pace moves from window to window as far towards the mean of the last one as it
    does in that many weeks with the usual memory.
    """
    half_days = 10 * weeks
    paces = np.full(len(cells.quota), voluntary_pace(person))
    fastest = np.maximum(paces, cells.quota / half_days)
    planner = planner_of(person, habit, cells.quota, fastest)
    moved = 1.0 - (1.0 - DECLARED.pace_memory) ** weeks
    for _ in range(52 // weeks):
        rule = thumb(person, habit, paces, cells.stake)
        outcome = planner.solve(half_days, cells.stake, rule)
        tokens = before(outcome.tokens, planner.gaps, cells.quota)
        paces = paces + moved * (tokens / half_days - paces)
    return before(outcome.value, planner.gaps, cells.quota)


# What simulated people get who go by the rule


class Case(NamedTuple):
    """A window that is simulated."""

    quota: Quota
    noise: float


CASES = (
    Case(Quota(amount=28.0, weeks=1, penalty=0.10), USUAL),
    Case(Quota(amount=60.0, weeks=1, penalty=0.10), USUAL),
    Case(Quota(amount=112.0, weeks=4, penalty=0.10), USUAL),
    Case(Quota(amount=200.0, weeks=4, penalty=0.10), USUAL),
    Case(Quota(amount=80.0, weeks=4, penalty=0.20), SHARP),
    Case(Quota(amount=600.0, weeks=13, penalty=0.05), USUAL),
)
"""Quotas at the shipped rate, and some that by theory not all of a kind meet, so that a
wrong rule shows."""


class Lived(NamedTuple):
    """A window of everybody; each of shape (people,)."""

    payoff: Floats  # less that of manual work [half-days]
    taste: Floats  # for what was chosen [half-days]
    met: Floats  # 1 or 0


def check(trial: Trial) -> Sequence[Check]:
    """Check the share who meet the quota, and the payoff, by kind of employee."""
    return compare(IN_FORCE, trial)


def compare(thumb: Thumb, trial: Trial, cases: Sequence[Case] = CASES) -> list[Check]:
    """Check what a rule yields by theory against what simulated people get."""
    return [row for case in cases for row in _compare(thumb, trial, case)]


def _compare(thumb: Thumb, trial: Trial, case: Case) -> Iterator[Check]:
    scenario = scenario_of(case.quota, case.noise)
    habit, half_days = habit_of(scenario.people), 10 * case.quota.weeks
    persons = [person_of(traits, scenario) for traits in KINDS.values()]
    paces = [voluntary_pace(person) for person in persons]
    lived = live(scenario, trial, paces)
    stake = case.quota.penalty * half_days
    cells = Cells(
        *(np.array([v]) for v in (case.quota.penalty, 1.0, case.quota.amount, stake))
    )
    for k, (kind, person) in enumerate(zip(KINDS, persons, strict=True)):
        coarse, fine = (
            policies(person, habit, cells, half_days, thumb, f).rule for f in (1.0, 2.0)
        )
        own = Lived(*(values[:, k :: len(KINDS)].ravel() for values in lived))
        yield from _rows(named(kind, case), coarse, fine, own)


def named(kind: str, case: Case) -> str:
    """Name a kind and a case in words."""
    q = case.quota
    weeks = "a week" if q.weeks == 1 else f"{q.weeks} weeks"
    return (
        f"{kind}, {q.amount:g} M in {weeks}, penalty {q.penalty:g}, "
        f"choice noise {case.noise:g}"
    )


def _rows(name: str, coarse: Outcome, fine: Outcome, lived: Lived) -> Iterator[Check]:
    """Make the checks of a kind; a finer grid bounds the error of the coarse one."""
    pairs = (
        ("quota met", "share of people", [o.met for o in (coarse, fine)], lived.met),
        (
            "payoff of the window over manual work",
            "half-days",
            [o.value - o.taste for o in (coarse, fine)],
            lived.payoff,
        ),
        (
            "the same with tastes",
            "half-days",
            [o.value for o in (coarse, fine)],
            lived.payoff + lived.taste,
        ),
    )
    for quantity, unit, (rough, exact), simulated in pairs:
        theory = np.full_like(simulated, exact[0])
        share = unit != "half-days"
        yield by_person(
            f"{quantity}: {name}",
            unit,
            theory,
            simulated,
            theory * (1.0 - theory) if share else None,
            allowance=float(abs(exact[0] - rough[0])),
            why="interpolation: the change by halving the cells of the grid",
        )


def live(scenario: Scenario, trial: Trial, paces: Sequence[float]) -> Lived:
    """Simulate a window; employee i is of kind i mod 3; shapes (replicates, people).

    Traits are set after the warm-up, and own pace is held at the voluntary one.
    """
    people, windows = np.arange(trial.people), []
    kind = people % len(KINDS)
    for simulation in warmed_up(scenario, trial):
        staff = simulation.staff
        for k, traits in enumerate(KINDS.values()):
            for name, value in (MIDDLE | traits).items():
                staff[name][kind == k] = value
        payoff, taste = np.zeros(trial.people), np.zeros(trial.people)
        for _ in range(scenario.quota.weeks):
            staff["pace_genuine"] = np.asarray(paces)[kind]
            staff["pace_padded"] = 0.0
            notes = simulation.note(0, trial.people)
            payoff += own_payoff(notes)
            taste += tastes(notes, scenario.people.choice_noise)
            simulation.step()
        half_days = 10 * scenario.quota.weeks
        score = staff["rate"][:, ROW.quota] * half_days * REFERENCE_TOKENS
        met = (score >= scenario.quota.amount).astype(float)
        stake = scenario.quota.penalty * half_days
        windows.append((payoff + stake * met, taste, met))
    return Lived(*np.stack(windows, axis=1))


def own_payoff(notes: Any) -> Floats:
    """Compute own payoff of a week less that of manual work; shape (people,)."""
    own = notes["terms"][:, :, [OWN_VALUE, RELUCTANCE, CONSCIENCE]].sum(axis=2)
    chosen = chosen_of(own, notes)
    total: Floats = (chosen - own[:, :, 0]).sum(axis=1)
    return total


def tastes(notes: Any, noise: float) -> Floats:
    """Compute mean tastes of a week for the choices, -tau log P; shape (people,)."""
    total: Floats = -noise * np.log(chosen_of(notes["chances"], notes)).sum(axis=1)
    return total


def chosen_of(values: Floats, notes: Any) -> Floats:
    """Pick from values (people, 10, 4) those of the chosen activities, (people, 10)."""
    index = notes["activities"].astype(np.int64)[:, :, None]
    return np.take_along_axis(values, index, axis=2)[:, :, 0]


RESULT = Result(
    name="planning",
    title="How good the rule of thumb before a quota is",
    source="Bellman (1957); Rust (1987), to be checked; the model's outlook",
    reduced=(
        "Three kinds of employee, alike within a kind; nobody changes, own pace is "
        "held; a quota on tokens is the only incentive."
    ),
    check=check,
)
