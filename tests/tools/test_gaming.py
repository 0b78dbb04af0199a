"""Where gaming goes: what the tool measures, and that the page says what it found."""

import numpy as np
import pytest

from experiments import compose
from experiments.runs.trial import Trial
from experiments.statistics.calibration import RECORD, TARGETS
from model import Job, simulate
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL
from model.simulate import WARMED_UP
from tools import blocks
from tools.gaming import (
    AS_DECLARED,
    BOARDS,
    BY_HAND,
    CALIBRATED,
    GAMING,
    KNOWN,
    LEFT,
    NOISY,
    RATES,
    SCHEMES,
    STORED,
    SURE,
    Arm,
    arms,
    by_hand,
    measured,
    traits,
    wrong,
)

SMALL = Trial(seed=3, people=60, replicates=2)
WORTH = 0.86
FROZEN = (
    *KNOWN,
    *("review.stake=0", "bonus=output", f"bonus.rate={10 * (WORTH - 0.5)}"),
    *("people.urgency=0", "people.effort=0", "people.exhaustion_loss=0"),
    *("people.conscience_floor=0.1", "people.conscience_scale=0.1"),
    *("technology.dressing_most=0", "technology.automation=0"),
    *("technology.suitability_drift=0", "peers.norm_relief=0"),
    *(f"peers.rework_{name}=0" for name in ("misuse", "dressing", "padding")),
    *("organisation.employees=400", "weeks=26"),
)
"""Nothing changes people, and a half-day of output is worth .5 to them and .36 paid."""


# The tool


def test_the_logit_by_hand_is_what_people_do_where_nothing_changes_them():
    scenario = compose(FROZEN)
    run = simulate(scenario, 2, record=["manual", "genuine", "trivial", "padding"])
    staff = WARMED_UP.begin(Job(scenario, 2)).staff
    expected = by_hand(scenario, traits(staff), WORTH)
    np.testing.assert_allclose(expected.sum(axis=0), 1.0, rtol=1e-12)
    order = np.argsort(staff["reluctance"])
    names = {MANUAL: "manual", GENUINE: "genuine", TRIVIAL: "trivial"}
    for act, name in (names | {PADDING: "padding"}).items():
        off = run.history(name).mean(axis=0) / 10.0 - expected[act]
        assert abs(off.mean()) < 4.0 * off.std() / len(off) ** 0.5, name
        for third in np.array_split(order, 3):
            part = off[third]
            assert abs(part.mean()) < 4.0 * part.std() / len(part) ** 0.5, name


def test_who_always_takes_the_best_does_nothing_else():
    scenario = compose([*SURE, "organisation.employees=60"])
    assert not wrong(WARMED_UP.begin(Job(scenario, 1)).note(0, 60)).any()


def test_with_noise_some_of_every_act_is_not_the_best():
    scenario = compose(["organisation.employees=60"])
    notes = WARMED_UP.begin(Job(scenario, 1)).note(0, 60)
    found, chances = wrong(notes), notes["chances"].mean(axis=(0, 1))
    assert np.all(found > 0.0)
    assert found[0] < chances[MANUAL]
    assert found[1] + found[2] < chances[GENUINE]
    # Nothing pays for padding: all of it is noise.
    assert found[4] == pytest.approx(chances[PADDING])


def test_voluntary_use_has_no_effect_and_acts_add_up():
    voluntary, paid = measured(
        [Arm("", "voluntary"), Arm("", "paid", asked=("bonus=usage",))], SMALL
    )
    assert (voluntary.tokens, voluntary.output) == (0.0, 0.0)
    assert paid.tokens > 0.0
    for row in (voluntary, paid):
        acts = row.manual + row.genuine + row.misuse + row.trivial + row.padding
        assert acts == pytest.approx(100.0)


def test_no_two_arms_go_by_one_name():
    names = [(arm.group, arm.name, arm.world) for arm in arms()]
    assert len(names) == len({*names})


# What the page says


@pytest.fixture(scope="module")
def found():
    """Rows as stored, by group, arm and world."""
    return {(row.group, row.arm, row.world): row for row in GAMING.read(STORED)}


def use(row):
    return 100.0 - row.manual


def test_every_arm_is_stored(found):
    wanted = {(arm.group, arm.name, arm.world) for arm in arms()}
    assert wanted <= {*found}


@pytest.mark.parametrize("world", BY_HAND)
def test_without_gain_use_is_what_a_logit_by_hand_leaves(found, world):
    simulated = found["voluntary", "voluntary", world]
    expected = found["by hand", "voluntary", world]
    assert use(simulated) == pytest.approx(use(expected), rel=0.05)
    assert simulated.trivial == pytest.approx(expected.trivial, rel=0.1)


def test_without_gain_nearly_all_use_is_noise(found):
    known = found["voluntary", "voluntary", "no gain, and known"]
    calm = found["voluntary", "voluntary", "no gain, known, little noise"]
    sure = found["voluntary", "voluntary", "no gain, known, no noise"]
    assert use(sure) < 0.25 * use(known)
    assert use(sure) < use(calm) < 0.5 * use(known)
    missed = found["not the best", "voluntary", "no gain, and known"]
    assert missed.misuse + missed.trivial > 0.8 * use(known)


def test_how_much_of_voluntary_use_is_not_the_best_is_not_known(found):
    parts = {world: use(found["voluntary", "voluntary", world]) for world in NOISY[:2]}
    for world in parts:
        missed = found["not the best", "voluntary", world]
        acts = missed.genuine + missed.misuse + missed.trivial + missed.padding
        parts[world] = acts / parts[world]
    declared, calm = parts.values()
    assert declared > 0.4
    assert calm < 0.2
    sure = found["voluntary", "voluntary", "no noise"]
    assert use(sure) < 0.7 * use(found["voluntary", "voluntary", AS_DECLARED])


