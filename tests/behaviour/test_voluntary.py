"""Voluntary use pays nobody to burn tokens, whoever they are."""

from functools import cache

import numpy as np
import pytest

from experiments import compose
from experiments.statistics.employees import pulls
from model import Job
from model.block import TERMS
from model.outlook import MANUAL, PADDING
from model.scenario import INCENTIVES
from model.simulate import WARMED_UP

SEED, EMPLOYEES = 6, 1000
MONDAYS = (0, 25, 26)
"""At the start, at the end of a review and at the start of the next."""
INCENTIVE_TERMS = [n for n, name in enumerate(TERMS) if name in INCENTIVES]
INCENTIVE_TERMS += [TERMS.index("review_output")]
WORLDS = {
    "as declared": (),
    "made for padding": (
        *("people.conscience_floor=0", "people.conscience_scale=0"),
        *("people.never_gamers=0", "people.savvy_a=3", "people.savvy_b=6"),
        *("technology.padding_time=0.1", "technology.automation=0.9"),
    ),
}
TRAITS = ("skill", "conscience", "ambition", "savvy")

every_world = pytest.mark.parametrize("world", WORLDS)


@cache
def mondays(world):
    """Staff (n,) and notes (n,) on the week that begins, by Monday."""
    asked = ["scheme=voluntary", f"organisation.employees={EMPLOYEES}"]
    scenario = compose([*asked, *WORLDS[world]])
    simulation, seen = WARMED_UP.begin(Job(scenario, SEED)), []
    while simulation.week <= MONDAYS[-1]:
        if simulation.week in MONDAYS:
            notes = simulation.note(0, EMPLOYEES)
            seen.append((simulation.staff.copy(), notes))
        simulation.step()
    return seen, scenario.people.choice_noise


def needles(notes, tau):
    """Half-days that become padding if all incentives weigh more, per person (n,)."""
    pads = np.broadcast_to(np.arange(4) == PADDING, notes["chances"].shape)
    worth = notes["terms"][:, :, INCENTIVE_TERMS].sum(axis=2)
    return pulls(notes["chances"], pads.astype(float), worth, tau).mean(axis=1)


@every_world
def test_no_half_day_is_worth_more_to_anybody_if_it_is_padded(world):
    seen, _ = mondays(world)
    for _, notes in seen:
        terms = notes["terms"]
        paid = terms[:, :, INCENTIVE_TERMS].sum(axis=2)
        assert np.all(paid[..., PADDING] <= paid[..., MANUAL] + 1e-12)
        payoff = terms.sum(axis=2)
        assert np.all(payoff[..., PADDING] < payoff[..., MANUAL])


@every_world
@pytest.mark.parametrize("trait", TRAITS)
def test_the_needle_of_padding_is_below_0_for_every_fifth(world, trait):
    seen, tau = mondays(world)
    for staff, notes in seen:
        needle = needles(notes, tau)
        may = ~staff["never_gamer"].astype(bool)
        for fifth in np.array_split(np.argsort(staff[trait], kind="stable"), 5):
            assert needle[fifth][may[fifth]].mean() < 0.0


@every_world
@pytest.mark.parametrize("suspects", [False, True])
def test_the_needle_of_padding_is_below_0_for_the_suspicious_and_the_others(
    world, suspects
):
    seen, tau = mondays(world)
    for staff, notes in seen:
        assert needles(notes, tau)[staff["suspicious"] == suspects].mean() < 0.0


def test_as_declared_the_needle_of_padding_is_above_0_for_nobody():
    """Who never pads has none.

    In a world made for padding it is for a few in a thousand: those who like AI and pad
    so cheaply that chores and misuse cost them more output than padding does.
    """
    seen, tau = mondays("as declared")
    for staff, notes in seen:
        needle = needles(notes, tau)
        assert needle.max() <= 1e-12
        assert not needle[staff["never_gamer"].astype(bool)].any()


def test_under_a_bonus_on_tokens_the_needle_turns():
    """The needle is not blind: what pays for tokens is seen at once."""
    scenario = compose([f"organisation.employees={EMPLOYEES}", "bonus=usage"])
    notes = WARMED_UP.begin(Job(scenario, SEED)).note(0, EMPLOYEES)
    assert needles(notes, scenario.people.choice_noise).mean() > 0.0
