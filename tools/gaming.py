"""Measure where gaming goes, for ``docs/gaming.md``.

    python -m tools.gaming

Lets organisations of 500 people live two years under schemes (some four minutes) and
stores what they did in ``docs/results/gaming.csv``; ``python -m tools.documents`` puts
it into the page. Every arm is compared with voluntary use in a world of its own: the
same people, tasks and luck.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import roots_hermitenorm, roots_legendre

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.paired import interval
from experiments.store.table import Table
from model import Job, Run, Scenario, Simulation
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL
from model.simulate import WARMED_UP

Floats = NDArray[np.float64]

ROOT = Path(__file__).parents[1]
TRIAL = Trial(seed=1, people=500, replicates=8)
WEEKS, REMOVED, SETTLED = 104, 52, 78
"""Length of a run; week in which a board is taken down; first week looked at then."""
OUTSIDE = {"before": (44, 52), "after": (60, 68)}
"""Weeks in which somebody outside would compare usage, before and after that."""
LOOKED = 8
"""Weeks between two looks at what everybody weighs."""
SUITABILITY, JUDGEMENT, WORTH = 24, 12, 16
"""Nodes over how suitable a task is, the error in judging it, and what it is worth."""

Words = tuple[str, ...]
"""Of the command line."""

AS_DECLARED = "as declared"
SILENT: Words = tuple(
    f"peers.{name}=0" for name in ("teaching", "forum_practice", "forum_tricks")
)
UNLEARNT: Words = ("people.learning=0",)
UNCORRECTED: Words = ("people.belief_rate=0",)
USELESS: Words = ("technology.gain=0",)
KNOWN: Words = (
    *USELESS,
    *(f"people.{name}=0" for name in ("belief_mean", "belief_sd", "lasting_belief")),
)
CALM: Words = ("people.choice_noise=0.05",)
CALIBRATED: Words = (*CALM, "people.judgement_noise=0.3", "people.reluctance_mean=0.22")
"""With this little noise, more error and less reluctance, all targets are met again."""
SURE: Words = ("people.rule=BEST_RESPONSE",)
WORLDS: Mapping[str, Words] = {
    AS_DECLARED: (),
    "never-gamers only": ("people.never_gamers=1",),
    "little noise": CALM,
    "little noise, calibrated": CALIBRATED,
    "no noise": SURE,
    "no gain": USELESS,
    "no gain, and known": KNOWN,
    "no gain, known, no chores": (*KNOWN, "technology.chore_worth=0"),
    "no gain, known, little noise": (*KNOWN, *CALM),
    "no gain, known, no noise": (*KNOWN, *SURE),
    "without teaching and forum": SILENT,
    "without learning": UNLEARNT,
    "without correction of beliefs": UNCORRECTED,
    "with none of these": (*SILENT, *UNLEARNT, *UNCORRECTED),
}
"""What differs from the declared world, with and without a scheme, by name."""
NOISE = tuple(w for w in WORLDS if w == AS_DECLARED or "noise" in w or "gain" in w)
"""Worlds in which voluntary use is looked at."""
NOISY = (AS_DECLARED, "little noise, calibrated", "little noise")
"""Worlds in which schemes are looked at by how much noise there is."""
LEFT = (AS_DECLARED, *(w for w in WORLDS if w.startswith("with")))
"""Worlds in which is looked at what a board leaves behind."""

SCHEMES = (
    *("participation_80", "full_rank_board", "monthly_minimum", "amazon_2026"),
    *("automation_count", "review_linked", "everything_at_once"),
)
PAID: Words = ("bonus=usage", "bonus.rate=1")
BOARD: Words = ("leaderboard=full",)
LINKED: Words = ("scheme=review_linked", *BOARD)


def _from_then_on(*changes: str) -> Words:
    quoted = ", ".join(f'"{change}"' for change in changes)
    return (f"timeline=[{{week: {REMOVED}, change: [{quoted}]}}]",)


BOARDS: Mapping[str, Words] = {
    "board and link stay": LINKED,
    "board removed, link stays": (*LINKED, *_from_then_on("leaderboard=none")),
    "both removed": (*LINKED, *_from_then_on("leaderboard=none", "review=output")),
    "board alone stays": BOARD,
    "board alone, removed": (*BOARD, *_from_then_on("leaderboard=none")),
}
WATCHED: Mapping[str, Words] = {
    "nobody looks": (),
    "filter of a half": ("measure.filter=0.5",),
    "filter of all": ("measure.filter=1",),
    "audit of 1 %": ("audit=random", "audit.probability=0.01"),
    "audit of 10 %": ("audit=random", "audit.probability=0.1"),
    "audit of 30 %": ("audit=random", "audit.probability=0.3"),
    "audit of 30 %, no false alarm": (
        *("audit=random", "audit.probability=0.3", "audit.false_positive=0"),
    ),
}
RATES = (0.04, 0.1, 0.25, 0.5, 1.0, 2.0)


class Arm(NamedTuple):
    """What is simulated: a scheme, as the command line asks for it, in a world.

    Weeks from ``first`` to before ``last`` are looked at.
    """

    group: str
    name: str
    world: str = AS_DECLARED
    asked: Words = ()
    first: int = 0
    last: int = WEEKS


class Gaming(NamedTuple):
    """What people did in an arm; None where it was not simulated."""

    group: str
    arm: str
    world: str
    asked: str
    manual: float
    genuine: float
    misuse: float
    trivial: float
    padding: float
    gestures: float | None = None
    hollow: float | None = None
    chores: float | None = None
    used: float | None = None
    tokens: float | None = None
    tokens_within: float | None = None
    output: float | None = None
    output_within: float | None = None


GAMING = Table(
    "gaming.csv",
    Gaming,
    "what people did in two years, by group of arms, arm and world",
    {
        "group": ("", "which arms belong together"),
        "arm": ("", "its name"),
        "world": ("", "what differs from the declared world"),
        "asked": ("", "the words of the command line that make it"),
        "manual": ("% of half-days", "manual work"),
        "genuine": ("% of half-days", "genuine use at or above break-even"),
        "misuse": ("% of half-days", "genuine use below break-even"),
        "trivial": ("% of half-days", "trivial use"),
        "padding": ("% of half-days", "padding"),
        "gestures": ("% of people", "made a gesture in the week"),
        "hollow": ("% of the active", "active by gestures or padding alone"),
        "chores": ("half-days per employee-week", "channel output_trivial"),
        "used": ("M per employee-week", "reported tokens"),
        "tokens": ("%", "reported tokens over voluntary use in that world"),
        "tokens_within": ("%", "half of the 95 % t interval"),
        "output": ("%", "real output over voluntary use in that world"),
        "output_within": ("%", "half of the 95 % t interval"),
    },
)
STORED = ROOT / "docs" / "results" / GAMING.name


def arms() -> Iterator[Arm]:
    """Everything that is simulated."""
    for world in NOISE:
        yield Arm("voluntary", "voluntary", world)
    for world in (*NOISY, "never-gamers only"):
        for scheme in SCHEMES:
            yield Arm("schemes", scheme, world, (f"scheme={scheme}",))
        yield Arm("schemes", "bonus of 1", world, PAID)
    for rate in RATES:
        yield Arm("bonus", f"{rate:g}", asked=("bonus=usage", f"bonus.rate={rate:g}"))
    for world in (AS_DECLARED, "no noise"):
        for name, words in WATCHED.items():
            yield Arm("watched", name, world, (*PAID, *words))
    for world in LEFT:
        for name, words in BOARDS.items():
            yield Arm("boards", name, world, words, first=SETTLED)
    for when, (first, last) in OUTSIDE.items():
        yield Arm(when, "voluntary", first=first, last=last)
        for name, words in [*BOARDS.items()][:3]:
            yield Arm(when, name, asked=words, first=first, last=last)


def measured(arms: Sequence[Arm], trial: Trial) -> Iterator[Gaming]:
    """Let every arm live, and its world without any scheme."""
    worlds = {arm.world: _scenario(arm._replace(asked=())) for arm in arms}
    bases = dict(zip(worlds, runs([*worlds.values()], trial), strict=True))
    done = runs([_scenario(arm) for arm in arms], trial)
    for arm, ours in zip(arms, done, strict=True):
        yield _row(arm, ours, bases[arm.world])


def _scenario(arm: Arm) -> Scenario:
    return compose([*arm.asked, *WORLDS[arm.world], f"weeks={WEEKS}"])


def _row(arm: Arm, done: Sequence[Run], base: Sequence[Run]) -> Gaming:
    def levels(of: Sequence[Run], outcome: str) -> Floats:
        return np.array([r.weeks[outcome][arm.first : arm.last].mean() for r in of])

    def mean(outcome: str) -> float:
        return float(levels(done, outcome).mean())

    def effect(outcome: str) -> tuple[float, float]:
        ours, theirs = levels(done, outcome), levels(base, outcome)
        percent, low, high = interval(100.0 * (ours / theirs - 1.0))
        return percent, 0.5 * ((high or 0.0) - (low or 0.0))

    tokens, tokens_within = effect("reported_tokens")
    output, output_within = effect("output")
    return Gaming(
        arm.group,
        arm.name,
        arm.world,
        " ".join([*arm.asked, *WORLDS[arm.world]]),
        manual=100.0 * mean("manual_share"),
        genuine=100.0 * (mean("genuine_share") - mean("misuse_share")),
        misuse=100.0 * mean("misuse_share"),
        trivial=100.0 * mean("trivial_share"),
        padding=100.0 * mean("padding_share"),
        gestures=100.0 * mean("gesture_share"),
        hollow=100.0 * mean("hollow_active_share"),
        chores=mean("output_trivial"),
        used=mean("reported_tokens"),
        tokens=tokens,
        tokens_within=tokens_within,
        output=output,
        output_within=output_within,
    )


# What choice noise leaves

BY_HAND = ("no gain, and known", "no gain, known, little noise")
"""Worlds in which a logit is worked out by hand: nothing in them changes people."""


def by_noise(trial: Trial) -> Iterator[Gaming]:
    """Acts that were not the best to people: of voluntary use and of schemes."""
    noisy = [Arm("", "voluntary", w) for w in NOISE if "no noise" not in w]
    for arm in (
        *noisy,
        *(Arm("", name, asked=(f"scheme={name}",)) for name in SCHEMES),
    ):
        shares = [_not_best(WARMED_UP.begin(job)) for job in _jobs(arm, trial)]
        means = 100.0 * np.mean(shares, axis=0)
        yield Gaming("not the best", arm.name, arm.world, "", *means)


def logit_by_hand(trial: Trial) -> Iterator[Gaming]:
    """What the logit leads to in the same organisations, worked out by hand."""
    for world in BY_HAND:
        shares = []
        for job in _jobs(Arm("", "", world), trial):
            people = traits(WARMED_UP.begin(job).staff)
            worth = job.scenario.people.effort_reference
            shares.append(by_hand(job.scenario, people, worth).mean(axis=1))
        manual, misuse, trivial, padding = 100.0 * np.mean(shares, axis=0)
        acts = (manual, 0.0, misuse, trivial, padding)
        yield Gaming("by hand", "voluntary", world, "", *acts)


def _jobs(arm: Arm, trial: Trial) -> list[Job]:
    scenario = _scenario(arm)
    size = scenario.organisation.model_copy(update={"employees": trial.people})
    sized = scenario.varied(organisation=size)
    return [Job(sized, trial.seed, replicate) for replicate in range(trial.replicates)]


def _not_best(simulation: Simulation) -> Floats:
    """Mean of ``wrong`` over a run, by a look every eighth week, shape (5,)."""
    looks = []
    while simulation.week < simulation.scenario.weeks:
        if simulation.week % LOOKED == 0:
            looks.append(wrong(simulation.note(0, len(simulation.staff))))
        simulation.step()
    mean: Floats = np.mean(looks, axis=0)
    return mean


def wrong(notes: NDArray[np.void]) -> Floats:
    """Mean chance of each act though another that is open was worth more, shape (5,).

    Manual work, genuine use without and with a loss, trivial use, padding.
    """
    payoffs, chances = notes["terms"].sum(axis=2), notes["chances"]
    is_open = notes["open_to"][..., None] >> np.arange(payoffs.shape[-1]) & 1
    best = np.where(is_open, payoffs, -np.inf).max(axis=-1, keepdims=True)
    missed = np.where(payoffs < best, chances, 0.0)
    loses = notes["outputs"][..., GENUINE] < notes["outputs"][..., MANUAL]
    acts = (
        missed[..., MANUAL],
        np.where(loses, 0.0, missed[..., GENUINE]),
        np.where(loses, missed[..., GENUINE], 0.0),
        missed[..., TRIVIAL],
        missed[..., PADDING],
    )
    return np.array([act.mean() for act in acts])


class Traits(NamedTuple):
    """What a half-day is weighed by, each of shape (n, 1)."""

    productivity: Floats
    reluctance: Floats  # [half-days]
    conscience: Floats  # [half-days]
    may_pad: NDArray[np.bool_]


def traits(staff: NDArray[np.void]) -> Traits:
    """Traits of the people of an organisation."""
    column = staff[:, None]
    return Traits(
        column["productivity"],
        column["reluctance"],
        column["conscience"],
        ~column["never_gamer"].astype(bool),
    )


def by_hand(scenario: Scenario, people: Traits, worth: float) -> Floats:
    """Shares of the four acts if AI gains nothing and everybody knows, shape (4, n).

    A half-day of output is worth m, ``worth`` [half-days], to everybody, so that an act
    has the payoff u = m output - reluctance - conscience. With k chores done, trivial
    use has the chance p_k, the mean over tasks of exp(u / tau) / sum exp(u / tau); and
    k is a chain over the ten half-days of a week that goes up by 1 with p_k.

    Assumes: right beliefs, nobody savvy, no gain, technology stays. Source: logit
    choice (docs/ODD.md), integrated over tasks as in ``model.theory.choice_shares``.
    """
    tech = scenario.technology
    x, y, weight = _tasks(scenario)
    value = worth * people.productivity
    manual = value * y
    genuine = manual * (1.0 - tech.loss * (1.0 - x)) - people.reluctance
    padding = manual * (1.0 - tech.padding_time) - people.conscience
    padding = np.where(people.may_pad, padding, -np.inf)
    by_chores = []
    for k in range(10):
        chore = np.minimum(tech.chore_worth * tech.chore_decay**k, y)
        chore *= 1.0 - tech.loss * (1.0 - tech.chore_suitability)
        u = np.stack([manual, genuine, value * chore - people.reluctance, padding])
        odds = np.exp((u - u.max(axis=0)) / scenario.people.choice_noise)
        by_chores.append((odds / odds.sum(axis=0)) @ weight)
    chances = np.stack(by_chores, axis=2)  # (4, n, k)
    state = np.zeros(chances.shape[1:])
    state[:, 0] = 1.0
    shares = np.zeros(chances.shape[:2])
    for _ in range(10):
        shares += (chances * state).sum(axis=2) / 10.0
        moved = chances[TRIVIAL] * state
        state -= moved
        state[:, 1:] += moved[:, :-1]
    return shares


def _tasks(scenario: Scenario) -> tuple[Floats, Floats, Floats]:
    """Judged suitability, worth and weight of tasks, each of shape (m,)."""
    node, per_x = roots_legendre(SUITABILITY)
    error, per_error = roots_hermitenorm(JUDGEMENT)
    luck, per_luck = roots_hermitenorm(WORTH)
    sd = scenario.technology.task_sd
    judged = 0.5 + 0.5 * node[:, None] + scenario.people.judgement_noise * error
    x, y = np.meshgrid(judged.ravel(), np.exp(sd * luck - 0.5 * sd**2), indexing="ij")
    weight = np.outer(np.outer(per_x, per_error).ravel(), per_luck).ravel()
    return x.ravel(), y.ravel(), weight / weight.sum()


if __name__ == "__main__":
    found = [*measured([*arms()], TRIAL), *by_noise(TRIAL), *logit_by_hand(TRIAL)]
    GAMING.write(STORED, found)
    print(f"written: {STORED.relative_to(ROOT)}")
