"""Trivial use, effort, dressing up and gestures: what each does and does not do."""

import numpy as np
import pytest

from model import (
    Audit,
    Bonus,
    Measure,
    Participation,
    Peers,
    People,
    Review,
    Scenario,
    Simulation,
    Technology,
    Workplace,
    simulate,
)
from model.incentive import Counted
from model.outcomes import NAMES
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL
from model.scenario import ROW

SEED, EMPLOYEES, WEEKS = 9, 80, 26
ON = {
    "task_sd": 0.5,
    "chore_worth": 0.65,
    "dressing_most": 0.3,
    "gesture_minutes": 2.0,
}
OFF = dict.fromkeys(ON, 0.0)
STEADY = {"gain_drift": 0.0, "suitability_drift": 0.0, "token_yield": 0.0}
ALONE = {"teaching": 0.0, "forum_practice": 0.0, "forum_tricks": 0.0}
PLAIN = Scenario(
    organisation=Workplace(employees=EMPLOYEES),
    technology=Technology(**ON, **STEADY),
    people=People(effort=0.1),
    peers=Peers(**ALONE),
    weeks=WEEKS,
)
PAID = PLAIN.varied(bonus=Bonus(rate=2.0))
"""Tokens pay."""


def changed(scenario, group, **fields):
    """The scenario with some fields of a group changed."""
    part = getattr(scenario, group)
    return scenario.varied(**{group: type(part)(**(dict(part) | fields))})


def stepped(scenario, weeks=3):
    simulation = Simulation(scenario, SEED)
    for _ in range(weeks):
        simulation.step()
    return simulation


def assert_no_effect(one, other):
    first, second = simulate(one, SEED), simulate(other, SEED)
    for name in NAMES:
        np.testing.assert_array_equal(first.weeks[name], second.weeks[name], name)


# Switched off


@pytest.mark.parametrize(
    ("switch", "group", "field", "value"),
    [
        ("chore_worth", "technology", "chore_decay", 0.1),
        ("chore_worth", "technology", "chore_suitability", 0.3),
        ("chore_worth", "technology", "trivial_intensity", 7.0),
        ("chore_worth", "technology", "trivial_teaching", 1.0),
        ("dressing_most", "technology", "dressing_time", 0.9),
        ("dressing_most", "technology", "dressing_hardness", 0.1),
        ("dressing_most", "people", "dressing_scruple", 0.0),
        ("dressing_most", "peers", "rework_dressing", 3.0),
        ("gesture_minutes", "technology", "gesture_tokens", 9.0),
        ("gesture_minutes", "people", "gesture_scruple", 0.0),
        ("gesture_minutes", "people", "gesture_noise", 1.0),
    ],
)
def test_what_belongs_to_a_mechanism_does_nothing_while_it_is_off(
    switch, group, field, value
):
    part = {"participation": Participation(penalty=0.1), "bonus": Bonus(rate=2.0)}
    off = changed(PLAIN.varied(**part), "technology", **{switch: 0.0})
    assert_no_effect(off, changed(off, group, **{field: value}))


def test_the_reference_of_effort_does_nothing_without_an_elasticity():
    off = changed(PAID, "people", effort=0.0)
    assert_no_effect(off, changed(off, "people", effort_reference=0.3))
    assert np.all(stepped(off).staff["effort"] == 1.0)


def test_switched_off_nobody_does_any_of_it():
    run = simulate(changed(PAID, "technology", **OFF), SEED)
    for name in ("trivial_share", "trivial_tokens", "output_trivial", "dressing"):
        assert not run.weeks[name].any(), name
    assert not run.weeks["gesture_share"].any()
    assert not run.weeks["output_dressing"].any()


# Trivial use


def test_chores_run_dry_and_are_never_better_than_the_task_put_off():
    nu, rho = ON["chore_worth"], Technology().chore_decay
    seen = 0
    for scenario in (PLAIN, PAID):
        notes = stepped(scenario).note(0, EMPLOYEES)
        gone = np.cumsum(notes["activities"] == TRIVIAL, axis=1)
        gone = np.hstack([np.zeros((EMPLOYEES, 1), int), gone[:, :-1]])
        beside = np.minimum(nu * rho**gone, notes["worth"])
        np.testing.assert_allclose(notes["chore"], beside, rtol=1e-12)
        seen = max(seen, gone.max())
    assert seen >= 3


