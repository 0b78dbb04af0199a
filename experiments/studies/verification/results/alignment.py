"""How far each shipped scheme rewards real work: cosine, needle and immediate effect.

``table`` has a row for each incentive of a scheme that is worth something: the budget
cosine of what it counts (technology alone), its compass needle (with what people are
about to do) and the first week's simulated effect of giving it more weight. ``check``
compares the first two with the simulation. The weight w multiplies the incentive's own
weight, so a needle is the effect of doubling the incentive, by its slope.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.check import ROUNDING, TOLERANCE, Check, Result
from experiments.statistics.employees import pulls
from experiments.studies.verification.reduced import warmed_up
from experiments.studies.verification.results.needle import CHORES
from experiments.studies.verification.results.planning import chosen_of
from model import (
    Audit,
    Bonus,
    Budget,
    Leaderboard,
    Participation,
    People,
    Quota,
    Review,
    Scenario,
    Simulation,
    TopBoard,
)
from model.block import TERMS
from model.incentive import Counted, Incentive
from model.measure import REFERENCE_DAYS, REFERENCE_OUTPUT, REFERENCE_TOKENS
from model.outlook import MANUAL, PADDING, TRIVIAL, Activity
from model.scenario import Measure
from model.theory.alignment import Floats, budget_cosine

SHIPPED = (
    "voluntary",
    "participation_80",
    "monthly_minimum",
    "top_250_board",
    "top_2pct_board",
    "full_rank_board",
    "review_linked",
    "suspected_linkage",
    "outcome_measure",
    "cap_and_audit",
    "everything_at_once",
    "amazon_2026",
    "recommended",
)
"""Shipped schemes in which a half-day has consequences."""
WEIGHTS: dict[type[Incentive], tuple[str, ...]] = {
    Bonus: ("rate",),
    Review: ("stake",),
    Leaderboard: ("status",),
    TopBoard: ("prize",),
    Quota: ("penalty", "shame"),
    Participation: ("penalty",),
    Audit: ("sanction",),
    Budget: ("chargeback",),
}
"""Fields in which the worth of an incentive is linear."""
NUDGE = 1e-4
"""Relative step of the weight at one half-day."""
CHANGE = 0.5
"""Relative step of the weight in the first week, where choices are drawn."""
FOURTH = 1.2
"""|k(Y, W, W, W)| is at most this times range(Y) range(W)^3: E[y w^3] <= 1 in ranges,
3 E[y w] E[w^2] <= 3/16."""
UNIT = "half-days of output per half-day"
ALONE = {
    Counted.TOKENS: Measure(tokens=1.0),
    Counted.SPEND: Measure(tokens=1.0),
    Counted.ACTIVE: Measure(tokens=0.0, active=1.0),
    Counted.OUTPUT: Measure(tokens=0.0, output=1.0),
    Counted.DAYS: Measure(tokens=0.0, days=1.0),
}
"""Each counted quantity as a blend of its own."""


HELD = ("people.effort=0", "technology.dressing_most=0", "technology.gesture_minutes=0")
"""What people set once a week would move with the weight of an incentive, and what the
hope of a gesture is worth is not linear in it: neither is in the needle."""


def shipped() -> dict[str, Scenario]:
    """Compose the shipped schemes, by name; nothing is set once a week."""
    return {name: compose([f"scheme={name}", *HELD]) for name in SHIPPED}


class Alignment(NamedTuple):
    """One incentive of one scheme; shapes (people,), all replicates together."""

    cosine: Floats  # budget cosine, first half-day's task
    needle: Floats  # first half-day
    difference: Floats  # central difference of its expected output
    bound: Floats  # of the truncation of that difference
    week: Floats  # needle, mean over the first week
    effect: Floats  # central difference of the week's own output, drawn


def table(scenarios: Mapping[str, Scenario], trial: Trial) -> pd.DataFrame:
    """Tabulate cosine, needle and simulated immediate effect of every incentive.

    Columns: scheme, incentive, measure (what the incentive counts), cosine and
    misaligned (mean over people, and share of them with a negative one; null where the
    incentive counts nothing), needle and effect with their errors over people
    [half-days of own output per half-day if the incentive were doubled], both of the
    first week. The effect includes what moves within the week: a half-day's use counts
    for the next one's outlook.
    """
    rows = []
    for name, scenario in scenarios.items():
        for incentive, alignment in alignments(scenario, trial).items():
            known = alignment.cosine[np.isfinite(alignment.cosine)]
            root = np.sqrt(len(alignment.week))
            rows.append(
                {
                    "scheme": name,
                    "incentive": incentive,
                    "measure": counts(scenario, incentive),
                    "cosine": known.mean() if known.size else np.nan,
                    "misaligned": (known < 0.0).mean() if known.size else np.nan,
                    "needle": alignment.week.mean(),
                    "needle_error": alignment.week.std(ddof=1) / root,
                    "effect": alignment.effect.mean(),
                    "effect_error": alignment.effect.std(ddof=1) / root,
                }
            )
    return pd.DataFrame(rows)


def counts(scenario: Scenario, name: str) -> str:
    """Say what an incentive counts; an audit counts nothing."""
    incentive = scenario.incentives[name]
    if isinstance(incentive, Audit):
        return "what is found"
    blend = blend_of(scenario, name)
    words = " + ".join(
        f"{weight:g} {unit}" if weight != 1.0 else unit
        for unit in ("tokens", "active", "days", "output")
        if (weight := getattr(blend, unit)) > 0.0
    )
    usage = isinstance(incentive, Review) and (incentive.weight or incentive.visible)
    return f"{words} as usage, beside output" if usage else words


def blend_of(scenario: Scenario, name: str) -> Measure:
    """Return what an incentive counts, as a measure; a review may count usage."""
    incentive = scenario.incentives[name]
    counted = incentive.counts()
    if isinstance(incentive, Review) and not (incentive.weight or incentive.visible):
        counted = Counted.OUTPUT
    if isinstance(incentive, Participation):
        counted = Counted.ACTIVE
    if counted is Counted.HEADLINE:
        return scenario.measure
    return ALONE[counted]


def alignments(scenario: Scenario, trial: Trial) -> dict[str, Alignment]:
    """Compute every incentive that is worth something, at the start of week 0."""
    names = [n for n, incentive in scenario.incentives.items() if incentive.has_worth()]
    by_name: dict[str, list[Alignment]] = {name: [] for name in names}
    for simulation in warmed_up(scenario, trial):
        for name in names:
            by_name[name].append(at_start(simulation, scenario, name))
    return {
        name: Alignment(*(np.concatenate(column) for column in zip(*each, strict=True)))
        for name, each in by_name.items()
    }


def at_start(simulation: Simulation, scenario: Scenario, name: str) -> Alignment:
    """Compute one incentive in one warmed-up organisation."""
    steps = (0.0, NUDGE, -NUDGE, CHANGE, -CHANGE)
    here, more, less, above, below = (
        noted(simulation, scenario, name, 1.0 + step) for step in steps
    )
    tau = scenario.people.choice_noise
    rows = [TERMS.index(name)]
    if name == "review":
        rows.append(TERMS.index("review_output"))
    worths, outputs = here["terms"][:, :, rows].sum(axis=2), here["outputs"]
    needle = pulls(here["chances"], outputs, worths, tau)
    expected = [(n["chances"][:, 0] * outputs[:, 0]).sum(axis=1) for n in (more, less)]
    ranges = np.ptp(outputs[:, 0], axis=1)
    ranges = ranges * (np.ptp(worths[:, 0], axis=1) / tau) ** 3
    drawn = [own_output(n) for n in (above, below)]
    return Alignment(
        cosine_of(simulation.staff, scenario, name, tasks_of(here)),
        needle[:, 0],
        (expected[0] - expected[1]) / (2.0 * NUDGE),
        FOURTH * ranges * NUDGE**2 / 6.0,
        needle.mean(axis=1),
        (drawn[0] - drawn[1]) / (2.0 * CHANGE),
    )


def noted(simulation: Simulation, scenario: Scenario, name: str, weight: float) -> Any:
    """Note the first week as if an incentive had ``weight`` times its weight."""
    incentive = scenario.incentives[name]
    fields = {f: weight * getattr(incentive, f) for f in WEIGHTS[type(incentive)]}
    simulation.adopt(
        scenario.scheme.model_copy(update={name: incentive.model_copy(update=fields)})
    )
    return simulation.note(0, len(simulation.staff))


def own_output(notes: Any) -> Floats:
    """Compute own output of a week as drawn, per half-day; shape (people,)."""
    mean: Floats = chosen_of(notes["outputs"], notes).mean(axis=1)
    return mean


class Tasks(NamedTuple):
    """The first core task of everybody's week, each of shape (people,)."""

    suitability: Floats
    worth: Floats


