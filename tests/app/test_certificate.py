"""In how many worlds it is so: computed ahead for named schemes, run for others."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from app.certificate import MEMORY, WORLDS, computed, known, published
from app.pair_link import from_query
from experiments.designs.pair import Pair, Side
from experiments.statistics.worlds import overall

DRAFT = Pair(
    second=Side("monthly_minimum", (("quota.amount", 160.0),)),
    shared=(("organisation.employees", 30), ("people.rule", "satisficing")),
    weeks=26,
)


def test_named_schemes_are_known_at_once_whatever_replicates_and_seed():
    pair = Pair(Side("voluntary"), Side("amazon_2026"), replicates=3, seed=9)
    found = known(pair)
    assert found.is_shipped
    assert found.is_whole
    [row] = overall(found.rows()).values()
    assert row.falls + row.little + row.rises == pytest.approx(1.0)
    assert len(found.rows()) == 1 + 5 + 4


def test_any_two_named_schemes_are_known_and_one_against_itself_does_nothing():
    one = Side("review_linked")
    assert known(Pair(one, Side("quality_gated"))).is_shipped
    assert (known(Pair(one, one)).effects == 0.0).all()


@pytest.mark.parametrize(
    "query",
    [
        "second=monthly_minimum&second.quota.amount=160",
        "organisation.employees=300",
        "release=30:gain:0.9",
        "workforce=bank",
        "second=voluntary&second.groups={pilot: {share: 0.5}}",
    ],
)
def test_a_pair_that_is_changed_is_no_published_one(query):
    pair = from_query(query)
    assert not published(pair)
    assert known(pair) is None


def test_a_draft_is_run_in_worlds_piece_by_piece():
    async def steps():
        return [step async for step in computed(DRAFT, "tests")]

    found = asyncio.run(steps())
    counts = [len(step.effects) for step in found]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == WORLDS
    assert [step.is_whole for step in found] == [False] * (len(found) - 1) + [True]
    assert not found[-1].is_shipped
    assert np.isfinite(found[-1].effects).all()
    # The pair says the rule of choice itself, so worlds do not tell rules apart.
    assert {row.among for row in found[-1].rows()} == {"all", "laws"}
    assert known(DRAFT) is found[-1]
    assert MEMORY.get(replace(DRAFT, seed=2)) is None