def test_trivial_use_yields_the_chore_and_takes_its_tokens():
    quiet = changed(PAID, "technology", token_noise=0.0, trivial_intensity=3.0)
    simulation = stepped(quiet)
    staff, notes = simulation.staff, simulation.note(0, EMPLOYEES)
    who, when = np.nonzero(notes["activities"] == TRIVIAL)
    used = notes["tokens"][who, when]
    np.testing.assert_allclose(used, 3.0 * staff["intensity"][who], rtol=1e-12)
    by_hand = notes["outputs"][who, when, MANUAL]
    gain = 0.8 * staff["proficiency"] * staff["gain"] - 0.3 * (1.0 - 0.8)
    share = notes["chore"][who, when] / notes["worth"][who, when]
    np.testing.assert_allclose(
        notes["outputs"][who, when, TRIVIAL],
        by_hand * share * (1.0 + gain[who]),
        rtol=1e-12,
    )


def test_an_audit_errs_on_trivial_use_as_on_genuine_use():
    wrong = Audit(probability=1.0, sensitivity=0.0, false_positive=1.0, sanction=0.01)
    staff = stepped(PAID.varied(audit=wrong)).staff
    assert staff["trivial"].sum() > 0
    np.testing.assert_array_equal(
        staff["false_hits"], staff["genuine"] + staff["trivial"]
    )
    right = Audit(probability=1.0, sensitivity=1.0, false_positive=0.0, sanction=0.01)
    staff = stepped(PAID.varied(audit=right)).staff
    assert staff["padding"].sum() > 0
    np.testing.assert_array_equal(staff["hits"], staff["padding"])
    assert not staff["false_hits"].any()


def test_an_audit_and_a_filter_send_nobody_from_trivial_use_to_honest_work():
    """Padding falls; trivial use, which they let pass, takes its place in part."""
    audited = PAID.varied(audit=Audit(probability=0.5, sanction=4.0))
    filtered = PAID.varied(
        bonus=Bonus(rate=2.0, measure=Counted.HEADLINE), measure=Measure(filter=1.0)
    )
    before = simulate(PAID, SEED).weeks
    for scenario in (audited, filtered):
        after = simulate(scenario, SEED).weeks
        assert after["padding_share"].mean() < 0.5 * before["padding_share"].mean()
        assert after["trivial_share"].mean() > before["trivial_share"].mean()


def test_a_filter_lets_trivial_use_pass():
    staff = stepped(PAID.varied(measure=Measure(filter=1.0))).staff
    passed = staff["genuine_tokens"] + staff["trivial_tokens"]
    np.testing.assert_allclose(staff["score"], passed / 32.0, rtol=1e-12)
    assert staff["trivial_tokens"].sum() > 0.0


@pytest.mark.parametrize("teaching", [0.0, 0.5, 1.0])
def test_trivial_use_teaches_its_part_of_what_genuine_use_does(teaching):
    simulation = stepped(changed(PAID, "technology", trivial_teaching=teaching))
    before = simulation.staff.copy()
    simulation.step()
    after, people = simulation.staff, PAID.people
    use = (after["genuine"] + teaching * after["trivial"]) / 10.0
    a = before["proficiency"]
    learnt = people.learning * use * (before["ceiling"] - a)
    forgotten = people.forgetting * (1.0 - use) * a
    np.testing.assert_allclose(after["proficiency"], a + learnt - forgotten, rtol=1e-12)


def test_never_gamers_neither_pad_nor_dress_up_but_do_chores_and_gestures():
    asked = PAID.varied(
        participation=Participation(penalty=0.2),
        review=Review(stake=2.0),
        people=People(
            effort=0.1, never_gamers=0.5, dressing_scruple=0.0, quit_hazard=0.0
        ),
    )
    staff, done = Simulation(asked, SEED).staff, {}
    simulation = Simulation(asked, SEED)
    for _ in range(WEEKS):
        simulation.step()
        for name in ("padding", "dressing", "trivial", "gestures"):
            done[name] = done.get(name, 0.0) + simulation.staff[name]
    never = staff["never_gamer"]
    for name in ("padding", "dressing"):
        assert not done[name][never].any(), name
        assert done[name][~never].any(), name
    for name in ("trivial", "gestures"):
        assert done[name][never].any(), name