def tasks_of(notes: Any) -> Tasks:
    """Read the first tasks off the notes on a week."""
    return Tasks(notes["tasks"][:, 0, 0], notes["worth"][:, 0])


def cosine_of(staff: Any, scenario: Scenario, name: str, tasks: Tasks) -> Floats:
    """Compute the budget cosine of an incentive's measure and real output, (people,).

    At the first half-day of a week: towards an active week it adds only what the other
    nine half-days would not bring anyway, and towards an active day what the afternoon
    would not. Null for an audit, which counts nothing.
    """
    if isinstance(scenario.incentives[name], Audit):
        return np.full(len(staff), np.nan)
    real, tokens = products(staff, scenario, tasks)
    blend = blend_of(scenario, name)
    kept, uses = np.ones(len(Activity)), np.ones(len(Activity))
    kept[PADDING], uses[MANUAL] = 1.0 - blend.filter, 0.0
    starts = (1.0 - 9.0 * staff["pace_active"])[:, None] * uses
    dawns = (1.0 - staff["pace_days"])[:, None] * uses
    measured = (
        blend.tokens / REFERENCE_TOKENS * kept * tokens
        + blend.active * starts
        + blend.days / REFERENCE_DAYS * dawns
        + blend.output / REFERENCE_OUTPUT * real
    )
    return budget_cosine(real, measured, open_to(staff, scenario))


