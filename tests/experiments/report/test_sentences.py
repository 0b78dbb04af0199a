import pytest

from experiments import compose
from experiments.report.answers import of_comparison
from experiments.report.sentences import (
    CHANNELS,
    Naive,
    hangs_on,
    harm_sentence,
    hollow_sentence,
    naive,
    naive_sentence,
    sentence,
    told_of,
)
from experiments.statistics.effects import Effect
from experiments.statistics.harm import BY_HAND, Harm
from model.principal import plan_budget


def effect(outcome, percent, half, change=None):
    """An effect of ``percent`` plus or minus ``half`` on a baseline of 10."""
    low, high = (None, None) if half is None else (percent - half, percent + half)
    tenth = [None if x is None else x / 10 for x in (percent, low, high)]
    if change is not None:
        tenth[0] = change
    return Effect(
        "s", outcome, "whole", "voluntary", "unit", 10.0, *tenth, percent, low, high,
        1.0, 1 if half is None else 32,
    )  # fmt: skip


def made(usage, output, **channels):
    rows = [effect("reported_tokens", *usage), effect("output", *output)]
    rows += [
        effect(name, 0.0, 0.0, change=channels.get(name.removeprefix("output_"), 0.0))
        for name in CHANNELS
    ]
    return {(e.scheme, e.outcome, e.period): e for e in rows}


def said(usage, output, **channels):
    return sentence("s", made(usage, output, **channels))


def test_a_loss_names_its_main_channel():
    text = said((46, 2), (-4.1, 0.3), padding=-0.35, rework=-0.1, gain=0.04)
    assert text == (
        "Reported usage rises 46 % (44 to 48) while real output falls 4.1 % "
        "(3.8 to 4.4); most of the loss is padding time."
    )


def test_a_gain_names_what_it_is_and_what_goes_against_it():
    text = said((12, 2), (3.0, 0.5), gain=0.5, misuse=-0.2)
    assert "and real output rises 3.0 % (2.5 to 3.5)" in text
    assert (
        "most of the gain is better or wider use of AI, partly offset by AI used "
        "where it does harm" in text
    )


def test_effort_trivial_use_and_dressing_up_are_reasons_too():
    text = said((30, 2), (-3.0, 0.5), manual=-0.3, trivial=-0.05, dressing=0.1)
    assert (
        "most of the loss is people working less hard, partly offset by less dressing "
        "up" in text
    )


def test_many_small_channels_have_no_most():
    text = said((-5, 1), (-3.0, 0.5), rework=-0.11, strain=-0.1, padding=-0.09)
    assert text.startswith("Reported usage falls 5 % (4 to 6) and real output")
    assert "the largest part of the loss is rework and sign-off." in text


def test_an_interval_around_zero_names_no_direction():
    text = said((46, 2), (-0.05, 0.25), padding=-0.005)
    assert text == (
        "Reported usage rises 46 % (44 to 48) with no clear effect on real output "
        "(-0.3 % to +0.2 %)."
    )


def test_unclear_usage_is_said_beside_a_clear_output():
    text = said((0.1, 0.3), (2.0, 0.5), gain=0.2)
    assert text.startswith(
        "No clear effect on reported usage (-0.2 % to +0.4 %), while real output "
        "rises 2.0 %"
    )


def test_nothing_clear_is_said_once():
    text = said((0.1, 0.3), (-0.05, 0.25))
    assert text == (
        "No clear effect on reported usage (-0.2 % to +0.4 %) or on real output "
        "(-0.3 % to +0.2 %)."
    )


def test_what_could_have_been_found_stands_beside_what_was_not():
    unclear = effect("output", -0.05, 0.25)._replace(detectable=0.036)
    clear = effect("reported_tokens", 46, 2)._replace(detectable=0.3)
    rows = {("s", name, "whole"): effect(name, 0.0, 0.0) for name in CHANNELS}
    rows["s", "reported_tokens", "whole"] = clear
    text = sentence("s", rows | {("s", "output", "whole"): unclear})
    assert text == (
        "Reported usage rises 46 % (44 to 48) with no clear effect on real output "
        "(-0.3 % to +0.2 %; smallest detectable effect 0.36 %)."
    )


def test_what_could_have_been_found_has_a_unit_where_there_is_no_percentage():
    unclear = effect("output", None, None)._replace(
        baseline_mean=0.0, effect=0.1, low=-0.1, high=0.3, detectable=0.25
    )
    rows = {("s", name, "whole"): effect(name, 0.0, 0.0) for name in CHANNELS}
    rows["s", "reported_tokens", "whole"] = effect("reported_tokens", 46, 2)
    text = sentence("s", rows | {("s", "output", "whole"): unclear})
    assert "(-0.1 to +0.3 unit; smallest detectable effect 0.250 unit)" in text


def test_no_change_at_all_is_said_so():
    text = said((0.0, 0.0), (0.0, 0.0))
    assert text == "Reported usage and real output stay exactly as under voluntary."


def test_one_replicate_is_said_to_have_no_interval():
    text = said((46, None), (-4.1, None), padding=-0.41)
    assert "falls 4.1 % (one replicate, no interval)" in text


class Means:
    """Stands for a panel: means of one scheme by column."""

    def __init__(self, **means):
        self.means = means

    def mean(self, scheme, column):
        return self.means[column]


