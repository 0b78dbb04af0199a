"""The quota notch beside weekly quotas in the simulation.

Natural use is ten genuine half-days: AI neither adds nor loses output, so that no task
matters, and people like it a little. Natural scores are lognormal as in the golden
example of C7: log x ~ N(-0.5, 0.9), Q = 1.

``C7 itself``: one padded half-day reaches the quota at once. It costs the more the less
somebody uses, because use falls with skill and with it rises what a half-day is worth.
The stake is set so that the marginal buncher is that of the golden example, 0.625. The
allowance is for people within one sigma of the quota, by the uncertainty of the own
score: without noise they pad if 1 - Phi(z) > C / B, which lies between Phi(-1) and
Phi(1). Cramming blurs the earlier half-days by itself; that is in the theory, and what
the own score adds to it is of second order.

``outlooks``: what the quota is worth on every half-day of windows of several weeks,
given what people did before. Nothing is random there, so that half a day too few, or a
week's discount too much, cannot hide behind a standard error.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import lognorm

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import by_person, frozen, warmed_up
from model import Quota, Scenario
from model.measure import REFERENCE_TOKENS
from model.outlook import GENUINE, MANUAL, PADDING
from model.scenario import ROW
from model.theory import notch
from model.theory.choice_shares import Floats
from model.theory.deterrence import ambitions

SPREAD, CENTRE = 0.9, -0.5
NATURAL = lognorm(SPREAD, scale=math.exp(CENTRE))
"""H, the distribution of natural use [reference weeks]."""
QUOTA, GOLDEN = 1.0, 0.625
"""Q, and the marginal buncher of the golden example."""
LIKING = 0.05
"""Advantage of genuine use over manual work [half-days]."""
SHARP, SMALL, USUAL = 0.001, 0.005, 0.12
"""Choice noises; the small one is the largest with which nobody forgets their liking.
"""
BLUR, WIDE = 0.01, 1.0
"""The least uncertainty of the own score, c, and the usual one."""
ENOUGH, SOME, AT_QUOTA = 40.0, 6.0, 3.2
"""Tokens of a half-day [M]: padded ones that reach the quota at once, or only some of
it; a genuine one of somebody whose natural use is the quota."""
STEEP = {"skill_sd": 0.9, "intensity_skill": -1.0, "conscience_floor": 0.0}
"""C7 itself: theta = const x / kappa, and padding costs own value only."""
C7_CASES = tuple((zeta, tau) for tau in (SHARP, SMALL) for zeta in (0.0, 0.2, 1.0))
"""Cramming and choice noise."""
CASES = (
    *((zeta, tau, BLUR) for tau in (SHARP, USUAL) for zeta in (0.0, 0.2, 1.0)),
    *((zeta, USUAL, WIDE) for zeta in (0.0, 0.2)),
)
"""Cramming, choice noise and uncertainty."""
BUNCHING_CASES = ((0.0, 2.0), (0.2, 2.0), (0.2, 4.0), (1.0, 2.0))
"""Cramming, and the stake over what a half-day costs."""
FAR = 4.0
"""That stake for the recursion: with cramming 1, some start and give up."""
WHOLE = "counts are whole: one person, where hardly anything is left to chance"
LATE = 6
"""Weeks after which habits have adapted to padding."""
LONG, PATIENCE = 3, 0.4
"""Weeks of a longer window, and what its consequences count before its last week."""
OF_THEORY = [MANUAL, GENUINE, PADDING]
"""The activities of the theory, in its order."""
TABLE = 5e-9
"""Error of the model's normal distribution (``model.normal``)."""


def scenario_of(
    penalty: float, padding_tokens: float, cramming: float, noise: float, **people: Any
) -> Scenario:
    """Make a weekly quota on tokens; people differ in use, in C7 also in skill."""
    return frozen(
        people={
            "reluctance_mean": -LIKING,
            "intensity": REFERENCE_TOKENS * math.exp(CENTRE) / notch.HALF_DAYS,
            "intensity_sd": SPREAD,
            "padding_intensity": padding_tokens,
            "uncertainty": BLUR,
            "cramming": cramming,
            "choice_noise": noise,
            **people,
        },
        technology={"gain": 0.0, "loss": 0.0},
        quota=Quota(amount=QUOTA * REFERENCE_TOKENS, penalty=penalty, weeks=1),
        weeks=LATE,
    )


