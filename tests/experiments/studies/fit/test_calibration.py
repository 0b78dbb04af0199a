"""Intervals of a small bank under mixed rules and laws, with the layer on."""

import pytest

from experiments.studies.fit.bank import bank
from experiments.studies.fit.companies import companies
from experiments.studies.fit.held_out import held_out
from experiments.studies.fit.targets import structures, targets, values
from experiments.worlds.shipped import load
from tests.experiments.studies.fit.small import THREADS, design

pytestmark = pytest.mark.long

DRAWS = 700


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    made, worlds = design(draws=DRAWS), load()
    full = bank(made, worlds, tmp_path_factory.mktemp("bank"), THREADS).without_output()
    drawn = companies(worlds, DRAWS, made.seed)
    asked = targets(made, with_output=False)
    return full, values(full, drawn, asked), structures(full, drawn)


def test_intervals_of_every_answer_hold_the_truth_as_often_as_they_say(known):
    held = held_out(*known, seed=1)
    assert len(held.below) >= 130
    half, most = held.within(0.5), held.within(0.9)
    assert 0.44 <= half.mean() <= 0.56
    assert 0.85 <= most.mean() <= 0.95
    assert most.min() >= 0.76


def test_the_mistake_is_noticed_in_companies_of_the_model_too(known):
    crossed, mistaken = (
        held_out(*known, seed=1, crossed=crossed) for crossed in (True, False)
    )
    assert mistaken.within(0.9).mean() < crossed.within(0.9).mean() - 0.02
