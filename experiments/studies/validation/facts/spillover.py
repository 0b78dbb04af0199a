"""F21: productive peers raise productivity, if people can see each other.

Mas and Moretti (2009): 10 % more productive colleagues make a cashier 1.5 to 1.7 % more
productive, only where those colleagues can see her.

The model has such a term (peers.productivity), switched off by default, and no lines of
sight: "seen" is an organisation with the term at 0.15, "unseen" one without. The panel
regression takes log own output of a week on log output of mates in the week before,
each mate against what they do by hand, with employee and week effects. Output is that
over the worth of the tasks that came, as a cashier's speed is that over the items in
the baskets. (Before, it was output alone; since tasks differ in worth, that is mostly
luck with tasks, which hid the spill-over put in as well as the one that is not there.)
Mates' misuse
lowers their output, and a week later one's own by rework: that looks like inspiration.
Whoever sees misuse can hold it equal; a company cannot, and gets the plain regression.
Where the term is on, the estimate checks the estimator, nothing else.

Mas and Moretti's peers differ in what they can do, not in a week's luck. So a third
regression takes own output on mates' skill, which chance has assigned.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.estimators.panel import within
from experiments.statistics.estimators.peers import mates_mean, slopes, teams
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import Flags, there
from experiments.studies.validation.over_replicates import finding, given
from experiments.studies.validation.stepwise import watch
from model import Simulation

NONE = (-0.03, 0.03)


def find(trial: Trial) -> list[Finding]:
    """Estimate elasticities of own output in mates' output and in mates' skill."""
    seen = compose(["scheme=voluntary", "peers.productivity=0.15", "weeks=52"])
    unseen = compose(["scheme=voluntary", "weeks=52"])
    equal, _, skill = np.array(watch(seen, trial, _elasticities)).T
    equal_unseen, plain_unseen, _ = np.array(watch(unseen, trial, _elasticities)).T
    name = "elasticity of own output in mates' output a week before"
    at_equal = "at equal misuse by mates"
    unit = "ratio"
    return [
        given(f"{name}, seen, {at_equal}", unit, equal, 0.12, 0.20),
        given(f"{name}, unseen, {at_equal}", unit, equal_unseen, *NONE),
        finding(f"{name}, unseen, misuse unknown", unit, plain_unseen, *NONE),
        finding(
            "elasticity of own output in mates' skill, seen", unit, skill, 0.10, 0.20
        ),
    ]


def _elasticities(simulation: Simulation) -> list[float]:
    """Estimate elasticities in mates' output (misuse held equal, or not) and skill."""
    weeks, size = simulation.scenario.weeks, simulation.scenario.organisation.team_size
    output, misuse, able = np.zeros((3, weeks, len(simulation.staff)))
    for week in range(weeks):
        able[week] = simulation.staff["productivity"]
        simulation.step()
        output[week] = simulation.staff["output"] / simulation.staff["tasks"]
        misuse[week] = simulation.staff["misuse"]
    relative = mates_mean(output / able, size)
    here = np.isfinite(relative[0]) & there(simulation.staff, weeks)

    def before(values: Floats) -> Floats:
        earlier: Floats = values[:-1, here].T
        return earlier

    own, example = np.log(output[1:, here].T), np.log(before(relative))
    equal, _ = within(own, [example, before(mates_mean(misuse, size))])
    [plain] = within(own, [example])
    return [equal.value, plain.value, _by_skill(output, able, size, here)]


def _by_skill(output: Floats, able: Floats, size: int, here: Flags) -> float:
    """Estimate the elasticity of a year's output (T, N) in mates' mean skill (T, N).

    Of the people who are here all the time.
    """
    own = np.log(able)
    mates = mates_mean(own, size).mean(axis=0)[here]
    team = teams(len(here), size)[here]
    year = np.log(output.mean(axis=0))[here]
    return slopes(year, [mates], [own[0, here]], team)[0].value


FACT = Fact(
    name="F21",
    claim=(
        "Peers who produce 10 % more make people produce 1.5 to 1.7 % more, if they "
        "can be seen."
    ),
    source="Mas and Moretti 2009 (evidence F21)",
    estimator=(
        "panel regression of log own output, over the worth of the week's tasks, on "
        "that of mates a week before, with employee and week effects; regression of "
        "own output on mates' skill"
    ),
    find=find,
    given=(
        "In part: the elasticity is peers.productivity, 0 by default; recovering it "
        "checks the estimator. What mates' skill does is found."
    ),
    explanation=(
        "Without misuse in view the regression finds a spill-over that is not there: "
        "in a week of misuse mates produce less and cause rework. At equal misuse "
        "little of it is left; this was added when the plain regression had been seen "
        "to mislead, the ranges were left as they were. Mates' skill does not raise "
        "output: the model's term compares mates with what they do by hand, so that it "
        "carries how much AI helps them and not how able they are, and the able gain "
        "less from AI. It is not Mas and Moretti's effect."
    ),
)
