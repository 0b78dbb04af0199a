"""F20: a cheat from the own group raises cheating, one from another group lowers it.

Gino, Ayal and Ariely (2009): seeing a member of the own group cheat raised cheating,
seeing an outsider do so lowered it.

Design: the trial of peers of ``contagion``. The coin also keeps some of the four peers
outside the team whom a person sees from padding, so both shares are randomised
exposures and enter one regression. In the experiment one person was seen to cheat; here
all of them are, over half a year.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.estimators.peers import slopes
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding, given
from experiments.studies.validation.peer_trial import PeerTrial, peer_trials

UNIT = "share of half-days"


def find(trial: Trial) -> list[Finding]:
    """Regress own padding on willing mates and on willing outsiders."""
    commission = compose(["scheme=voluntary", "bonus=usage", "weeks=52"])
    linked = compose(["scheme=review_linked", "weeks=52"])
    findings = []
    for name, scenario in (("commission", commission), ("linked review", linked)):
        trials = peer_trials(scenario, trial)
        mates, outsiders = np.array([_regress(one) for one in trials]).T
        rows = (
            (given, "all mates willing to pad against none", mates, 0.0, np.inf),
            (
                finding,
                "all outsiders seen willing against none",
                outsiders,
                -np.inf,
                0.0,
            ),
            (given, "mates less outsiders", mates - outsiders, 0.0, np.inf),
        )
        findings += [
            made(f"{name}: own padding, {what}", UNIT, values, least, most)
            for made, what, values, least, most in rows
        ]
    return findings


def _regress(one: PeerTrial) -> list[float]:
    could = one.willing
    exposures = [one.mates[could], one.outsiders[could]]
    estimates = slopes(one.padding[could], exposures, [], one.team[could])
    return [estimate.value for estimate in estimates]


FACT = Fact(
    name="F20",
    claim="A cheat from the own group raises cheating, one from another lowers it.",
    source="Gino, Ayal and Ariely 2009 (evidence F20)",
    estimator=(
        "trial in which a coin keeps half of those who would pad from it: change of "
        "own padding on the shares of mates and of outsiders seen who are kept"
    ),
    find=find,
    given=(
        "In part: that the own team weighs more is peers.team_weight, and that "
        "padding spreads is built in. The sign for outsiders is compared."
    ),
    explanation=(
        "In the model an outsider's padding can only weigh less, never deter: there "
        "is one norm, and no wish to be unlike the others. So where much is padded, "
        "outsiders raise padding, too. Where little is, neither they nor mates move "
        "it by an amount that could be told from nothing."
    ),
)
