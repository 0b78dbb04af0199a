"""F2: gaming spreads to peers, productivity does not.

In the trial of Gallen, Gallen, Levitt and List (2016) rule-breaking spilled over to
colleagues of the treated, productivity did not.

Design: a trial of peers (``experiments.studies.validation.peer_trial``). A coin keeps
half of those who would ever pad from it, and colleagues whom it has spared are compared
with themselves, by the share of mates who were kept. That is the leave-out share of
treated colleagues of the trial. It shifts what mates do in every channel at once: norm,
savvy that is passed on, rework. Its limits: mates are kept from padding, they are not
left unpaid; and the team is small. Before, who would never pad by nature was the
exposure, between people: as free of reflection and sorting, but five times as noisy,
too weak for the range that is asked for.

The commission is the one of F1, from the same trial; the linked review stands beside it
because it is what firms do. No spill-over of productivity is taken to be within 1 % of
output over the whole range of the exposure. For productivity in itself, mates' skill is
an exposure too: it is drawn independently of the own. Who leaves is not followed; mates
are those that somebody began with.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.estimators.peers import (
    instrumented,
    mates_mean,
    slopes,
    teams,
)
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import there
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.peer_trial import SETTLED, PeerTrial, peer_trials
from experiments.studies.validation.stepwise import watch
from model import Simulation

NONE = (-0.01, 0.01)


def find(trial: Trial) -> list[Finding]:
    """Run trials of peers under the commission of F1 and under a linked review."""
    pay = ["scheme=voluntary", "bonus=usage", "weeks=52"]
    commission, linked = compose(pay), compose(["scheme=review_linked", "weeks=52"])
    unmended = compose([*pay, "peers.rework_padding=0"])
    arms = [peer_trials(arm, trial) for arm in (commission, linked, unmended)]
    paid, reviewed, clean = (np.array([_regress(one) for one in arm]) for arm in arms)
    from_none = "all mates willing to pad against none"
    pads, moved, produces = paid.T
    unit = "share of half-days"
    return [
        given(f"commission: own padding, {from_none}", unit, pads, least=0.0),
        given(
            "commission: own padding per half-day padded by mates",
            "ratio",
            moved,
            least=0.0,
        ),
        finding(f"commission: log own output, {from_none}", "log", produces, *NONE),
        given(
            "commission: elasticity of own output in mates' skill",
            "ratio",
            watch(commission, trial, _by_skill),
            -0.02,
            0.02,
        ),
        given(
            f"linked review: own padding, {from_none}",
            unit,
            reviewed[:, 0],
            least=0.0,
        ),
        finding(
            f"linked review: log own output, {from_none}", "log", reviewed[:, 2], *NONE
        ),
        aside(
            f"commission: log own output, {from_none}, peers.rework_padding=0",
            "log",
            clean[:, 2],
        ),
    ]


def _regress(one: PeerTrial) -> list[float]:
    """Regress padding, padding on padding, and output."""
    could, spared = one.willing, one.spared
    padding, mates = one.padding[could], one.mates[could]
    [pads] = slopes(padding, [mates], [], one.team[could])
    moved = instrumented(padding, one.mates_padding[could], mates, [], one.team[could])
    [produces] = slopes(one.output[spared], [one.mates[spared]], [], one.team[spared])
    return [pads.value, moved.value, produces.value]


def _by_skill(simulation: Simulation) -> float:
    """Estimate the elasticity of own output in mates' skill."""
    weeks, size = simulation.scenario.weeks, simulation.scenario.organisation.team_size
    people, output = simulation.staff.copy(), np.zeros(len(simulation.staff))
    for week in range(weeks):
        simulation.step()
        output += simulation.staff["output"] if week >= SETTLED else 0.0
    skill = np.log(people["productivity"])
    mates = mates_mean(skill, size)
    here = np.isfinite(mates) & there(simulation.staff, weeks)
    plain = ("never_gamer", "ambition", "conscience", "reluctance", "ceiling")
    logs = ("intensity", "padding_intensity")
    own = [skill, *(people[name].astype(float) for name in plain)]
    own += [np.log(people[name]) for name in logs]
    [learns] = slopes(
        np.log(output[here]),
        [mates[here]],
        [trait[here] for trait in own],
        teams(len(skill), size)[here],
    )
    return learns.value


FACT = Fact(
    name="F2",
    claim="Gaming spreads to peers, productivity does not.",
    source="Gallen, Gallen, Levitt and List 2016 (evidence F2)",
    estimator=(
        "trial in which a coin keeps half of those who would pad from it: change of "
        "own padding and own output on the leave-out share of mates who are kept; "
        "two-stage least squares of own padding on mates' padding with that share as "
        "instrument"
    ),
    find=find,
    given=(
        "In part: that padding spreads (peers.norm_relief, people.savvy_contact) and "
        "that skill does not (peers.productivity=0) is built in; so is that mates "
        "lose output (peers.rework_*), but not how much."
    ),
    explanation=(
        "Contagion is built in, but weak: under the commission it is seen, under the "
        "linked review, where few pad, it cannot be told from nothing. Output does "
        "depend on mates a little under the commission: what they pad comes back as "
        "rework, without which next to nothing is left (explains)."
    ),
)