@pytest.mark.parametrize(
    ("overrides", "counted"),
    [
        (["scheme=voluntary"], False),
        (["scheme=participation_80"], True),
        (["scheme=monthly_minimum"], False),
        (["quota=monthly", "quota.measure=days", "quota.amount=12"], True),
        (["scheme=full_rank_board", "measure=active"], True),
        (['timeline=[{week: 5, change: ["participation=team_80"]}]'], True),
    ],
)
def test_who_is_hollow_is_asked_where_being_active_counts(overrides, counted):
    assert hangs_on(compose(overrides), "active", "days") == counted


def test_what_hangs_on_a_counter_is_told():
    panel = Means(
        active_share_mean=0.96, hollow_active_share_mean=0.13,
        trivial_active_share_mean=0.1, reported_saved_mean=1.4, saved_mean=0.62,
    )  # fmt: skip
    saved = (
        "People report that AI saves them 1.40 half-days a week; it saves 0.620, "
        "before mates do again what it spoilt."
    )
    for overrides, told in (
        ([], []),
        (["scheme=outcome_measure"], []),
        (["scheme=time_saved_survey"], [saved]),
        (["bonus.rate=1", "bonus.measure=saved"], [saved]),
        (["measure=saved"], []),  # nothing hangs on the headline
        (["scheme=participation_80"], [hollow_sentence(panel, "s")]),
    ):
        assert told_of(panel, "s", compose(overrides)) == told


def test_who_is_active_without_core_work_is_told():
    panel = Means(
        active_share_mean=0.96, hollow_active_share_mean=0.13,
        trivial_active_share_mean=0.1,
    )  # fmt: skip
    assert hollow_sentence(panel, "s") == (
        "96 % of people count as active in a week; of these 13 % only by padding or by "
        "a gesture, a prompt of a minute or two, and 10 % only by trivial use."
    )


def test_trivial_use_and_gestures_are_not_told_as_padding():
    scenario = compose([])
    honest = {"genuine_tokens": 20.0, "trivial_tokens": 9.0}
    for padded, filtered, of_gestures in ((1.0, 0.5, 0.0), (0.0, 0.0, 0.1)):
        reported = 29.0 + padded * (1.0 - filtered) + of_gestures
        panel = Means(**honest, padded_tokens=padded, reported_tokens=reported)
        plan = plan_budget(
            reported, padded * (1.0 - filtered), scenario, scenario.weeks - 1
        )
        look = naive(panel, "s", None, scenario)
        assert look.budget == pytest.approx(plan.budget)
        assert look.false_demand == pytest.approx(plan.false_demand)


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (
            Naive(2.1, 4100.0, 1600.0),
            "A before/after look at the dashboard would have said: usage up 210 %. "
            "Next year's token budget: $4,100 an employee, of which $1,600 (39 %) pay "
            "for padding.",
        ),
        (
            Naive(-0.05, 100.0, 0.0),
            "A before/after look at the dashboard would have said: usage down 5.0 %. "
            "Next year's token budget: $100 an employee.",
        ),
    ],
)
def test_the_naive_look_tells_the_dashboards_story(look, text):
    assert naive_sentence(look) == text


def test_a_harm_that_ends_says_until_when_and_what_follows():
    harm = Harm("s", "voluntary", 0, 61, -1.42, 0.32, -0.11, 0.75, 32)
    assert harm_sentence(harm) == (
        "Harms until week 61 (real output -1.4 %); afterwards +0.3 % (-0.1 to +0.8)."
    )
    later = harm_sentence(harm._replace(first=20))
    assert later.startswith("Harms from week 20 until week 61 (")
    alone = harm_sentence(harm._replace(baseline=BY_HAND))
    assert alone.startswith("Less real work than by hand until week 61 (")


def test_the_answer_of_a_comparison_lists_harms_that_end():
    found = made((12, 2), (3.0, 0.5), gain=0.5)
    harm = Harm("s", "voluntary", 0, 61, -1.42, 0.32, -0.11, 0.75, 32)
    silent = of_comparison(found, ["s"], "voluntary", [], "")
    small = harm._replace(scheme="t", during_percent=-0.2)
    told = of_comparison(found, ["s"], "voluntary", [harm, small], "")
    assert [text for text in told if text not in silent] == [
        "A harm of more than 0.25 % that ends within the run: s until week 61."
    ]
    assert of_comparison(found, ["s"], "voluntary", [small], "") == silent


def test_what_holds_elsewhere_comes_before_the_world_as_given():
    found = made((12, 2), (3.0, 0.5), gain=0.5)
    first, second, *_ = of_comparison(found, ["s"], "voluntary", [], "Elsewhere too.")
    assert first == "Elsewhere too."
    assert second.startswith("In the world as given, ")


def test_ones_own_scheme_is_named_wherever_it_stands():
    rows = made((12, 2), (3.0, 0.5), gain=0.5)
    names = ["best", "own", "worst"]
    found = {
        (name, outcome, period): row._replace(scheme=name)
        for name in names
        for (_, outcome, period), row in rows.items()
    }
    for own in names:
        told = of_comparison(found, names, "voluntary", [], "", own)
        assert any(own in text for text in told)
    assert not any("own" in t for t in of_comparison(found, names, "voluntary", [], ""))