def check(trial: Trial) -> Sequence[Check]:
    """Check C7 where it is exact, then the model's recursion where it is not."""
    checks: list[Check] = []
    for cramming, noise in C7_CASES:
        checks += itself(cramming, noise, trial)
    for cramming, times in BUNCHING_CASES:
        checks += bunching(cramming, times, trial)
    for cramming, noise, uncertainty in CASES:
        checks += recursion(cramming, noise, uncertainty, trial)
    for cramming in (0.0, 0.2):
        checks += outlooks(cramming, trial)
    return checks


def itself(cramming: float, noise: float, trial: Trial) -> list[Check]:
    """Check C7 itself: bunching, marginal buncher and hole in the first week.

    With little choice noise this is C7 whatever the cramming. With more, every half-day
    is a chance, but with cramming all before the last one count for less.
    """
    scenario = c7(cramming, noise)
    inside, everybody = c7_mass(GOLDEN, scenario), c7_mass(0.0, scenario)
    score, padded = first_week(scenario, trial)
    bunched = ((score >= QUOTA) & (padded > 0)).astype(float)
    hole = ((score > GOLDEN) & (score < QUOTA)).astype(float)
    what = f"C7 itself, cramming {cramming:g}, choice noise {noise:g}"
    blur = spread(ENOUGH, cramming) * float(NATURAL.pdf(QUOTA))
    left = float(NATURAL.cdf(QUOTA) - NATURAL.cdf(GOLDEN)) - inside
    mass = of_people(f"excess mass; {what}", everybody, bunched, blur)
    return [
        mass,
        marginal_of(mass, what),
        of_people(f"people left in the hole; {what}", left, hole, blur),
    ]


def spread(tokens: float, cramming: float) -> float:
    """Compute sigma by the own score of a person at the quota.

    ``tokens`` are those of a padded half-day. Sigma is that of the half-day where it is
    widest; with cramming that of the last one, which decides.
    """
    pace = AT_QUOTA + cramming * (tokens - AT_QUOTA)
    half_days = 1 if cramming else notch.HALF_DAYS
    return BLUR * math.sqrt(half_days) * pace / REFERENCE_TOKENS


def c7(cramming: float, noise: float) -> Scenario:
    """Make the golden example: one padded half-day reaches the quota."""
    free = scenario_of(0.0, ENOUGH, cramming, noise, **STEEP)
    penalty = cost(free, GOLDEN) / notch.HALF_DAYS
    return scenario_of(penalty, ENOUGH, cramming, noise, **STEEP)


def c7_mass(low: float, scenario: Scenario) -> float:
    """Compute the share of all people who are between low and the quota and pad."""
    ambition, weight = ambitions(scenario.people.ambition_cv)
    stake = ambition * scenario.quota.penalty * notch.HALF_DAYS

    def surplus(natural: float) -> Floats:
        extra = ENOUGH / REFERENCE_TOKENS - natural / notch.HALF_DAYS
        lacking = (QUOTA - natural) / extra
        gained = notch.gained(lacking, scenario.people.cramming)
        return stake * gained[:, None] - cost(scenario, natural)

    share = notch.logit_excess_mass(
        NATURAL.pdf, low, QUOTA, surplus, scenario.people.choice_noise
    )
    return float(weight @ share)


def cost(scenario: Scenario, natural: float) -> float:
    """Compute C(x), the cost of one padded half-day at natural use x [half-days]."""
    people, sd = scenario.people, scenario.people.skill_sd
    z = (CENTRE - math.log(natural)) / SPREAD
    theta = math.exp(sd * z - 0.5 * sd**2)
    own = people.own_value * scenario.technology.padding_time * theta
    return LIKING + people.conscience_floor + own


def bunching(cramming: float, times: float, trial: Trial) -> list[Check]:
    """Check the excess mass of the model's own rule, in the first week, without noise.

    People bunch who lack no more padded half-days than the theory says for their
    ambition.
    """
    scenario = alike(cramming, times, SHARP)
    pad = SOME / REFERENCE_TOKENS
    ambition, weight = ambitions(scenario.people.ambition_cv)
    most = [notch.farthest(cramming, 1.0 / (times * a)) for a in ambition]
    marginal = np.array([notch.marginal_by_half_days(QUOTA, pad, m) for m in most])
    score, padded = first_week(scenario, trial)
    there = (score >= QUOTA) & (score < QUOTA + pad) & (padded > 0)
    expected = float(NATURAL.cdf(QUOTA) - weight @ NATURAL.cdf(marginal))
    density = float(NATURAL.pdf(QUOTA) + weight @ NATURAL.pdf(marginal))
    what = f"cramming {cramming:g}, stake of {times:g} half-days' cost"
    mass = of_people(
        f"excess mass; {what}",
        expected,
        there.astype(float),
        spread(SOME, cramming) * density,
    )
    return [mass, marginal_of(mass, what)]