def test_misuse_weighs_on_mates_by_the_worth_of_the_tasks():
    """The team's rework next week follows from tasks botched, not from half-days."""
    only_misuse = Peers(rework_dressing=0.0, rework_padding=0.0)
    people = People(exhaustion_loss=0.0)
    simulation = stepped(PLAIN.varied(peers=only_misuse, people=people))
    staff = simulation.staff
    botched = staff["botched"].reshape(-1, 8)
    mates = (botched.sum(axis=1, keepdims=True) - botched) / 7.0
    rework = only_misuse.rework_misuse * mates.ravel() / 10.0
    np.testing.assert_allclose(staff["rework"], rework, atol=1e-12)
    assert np.any(staff["botched"] != staff["misuse"])


# Margins


def test_a_stronger_review_of_output_never_raises_padding():
    """Padding does not look like output: it only costs what is reviewed."""
    shares, effort, dressing = [], [], []
    for stake in (0.3, 1.0, 3.0, 10.0):
        weeks = simulate(PLAIN.varied(review=Review(stake=stake, weeks=4)), SEED).weeks
        shares.append(weeks["padding_share"].mean())
        effort.append(weeks["effort"].mean())
        dressing.append(weeks["dressing"].mean())
    assert shares == sorted(shares, reverse=True)
    assert effort == sorted(effort)
    assert dressing == sorted(dressing)
    assert effort[-1] > effort[0]
    assert dressing[-1] > dressing[0]


def test_the_voluntary_organisation_pays_nobody_for_tokens():
    """Without AI that gains anything, padding is what the noise of choice leaves."""
    useless = changed(PLAIN, "technology", gain=0.0)
    assert simulate(useless, SEED).weeks["padding_share"].mean() < 0.01


def test_dressed_up_output_is_seen_and_is_not_there():
    clear = changed(PLAIN, "technology", observation_noise=0.0)
    staff = stepped(clear.varied(review=Review(stake=3.0))).staff
    assert staff["dressing"].sum() > 0.0
    np.testing.assert_allclose(
        staff["observed"], staff["output"] + staff["dressing"], rtol=1e-12
    )
    # The time that it took, and that of gestures, of which nobody asks for any here.
    np.testing.assert_allclose(
        staff["wasted"], -PLAIN.technology.dressing_time * staff["dressing"], rtol=1e-12
    )


@pytest.mark.parametrize(
    ("time", "rework", "seen", "real"),
    [(0.1, 0.15, 0.50, -0.16), (0.2, 0.5, 0.23, -0.42)],
    ids=["as in the experiment", "as declared"],
)
def test_what_dressing_up_costs_decides_how_far_output_falls(time, rework, seen, real):
    """Evidence, section 11: two thirds of output dressed up, at costs t and r."""
    paid = PLAIN.varied(
        bonus=Bonus(rate=5.0, measure=Counted.OUTPUT),
        people=People(
            effort=0.0, never_gamers=0.0, dressing_scruple=0.0, exhaustion_loss=0.0
        ),
        peers=Peers(rework_dressing=rework),
    )
    outputs = []
    for most in (0.0, 0.67):
        tech = {"dressing_most": most, "dressing_time": time}
        weeks = simulate(
            changed(paid, "technology", dressing_hardness=0.01, **tech), SEED
        ).weeks
        output = weeks["output"].mean()
        outputs.append((output + weeks["dressing"].mean(), output))
    before, after = outputs
    assert after[0] / before[0] - 1.0 == pytest.approx(seen, abs=0.03)
    assert after[1] / before[1] - 1.0 == pytest.approx(real, abs=0.03)


def test_effort_is_bounded_and_multiplies_all_that_a_person_does():
    staff = stepped(PLAIN.varied(bonus=Bonus(rate=30.0, measure=Counted.OUTPUT))).staff
    by_hand = staff["tasks"] * staff["productivity"] * staff["effort"]
    np.testing.assert_allclose(staff["by_hand"], by_hand, rtol=1e-12)
    eager = changed(PLAIN, "people", effort=0.5)
    eager = eager.varied(bonus=Bonus(rate=50.0, measure=Counted.OUTPUT))
    assert np.all(stepped(eager).staff["effort"] == 1.5)


