"""Section 9: where use counts, office staff rather than engineers drive the tokens.

At a consultancy (Accenture; one leak) promotions were tied to log-ins, and what drove
the tokens was trivial: slides out of documents, by office staff, "not our engineers".

Here: a firm of as many developers, analysts and administrative staff under a review
that counts use, against the same people without it. The office are all but developers.
What roles do, and which chores they have, are inputs of other sources; how they answer
a review was not looked at. (The roles of a whole consultancy need more teams than a
small organisation has.)
"""

from collections.abc import Sequence

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding
from model import Run

ENGINEERS = "developer"
MIX = "workforce.roles={developer: 0.34, analyst: 0.33, administration: 0.33}"


def find(trial: Trial) -> list[Finding]:
    """Compare the rise of trivial use and of tokens between office and engineers."""
    asked = [MIX, "weeks=52"]
    nothing = compose(["scheme=voluntary", *asked])
    linked = compose(["scheme=review_linked", *asked])
    without, done = runs([nothing, linked], trial)
    trivial, tokens = (
        _by_part(done, name) - _by_part(without, name)
        for name in ("trivial_share", "reported_tokens")
    )
    return [
        finding(
            "trivial use: rise in the office",
            "share of half-days",
            trivial[0],
            least=0.0,
        ),
        finding(
            "trivial use: rise in the office less that of engineers",
            "share of half-days",
            trivial[0] - trivial[1],
            least=0.0,
        ),
        finding(
            "tokens: rise in the office less that of engineers",
            "M tokens a head and week",
            tokens[0] - tokens[1],
            least=0.0,
        ),
    ]


def _by_part(done: Sequence[Run], name: str) -> Floats:
    """Average an outcome over the heads of the office and of engineers, (2, R)."""
    workforce = done[0].scenario.workforce
    engineers = workforce.names.index(ENGINEERS)
    means = []
    for run in done:
        heads = np.bincount(run.employees["role"], minlength=len(workforce.names))
        by_role = run.by_role[name].mean(axis=0)
        office = np.arange(len(heads)) != engineers
        means.append(
            (np.average(by_role[office], weights=heads[office]), by_role[engineers])
        )
    return np.array(means).T


FACT = Fact(
    name="Section 9",
    claim="Where use counts, office staff rather than engineers drive the tokens.",
    source="Accenture 2026 (evidence 9); one leak",
    estimator=(
        "paired effects of a linked review on trivial use and tokens a head in a "
        "firm of three roles, of developers and of the others"
    ),
    find=find,
    explanation=(
        "The office has more chores than developers, and giving them to AI counts as "
        "much as any use of it. But a half-day of a developer takes several times the "
        "tokens (both inputs of other sources), which weighs more."
    ),
)
