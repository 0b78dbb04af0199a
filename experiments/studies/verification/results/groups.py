"""Groups under different schemes, where nothing crosses the border between them.

Theory is given each person's traits and whether they are in the group. Then the same
people are lived where all are under the scheme of the group, and where nobody is:
spill-over must be 0.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.designs.apart import under_one
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
from model import Bonus, Group, Scenario
from model.theory import groups
from model.theory.choice_shares import Floats, Moments

RATE, SHARE = 1.0, 0.4
QUANTITIES = {
    "genuine": ("genuine use", "share of half-days"),
    "padding": ("padding", "share of half-days"),
    "output": ("output", "half-days per half-day"),
}


def scenario_of() -> Scenario:
    """Make people of whom a part is paid for tokens, and the others are not."""
    plain = frozen(people={"judgement_noise": 0.12})
    paid = plain.scheme.model_copy(update={"bonus": Bonus(rate=RATE, weeks=1)})
    return plain.varied(groups=(Group(name="paid", share=SHARE, scheme=paid),))


def check(trial: Trial) -> Sequence[Check]:
    """Check who is in the group, what each side does, and that nothing spills over."""
    scenario = scenario_of()
    staff, simulated = lived(scenario, trial, [*QUANTITIES])
    inside = staff["group"] == 0
    team = scenario.organisation.team_size
    in_group = Check(
        "people in the group",
        "people",
        SHARE * trial.people,
        float(inside.sum()) / trial.replicates,
        0.0,
        float(team),
        "a group is whole teams",
    )
    law = groups.mixed(
        traits(staff),
        setting(scenario),
        inside,
        token_pay(staff, RATE),
        token_pay(staff, 0.0),
    )
    half_days = 10 * scenario.weeks
    sides = {"in the group": inside, "everybody else": ~inside}
    checks = [in_group]
    for side, here in sides.items():
        for name, (what, unit) in QUANTITIES.items():
            found: Moments = getattr(law, name)
            checks.append(
                by_person(
                    f"{what}; {side}",
                    unit,
                    found.mean[here],
                    simulated[name][here],
                    found.variance[here] / half_days,
                )
            )
    return [*checks, *spilt(scenario, simulated["output"], inside, trial)]


def spilt(
    scenario: Scenario, mixed: Floats, here: NDArray[np.bool_], trial: Trial
) -> Iterator[Check]:
    """Check that spill-over is 0, in the group and outside, person by person."""
    both = zip(
        ("in the group", "everybody else"), (here, ~here), scenario.regimes, strict=True
    )
    for side, people, regime in both:
        _, whole = lived(under_one(scenario, regime), trial, ["output"])
        most = float(np.abs(mixed - whole["output"])[people].max())
        what = f"largest spill-over on anybody's output; {side}"
        yield Check(what, "half-days per half-day", 0.0, most, 0.0)


RESULT = Result(
    name="groups",
    title="Nothing spills over where nothing crosses the border",
    source="no interference between units",
    reduced=(
        "Nobody adapts, no rework, no review; a part of the teams has a bonus on "
        "tokens; people alike but for proficiency, which theory is told person by "
        "person."
    ),
    check=check,
)
