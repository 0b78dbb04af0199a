"""Teaching by mates and a forum: good habits spread, and tricks do."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from experiments import compose
from model.simulation import Simulation
from model.workforce import CHUNK

TEAM, PEOPLE = 5, 23
SIZE = [f"organisation.employees={PEOPLE}", f"organisation.team_size={TEAM}"]
SIZE += ["people.quit_hazard=0"]
ONLY_OTHERS = ["people.learning=0", "people.forgetting=0"]
WAYS = ("teaching", "forum_practice", "forum_tricks")
ONLY_A_FORUM = ["people.savvy_own=0", "people.savvy_contact=0", "people.savvy_decay=0"]


def lived(*overrides, scheme="everything_at_once", weeks=12):
    """What everybody was before and after each week, and what was published before.

    Nobody teaches but as ``overrides`` say,.
    """
    changes = [f"scheme={scheme}", "quota.weeks=3", "review.weeks=5"]
    changes += [f"peers.{way}=0" for way in WAYS]
    simulation = Simulation(
        compose([*changes, *SIZE, "weeks=20", *ONLY_OTHERS, *overrides]), 4
    )
    for _ in range(weeks):
        before, public = simulation.staff.copy(), simulation.published.copy()
        simulation.step()
        yield before, public, simulation.staff.copy()


def towards(before, shown, rate):
    """Proficiency after a week in which so much was shown to everybody (n,)."""
    room = np.minimum(shown, before["ceiling"]) - before["proficiency"]
    return before["proficiency"] + rate * np.maximum(room, 0.0)


def test_mates_close_a_part_of_the_gap_to_those_who_use_ai():
    taught = 0
    for before, _, after in lived("peers.teaching=0.2"):
        shown = np.zeros(PEOPLE)
        for i in range(PEOPLE):
            first = i - i % TEAM
            mates = [j for j in range(first, min(first + TEAM, PEOPLE)) if j != i]
            use = after["genuine"][mates]
            if use.sum() > 0:
                shown[i] = np.average(before["proficiency"][mates], weights=use)
        expected = towards(before, shown, 0.2)
        np.testing.assert_allclose(after["proficiency"], expected, rtol=1e-12)
        taught += (after["proficiency"] > before["proficiency"]).sum()
    assert taught > PEOPLE


def test_a_forum_shows_everybody_the_practice_of_the_week_before():
    last = None
    for before, public, after in lived("peers.forum_practice=0.1"):
        if last is not None:
            assert public["practice"] == pytest.approx(last, rel=1e-12)
        expected = towards(before, public["practice"], 0.1)
        np.testing.assert_allclose(after["proficiency"], expected, rtol=1e-12)
        last = np.average(before["proficiency"], weights=after["genuine"])
    assert last > 0.0


def test_a_forum_shows_everybody_the_tricks_of_the_week_before():
    last, seen = None, False
    for before, public, after in lived("peers.forum_tricks=0.3", *ONLY_A_FORUM):
        if last is not None:
            assert public["tricks"] == pytest.approx(last, rel=1e-12)
        savvy = before["savvy"]
        expected = savvy + 0.3 * np.maximum(public["tricks"] - savvy, 0.0)
        np.testing.assert_allclose(after["savvy"], expected, rtol=1e-12)
        padded = after["padding"].sum()
        last = (savvy * after["padding"]).sum() / padded if padded else 0.0
        seen |= padded > 0
    assert seen


def test_nobody_is_taught_beyond_their_ceiling_or_downwards():
    fast = ["peers.teaching=1", "peers.forum_practice=1"]
    for before, _, after in lived(*fast):
        assert (after["proficiency"] >= before["proficiency"]).all()
        assert (after["proficiency"] <= after["ceiling"] * (1.0 + 1e-12)).all()


def test_the_gap_to_a_forum_shrinks_geometrically():
    """Closed form: at a steady level m, (m - a) falls by the rate each week."""
    steps = [*lived("peers.forum_practice=0.1", weeks=12)]
    gaps = []
    for before, public, after in steps:
        behind = before["proficiency"] < np.minimum(
            public["practice"], before["ceiling"]
        )
        level = np.minimum(public["practice"], before["ceiling"])[behind]
        gaps.append(
            (level - after["proficiency"][behind])
            / (level - before["proficiency"][behind])
        )
    np.testing.assert_allclose(np.concatenate(gaps), 0.9, rtol=1e-9)


def test_without_use_of_ai_nobody_has_anything_to_show():
    for before, public, after in lived(
        *("peers.teaching=1", "peers.forum_practice=1", "peers.forum_tricks=1"),
        *("people.reluctance_mean=5", "people.never_gamers=1", *ONLY_A_FORUM),
        scheme="voluntary",
    ):
        assert public["practice"] == public["tricks"] == 0.0
        for name in ("proficiency", "savvy"):
            np.testing.assert_array_equal(after[name], before[name])


def test_a_forum_of_several_chunks_is_the_same_on_any_number_of_threads():
    forum = ["peers.forum_practice=0.1", "peers.forum_tricks=0.1"]
    people = [f"organisation.employees={CHUNK + 900}", "scheme=review_linked"]
    scenario = compose([*forum, *people, "weeks=26"])
    alone = Simulation(scenario)
    with ThreadPoolExecutor(3) as pool:
        together = Simulation(scenario, pool=pool, threads=3)
        for _ in range(2):
            use = alone.staff["genuine"]
            shown = np.average(
                alone.staff["practice"] * 10.0 / np.maximum(use, 1), weights=use
            )
            assert alone.published["practice"] == pytest.approx(shown, rel=1e-12)
            alone.step()
            together.step(pool, 3)
    assert alone.published["practice"] == together.published["practice"]
    assert alone.published["tricks"] == together.published["tricks"] > 0.0
    for name in ("proficiency", "savvy"):
        np.testing.assert_array_equal(alone.staff[name], together.staff[name])