def test_nearly_all_trivial_use_is_noise_unless_chores_are_counted(found):
    for scheme in ("voluntary", *SCHEMES):
        group = "voluntary" if scheme == "voluntary" else "schemes"
        missed = found["not the best", scheme, AS_DECLARED]
        part = missed.trivial / found[group, scheme, AS_DECLARED].trivial
        assert (part > 0.6) == (scheme != "automation_count"), (scheme, part)


def test_trivial_use_costs_little_and_less_where_noise_is_little(found):
    for scheme in {*SCHEMES} - {"automation_count"}:
        assert -0.1 < found["schemes", scheme, AS_DECLARED].chores < 0.0
        for world in NOISY[1:]:
            assert -0.02 < found["schemes", scheme, world].chores < 0.02
    for world in (AS_DECLARED, "little noise"):
        assert found["schemes", "automation_count", world].chores < -0.1


def sign(row):
    """Of the effect on output: 0 if its interval holds 0."""
    return (
        0 if abs(row.output) <= row.output_within else (1 if row.output > 0.0 else -1)
    )


def test_noise_alone_decides_whether_three_schemes_do_anything(found):
    hang = {"amazon_2026": 1, "monthly_minimum": 1, "everything_at_once": 0}
    for scheme in SCHEMES:
        declared, calibrated, calm = (
            sign(found["schemes", scheme, world]) for world in NOISY
        )
        assert declared == calibrated, scheme
        assert calm == hang.get(scheme, declared), scheme
        assert (declared == calm) == (scheme not in hang), scheme
    cost, less = (found["schemes", "review_linked", w].output for w in NOISY[:2])
    assert 0.4 < less / cost < 0.6


def test_with_little_noise_all_targets_can_be_met():
    scenario = compose([*CALIBRATED, "organisation.employees=500", "weeks=104"])
    run = simulate(scenario, 1, record=RECORD)
    missed = [t.name for t in TARGETS if not t.low <= t.estimate(run) <= t.high]
    assert not missed


def test_padding_is_little_of_what_a_linked_review_costs(found):
    cost = {
        (scheme, world): found["schemes", scheme, world].output
        for scheme in ("review_linked", "bonus of 1")
        for world in (AS_DECLARED, "never-gamers only")
    }
    part = {s: cost[s, "never-gamers only"] / cost[s, AS_DECLARED] for s, _ in cost}
    assert part["review_linked"] > 0.85
    assert part["bonus of 1"] < 0.15


def test_padding_that_goes_does_not_become_trivial_use(found):
    for world in (AS_DECLARED, "no noise"):
        free = found["watched", "nobody looks", world]
        for name in ("filter of all", "audit of 30 %, no false alarm"):
            row = found["watched", name, world]
            gone = free.padding - row.padding
            assert (row.trivial - free.trivial) / gone < 0.1
            assert 0.35 < (row.manual - free.manual) / gone < 0.5
            assert 0.35 < (row.genuine - free.genuine) / gone < 0.45
        erring = found["watched", "audit of 30 %", world]
        assert (erring.manual - free.manual) / (free.padding - erring.padding) > 0.7


def test_a_bonus_on_tokens_helps_while_small_and_trivial_use_runs_dry(found):
    paid = [found["bonus", f"{rate:g}", AS_DECLARED] for rate in RATES]
    tokens = [row.tokens for row in paid]
    assert tokens == sorted(tokens)
    assert paid[0].output > paid[0].output_within
    assert paid[-1].output < -paid[-1].output_within
    assert max(row.trivial for row in paid) < 7.0
    assert paid[-1].trivial - paid[-2].trivial < 0.1


def test_who_cannot_pad_does_as_others_do_where_padding_is_found(found):
    honest = found["schemes", "bonus of 1", "never-gamers only"]
    filtered = found["watched", "filter of all", AS_DECLARED]
    for name in ("manual", "genuine", "misuse", "trivial"):
        assert getattr(honest, name) == pytest.approx(getattr(filtered, name), abs=0.1)


def test_gestures_answer_targets_alone(found):
    for scheme in SCHEMES:
        row = found["schemes", scheme, "never-gamers only"]
        is_asked = scheme in ("participation_80", "amazon_2026", "everything_at_once")
        assert (row.gestures > 0.0) == is_asked, scheme


@pytest.mark.parametrize("world", LEFT)
def test_when_a_board_is_taken_down_part_of_its_use_stays(found, world):
    arm = {name: found["boards", name, world] for name in BOARDS}
    stay = arm["board and link stay"].tokens
    assert 0.5 * stay < arm["board removed, link stays"].tokens < 0.7 * stay
    assert 0.0 < arm["both removed"].tokens < 0.25 * stay
    assert 0.0 < arm["board alone, removed"].tokens < arm["board alone stays"].tokens
    is_told = arm["both removed"].output > arm["both removed"].output_within
    assert is_told == (world not in ("without learning", "with none of these"))
    assert arm["both removed"].padding < 0.1


def test_a_board_that_is_taken_down_does_not_raise_usage(found):
    name = "board removed, link stays"
    before, after = (found[when, name, AS_DECLARED] for when in ("before", "after"))
    assert after.used < before.used


@pytest.mark.parametrize(
    "call",
    [
        *("voluntary_use", "gaming schemes", "gaming bonus", "not_best", "boards"),
        *("padding_gone", "padding_gone no noise", "seen_outside"),
        *("gaming schemes never-gamers only", "gaming watched", "by_noise"),
    ],
)
def test_a_table_of_the_page_has_no_hole(call):
    lines = blocks.make(call).splitlines()
    assert len(lines) > 4
    assert "nan" not in "".join(lines)
