import asyncio
import json

import pytest

from app.compare.money import (
    NET,
    PADDING,
    REPLACING,
    SCHEME,
    Terms,
    budgets,
    changes,
    lines,
)
from app.compare.money_view import linear, table, waterfall
from app.compare.numbers import dollars, signed_dollars
from app.comparison import compare
from experiments.designs.pair import Pair, Side
from model.progress import WEEKS_A_YEAR

SMALL = (("organisation.employees", 30),)
COMPANY = Terms(is_company=True, people=1200)


def test_net_value_is_the_effect_that_the_page_shows(comparison):
    net = lines(comparison, Terms())[-1]
    effect = comparison.effect("net_value")
    yearly = [WEEKS_A_YEAR * x for x in (effect.effect, effect.low, effect.high)]
    assert net.name == NET
    assert net.difference == pytest.approx(yearly, rel=1e-9)


@pytest.mark.parametrize("terms", [Terms(), COMPANY, Terms(is_run=True)])
def test_the_parts_add_up_to_net_value(comparison, terms):
    *parts, net = lines(comparison, terms)
    for of in (lambda x: x.first, lambda x: x.second, lambda x: x.difference[0]):
        assert sum(map(of, parts)) == pytest.approx(of(net), rel=1e-9)
    assert [end for *_, end in changes([*parts, net])][-2:] == pytest.approx(
        [net.difference[0]] * 2
    )


def test_money_is_in_proportion_to_people_and_time(comparison):
    a_head, company, run = (
        lines(comparison, terms)[-1] for terms in (Terms(), COMPANY, Terms(is_run=True))
    )
    assert company.second == pytest.approx(1200 * a_head.second)
    assert run.second == pytest.approx(26 / 52 * a_head.second)
    assert "30 people are simulated; money for 1,200" in linear(comparison, COMPANY)
    assert Terms(is_company=True).heads(comparison) == 30


def test_the_company_has_the_budget_of_its_people(comparison):
    for a_head, company in zip(
        budgets(comparison, Terms()), budgets(comparison, COMPANY), strict=True
    ):
        assert company.dollars == pytest.approx(1200 * a_head.dollars)
        assert 0.0 <= a_head.padding <= a_head.dollars
        reported, padded = (
            comparison.panel.mean(a_head.label, f"{kind}_tokens")
            for kind in ("reported", "padded")
        )
        assert a_head.padding / a_head.dollars == pytest.approx(padded / reported)


def test_the_same_scheme_twice_differs_by_exactly_nothing():
    same = Pair(Side("voluntary"), Side("voluntary"), SMALL, weeks=26, replicates=2)

    async def last():
        return [step async for step in compare(same, "tests")][-1].comparison

    found = lines(asyncio.run(last()), Terms())
    assert {line.difference for line in found} == {(0.0, 0.0, 0.0)}


def test_a_chart_and_a_table_say_the_same(comparison):
    found = lines(comparison, COMPANY)
    shown = {dark: waterfall(found, comparison, COMPANY, dark) for dark in (0, 1)}
    json.dumps(shown, allow_nan=False)
    description = shown[0]["aria"]["label"]["description"]
    text = table(found, comparison, COMPANY)
    for line in found:
        value = signed_dollars(*line.difference).value
        assert f"{line.name} {value}" in description
        assert f"<td>{value}" in text
    assert "$ for 1,200 people and year" in description


def test_the_bars_of_a_step_reach_from_its_start_to_its_end(comparison):
    found = lines(comparison, Terms())
    hidden, above, below = (
        [bar["value"] for bar in series["data"]]
        for series in waterfall(found, comparison, Terms(), False)["series"]
    )
    for k, (_, start, end) in enumerate(changes(found)):
        low, high = sorted((start, end))
        top = max(hidden[k], 0.0) + above[k] if high > 0.0 else hidden[k]
        foot = min(hidden[k], 0.0) + below[k] if low < 0.0 else hidden[k]
        assert (foot, top) == pytest.approx((low, high), abs=1e-3 * abs(high - low))


def test_costs_are_those_of_the_outcomes(comparison):
    found = {line.name: line.difference[0] for line in lines(comparison, Terms())}
    for name, outcome in (
        (PADDING, "false_demand"),
        (SCHEME, "running_cost"),
        (REPLACING, "replacement_cost"),
    ):
        cost = WEEKS_A_YEAR * comparison.effect(outcome).effect
        assert found[name] == pytest.approx(-cost, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-3398.7, "−$3,399"), (3.694, "$3.69"), (0.0, "$0.00"), (-0.001, "$0.00")],
)
def test_dollars_are_written_with_their_sign_in_front(value, shown):
    assert dollars(value) == shown


def test_a_difference_is_rounded_as_its_interval_allows():
    assert signed_dollars(-1448.6, -2495.0, -402.0).value == "−$1,449"
    assert signed_dollars(0.0, 0.0, 0.0).value == "$0"
    assert signed_dollars(None, None, None).value == ""