# Gestures and active days


def test_nobody_makes_a_gesture_that_nothing_hangs_on():
    run = simulate(PAID, SEED)
    assert not run.weeks["gesture_share"].any()
    assert not run.weeks["hollow_active_share"].max() > 0.5


def test_a_participation_target_is_met_by_gestures():
    target = PLAIN.varied(participation=Participation(penalty=0.2))
    with_gestures = simulate(target, SEED).weeks
    without = simulate(changed(target, "technology", gesture_minutes=0.0), SEED).weeks
    assert with_gestures["gesture_share"].mean() > 0.05
    assert with_gestures["active_share"].mean() > without["active_share"].mean()
    # Half-days of work that would have been spent on being active are not.
    assert with_gestures["misuse_share"].mean() < without["misuse_share"].mean()


def test_a_gesture_takes_minutes_and_a_few_tokens():
    target = PLAIN.varied(participation=Participation(penalty=0.2))
    target = changed(target, "technology", dressing_most=0.0)
    target = changed(target, "people", effort=0.0)
    simulation = Simulation(target, SEED)
    outcomes = dict(zip(NAMES, simulation.step().tolist(), strict=True))
    staff = simulation.staff
    assert staff["gestures"].any()
    lost = staff["gestures"] * 2.0 / 240.0 * staff["productivity"]
    np.testing.assert_allclose(staff["wasted"], -lost, rtol=1e-12)
    prompts = 0.1 * staff["gestures"].mean()
    for name in ("genuine_tokens", "trivial_tokens", "padded_tokens"):
        prompts += outcomes[name]
    assert outcomes["reported_tokens"] == pytest.approx(prompts, rel=1e-12)
    assert outcomes["spend"] == pytest.approx(1.5 * prompts, rel=1e-12)


@pytest.mark.parametrize("minutes", [0.0, 2.0])
def test_active_days_of_a_window_are_those_of_the_activities(minutes):
    """A day counts from its first half-day with AI on, or by a gesture at its end."""
    paid = Bonus(rate=1.0, measure=Counted.DAYS, weeks=2)
    scenario = changed(PLAIN.varied(bonus=paid), "technology", gesture_minutes=minutes)
    simulation = Simulation(scenario, SEED)
    activities = simulation.record_activities()
    days, gestures = np.zeros(EMPLOYEES), np.zeros(EMPLOYEES)
    for week in range(4):
        simulation.step()
        used = (activities != MANUAL).reshape(EMPLOYEES, 5, 2).any(axis=2).sum(axis=1)
        np.testing.assert_array_equal(simulation.staff["days"], used)
        days += used
        gestures += simulation.staff["gestures"]
        if week % 2:
            rate = simulation.staff["rate"][:, ROW.bonus]
            np.testing.assert_allclose(rate * 20.0, (days + gestures) / 5.0, rtol=1e-12)
            assert np.all(days + gestures <= 10.0)
            days[:], gestures[:] = 0.0, 0.0
    assert simulation.staff["gestures"].any() == (minutes > 0.0)


def test_a_day_is_active_by_any_activity_with_ai():
    paid = PLAIN.varied(bonus=Bonus(rate=4.0))
    simulation = Simulation(paid, SEED)
    activities = simulation.record_activities()
    simulation.step()
    alone = {
        activity: (np.isin(activities, (MANUAL, activity))).all(axis=1)
        & (activities == activity).any(axis=1)
        for activity in (GENUINE, TRIVIAL, PADDING)
    }
    for activity in (GENUINE, PADDING):
        assert np.all(simulation.staff["days"][alone[activity]] > 0), activity


def test_hollow_people_are_active_without_any_work_with_ai():
    target = PLAIN.varied(participation=Participation(penalty=0.2))
    simulation = Simulation(target, SEED)
    outcomes = dict(zip(NAMES, simulation.step().tolist(), strict=True))
    staff = simulation.staff
    active = staff["days"] + staff["gestures"] > 0
    hollow = active & (staff["genuine"] + staff["trivial"] == 0)
    assert outcomes["active_share"] == pytest.approx(active.mean())
    assert outcomes["hollow_active_share"] == pytest.approx(hollow.sum() / active.sum())
    assert hollow.any()