def open_to(staff: Any, scenario: Scenario) -> Floats:
    """Compute the ease of each activity, 1 if it is open and else 0; (people, 4)."""
    ease = np.ones((len(staff), len(Activity)))
    ease[:, TRIVIAL] = scenario.technology.chore_worth > 0.0
    ease[:, PADDING] = ~staff["never_gamer"]
    return ease


def products(staff: Any, scenario: Scenario, tasks: Tasks) -> tuple[Floats, Floats]:
    """Compute real output and tokens of each activity, (people, 4) both.

    At usual effort, on the first task of a week and the first chore beside it.
    """
    technology, savvy = scenario.technology, staff["savvy"]
    top = staff["proficiency"] * staff["gain"]

    def gained(suitability: Floats | float) -> Floats:
        gain: Floats = top * suitability - technology.loss * (1.0 - suitability)
        return gain

    lost = technology.padding_time * (1.0 - technology.automation * savvy)
    task = tasks.worth
    chore = np.minimum(technology.chore_worth, task)
    by_ai = task * (1.0 + gained(tasks.suitability))
    chore_done = chore * (1.0 + gained(technology.chore_suitability))
    left = (1.0 - staff["rework"] - staff["strain"]) * staff["productivity"]
    real = np.stack([task, by_ai, chore_done, task * (1.0 - lost)], axis=1)
    padded = staff["padding_intensity"] * (1.0 + technology.scripting * savvy)
    genuine, none = staff["intensity"], np.zeros_like(task)
    trivial = technology.trivial_intensity * genuine
    tokens = np.stack([none, genuine, trivial, padded], axis=1)
    return left[:, None] * real, tokens


def check(trial: Trial) -> Sequence[Check]:
    """Check cosines of a bonus, then every incentive of every shipped scheme."""
    return [*cosines(trial), *immediate(shipped(), trial)]


def cosines(trial: Trial) -> Iterator[Check]:
    """Check the cosine by theory against output and worth of a bonus in the engine.

    People know how suitable a task is, so expected output is real output. They have
    chores, and set nothing once a week.
    """
    knowing = People(judgement_noise=0.0, belief_mean=0.0, belief_sd=0.0, effort=0.0)
    knowing = knowing.model_copy(update={"lasting_belief": 0.0})
    half = Measure(tokens=0.5, active=0.25, output=0.5, days=0.25, filter=0.5)
    measures = {counted.name.lower(): blend for counted, blend in ALONE.items()}
    for name, blend in (measures | {"a filtered blend": half}).items():
        scenario = Scenario(
            people=knowing, technology=CHORES, measure=blend, bonus=Bonus(rate=0.3)
        )
        theory, simulated = [], []
        for simulation in warmed_up(scenario, trial):
            notes = simulation.note(0, trial.people)
            staff = simulation.staff
            ease = open_to(staff, scenario)
            worth = notes["terms"][:, 0, TERMS.index("bonus")]
            simulated.append(budget_cosine(notes["outputs"][:, 0], worth, ease))
            theory.append(cosine_of(staff, scenario, "bonus", tasks_of(notes)))
        yield Check(
            f"budget cosine of {name}, mean over people",
            "cosine",
            float(np.concatenate(theory).mean()),
            float(np.concatenate(simulated).mean()),
            0.0,
        )


def immediate(scenarios: Mapping[str, Scenario], trial: Trial) -> Iterator[Check]:
    """Check the needle against the central difference, and its sign as a forecast."""
    agree, sure = [], []
    foretold = []
    for name, scenario in scenarios.items():
        for incentive, alignment in alignments(scenario, trial).items():
            yield Check(
                f"immediate effect: {incentive} of {name}",
                UNIT,
                float(alignment.needle.mean()),
                float(alignment.difference.mean()),
                0.0,
                float(alignment.bound.mean()),
                "third-order term of a central difference, bounded",
            )
            agree.append(np.sign(alignment.needle) == np.sign(alignment.difference))
            sure.append(np.abs(alignment.needle) > alignment.bound + ROUNDING)
            if clear(alignment.effect) and clear(alignment.week):
                same = np.sign(alignment.effect.mean()) == np.sign(
                    alignment.week.mean()
                )
                foretold.append(float(same))
    same_sign = np.concatenate(agree)[np.concatenate(sure)]
    share = "share of people and parts"
    what = "people whom a part moves as the sign of their needle says"
    yield Check(what, share, 1.0, float(same_sign.mean()), 0.0)
    if foretold:
        what = "parts whose first week goes as the sign of their needle says"
        yield Check(what, "share of parts", 1.0, float(np.mean(foretold)), 0.0)


def clear(values: Floats) -> bool:
    """Test whether the mean over people is more than four standard errors from 0."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    return bool(abs(values.mean()) > TOLERANCE * error)


RESULT = Result(
    name="alignment",
    title="Alignment of what is rewarded with real work",
    source="Baker (2002), evidence C2; the compass needle, docs/ODD.md",
    reduced=(
        "The shipped schemes in the usual organisation, at the first half-day after "
        "the warm-up: state, task, effort and tables are the same at all weights."
    ),
    check=check,
)