def alike(cramming: float, times: float, noise: float, **people: Any) -> Scenario:
    """Make people alike but for their use; the stake is ``times`` a half-day's cost."""
    free = scenario_of(0.0, SOME, cramming, noise, **people)
    penalty = times * cost(free, QUOTA) / notch.HALF_DAYS
    return scenario_of(penalty, SOME, cramming, noise, **people)


def first_week(scenario: Scenario, trial: Trial) -> tuple[Floats, Floats]:
    """Simulate scores [reference weeks] and padded half-days of week 0, (people,)."""
    staff = []
    for simulation in warmed_up(scenario, trial):
        simulation.step()
        staff.append(simulation.staff)
    everybody = np.concatenate(staff)
    return everybody["score"], everybody["padding"].astype(float)


def marginal_of(mass: Check, what: str) -> Check:
    """Derive the marginal buncher x_m from the excess mass H(Q) - H(x_m)."""
    over = float(NATURAL.cdf(QUOTA))
    expected, simulated = NATURAL.ppf([over - mass.theory, over - mass.simulated])
    steep = float(NATURAL.pdf(expected))
    return Check(
        f"marginal buncher, from the excess mass; {what}",
        "reference weeks",
        float(expected),
        float(simulated),
        mass.error / steep,
        mass.allowance / steep,
        mass.why,
    )


def of_people(
    quantity: str, share: float, simulated: Floats, allowance: float
) -> Check:
    """Check a share of people; each counts or does not, so the law is binomial."""
    theory = np.full_like(simulated, share)
    variance = theory * (1.0 - theory)
    why = "people within one sigma of the quota, whose outlook is blurred"
    return by_person(
        quantity, "share of people", theory, simulated, variance, allowance, why
    )


def recursion(
    cramming: float, noise: float, uncertainty: float, trial: Trial
) -> list[Check]:
    """Check the week after habits have adapted, given everybody's pace before it."""
    scenario = alike(cramming, FAR, noise, uncertainty=uncertainty)
    outlook = notch.Outlook(QUOTA, uncertainty, cramming, noise)
    before, after = [], []
    for simulation in warmed_up(scenario, trial):
        for _ in range(scenario.weeks - 1):
            simulation.step()
        before.append(simulation.staff.copy())
        simulation.step()
        after.append(simulation.staff)
    people = before_quota(np.concatenate(before), scenario)
    expected, lived = notch.ends(people, outlook), np.concatenate(after)
    where = (
        f"cramming {cramming:g}, choice noise {noise:g}, uncertainty {uncertainty:g}"
    )
    one = 1.0 / len(lived)
    met = lived["score"] >= QUOTA
    bunched = met & (lived["score"] < QUOTA + people.padding)
    return [
        by_person(
            f"padded half-days in week {LATE}; {where}",
            "half-days a week",
            expected.padded,
            lived["padding"].astype(float),
            expected.padded_variance,
            one,
            WHOLE,
        ),
        by_person(
            f"quota met in week {LATE}; {where}",
            "share of people",
            expected.met,
            met.astype(float),
            expected.met * (1.0 - expected.met),
            one,
            WHOLE,
        ),
        by_person(
            f"met by less than a padded half-day in week {LATE}; {where}",
            "share of people",
            expected.bunched,
            bunched.astype(float),
            expected.bunched * (1.0 - expected.bunched),
            one,
            WHOLE,
        ),
    ]


def outlooks(cramming: float, trial: Trial) -> list[Check]:
    """Check exactly what a quota is worth on each half-day of two windows."""
    theory, simulated = seen(longer(cramming), trial)
    checks = []
    for week, values in enumerate(zip(theory, simulated, strict=True), start=1):
        where = f"week {week} of {LONG}, cramming {cramming:g}"
        added = [float((v[:, 2] - v[:, 0]).mean()) for v in values]
        apart = float(np.abs(values[1] - values[0]).max())
        checks += [
            exact(f"what padding adds to the chance seen; {where}", *added),
            exact(f"largest difference of the chance seen; {where}", 0.0, apart),
        ]
    return checks


def exact(quantity: str, theory: float, simulated: float) -> Check:
    """Check a share of the stake that has no randomness."""
    why = "the model's table of the normal distribution, in two values"
    unit = "parts of the stake"
    return Check(quantity, unit, theory, simulated, 0.0, 2.0 * TABLE, why)


def seen(scenario: Scenario, trial: Trial) -> tuple[Floats, Floats]:
    """Compute the quota's worth as a share of the stake, by theory and simulated.

    Each is by week of the window, then window, activity, half-day and person: of shape
    (LONG, 2, 3, 10, people). Theory is told what people did before; one organisation
    is enough.
    """
    theory: list[list[Floats]] = [[] for _ in range(LONG)]
    simulated: list[list[Floats]] = [[] for _ in range(LONG)]
    simulation = next(warmed_up(scenario, trial))
    for week in range(2 * LONG):
        elapsed = week % LONG
        if elapsed == 0:
            so_far = np.zeros(trial.people)
        notes = simulation.note(0, trial.people)
        people = before_quota(simulation.staff, scenario)
        of_week, so_far = by_theory(people, scenario, notes, elapsed, so_far)
        theory[elapsed].append(of_week)
        worth = notes["terms"][:, :, ROW.quota][:, :, OF_THEORY].T
        simulated[elapsed].append(worth / (LONG * people.stake))
        simulation.step()
    return np.stack(theory), np.stack(simulated)


def longer(cramming: float) -> Scenario:
    """Make a quota on a window of several weeks, as far away as the weekly one."""
    scenario = alike(cramming, FAR, USUAL, uncertainty=WIDE, patience=PATIENCE)
    amount = LONG * QUOTA * REFERENCE_TOKENS
    quota = scenario.quota.model_copy(update={"weeks": LONG, "amount": amount})
    return scenario.varied(quota=quota)


def by_theory(
    people: notch.People, scenario: Scenario, notes: Any, elapsed: int, so_far: Floats
) -> tuple[Floats, Floats]:
    """Compute a week by theory, (3, 10, n), and the score at its end, (n,)."""
    outlook = notch.Outlook(
        LONG * QUOTA, scenario.people.uncertainty, scenario.people.cramming, USUAL
    )
    last = elapsed == LONG - 1
    unit = people._replace(stake=np.full_like(so_far, 1.0 if last else PATIENCE))
    none = 0.0 * so_far
    adds = np.stack([none, people.genuine, none, people.padding])  # there are no chores
    worths = []
    for day in range(notch.HALF_DAYS):
        left = notch.HALF_DAYS * (LONG - elapsed) - day
        worths.append(notch.worths(unit, outlook, so_far, left))
        chosen = notes["activities"][:, day].astype(np.int64)
        so_far = so_far + adds[chosen, np.arange(len(so_far))]
    return np.stack(worths, axis=1), so_far


def before_quota(staff: Any, scenario: Scenario) -> notch.People:
    """Give theory the state of people before a week."""
    worth = scenario.people.own_value * staff["productivity"]
    lost = scenario.technology.padding_time
    pace = (staff["pace_genuine"] + staff["pace_padded"]) / REFERENCE_TOKENS
    return notch.People(
        genuine=staff["intensity"] / REFERENCE_TOKENS,
        padding=staff["padding_intensity"] / REFERENCE_TOKENS,
        pace=pace,
        stake=staff["ambition"] * scenario.quota.penalty * notch.HALF_DAYS,
        manual_payoff=worth,
        genuine_payoff=worth - staff["reluctance"],
        padding_payoff=worth * (1.0 - lost) - staff["conscience"],
    )


RESULT = Result(
    name="notch",
    title="Bunching at a quota",
    source="Kleven and Waseem (2013); evidence C7, and the model's rule by recursion",
    reduced=(
        "Nobody adapts but in pace; a weekly quota on tokens, uncertainty 0.01 unless "
        "it is named, and one of three weeks, uncertainty 1, compared exactly; AI "
        "neither adds nor loses output; people differ in use, for C7 itself in skill."
    ),
    check=check,
)
