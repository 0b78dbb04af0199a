"""What is said of schemes under every structure, and that it is of today's schemes."""

from itertools import product

import pytest

from experiments.config.request import ask
from experiments.config.settings import CompareSettings
from experiments.designs.design import at, level
from experiments.statistics.point_effects import POINT_EFFECTS, PointEffect
from experiments.store.manifest import MANIFEST, write_json
from experiments.words.structures import LAWS, RULES
from model import Job, Scenario, simulate_many
from model.peers import Law
from model.people import Rule
from tools.results import RESULTS
from tools.structures import (
    DIMENSIONS,
    RELUCTANCE,
    STRUCTURED,
    Kept,
    along,
    kept,
    precision,
    sentences,
    signs,
)

EFFORT = "people.effort"


def row(scheme, percent, rule=0, law=0, effort=0.05, reluctance=0.28):
    levels = {
        RULES.key: float(rule),
        LAWS.key: float(law),
        EFFORT: effort,
        RELUCTANCE: reluctance,
    }
    return Kept(scheme, levels, percent, percent - 0.5, percent + 0.5, 4, "abc")


@pytest.fixture
def rows():
    """Output falls with a under imitation and without effort; b is never clear."""
    worlds = [
        (-1 if rule is Rule.IMITATION else 1, {"rule": rule, "law": law})
        for rule, law in product(Rule, Law)
    ]
    worlds += [(-1, {"effort": 0.0}), (1, {"rule": Rule.IMITATION, "reluctance": 0.4})]
    return [
        row(scheme, size * sign, **world)
        for scheme, size in {"a": 2.0, "b": 0.1}.items()
        for sign, world in worlds
    ]


def test_effects_stand_along_one_dimension_in_order_of_levels(rows):
    assert list(along(rows, EFFORT)) == [
        ["scheme", "0", "0.05 (default)"],
        ["`a`", "**−2.00** ± 0.50", "**+2.00** ± 0.50"],
        ["`b`", "−0.10 ± 0.50", "+0.10 ± 0.50"],
    ]
    heads, first, _ = along(rows, RULES.key)
    assert heads[1:] == ["logit (default)", *list(RULES.names.values())[1:]]
    assert first[4] == "**−2.00** ± 0.50"


def test_keys_move_together_or_not_at_all(rows):
    heads, first, _ = along(rows, RULES.key, RELUCTANCE)
    assert heads == ["scheme", "logit (default)", "imitation"]
    assert first[2] == "**+2.00** ± 0.50"


def test_signs_are_counted_over_pairs_of_rule_and_law(rows):
    _, first, second = signs(rows)
    assert first == ["`a`", *["+ + + +"] * 3, "− − − −", "+ + + +", "4", "0", "16"]
    assert second == ["`b`", *["· · · ·"] * 5, "0", "20", "0"]


def test_sentences_name_what_turns_and_what_never_does(rows, monkeypatch):
    keys = ((RULES.key,), (RULES.key, RELUCTANCE), (LAWS.key,), (EFFORT,))
    monkeypatch.setattr(
        "tools.structures.DIMENSIONS", {key: DIMENSIONS[key] for key in keys}
    )
    said = list(sentences(rows))
    assert "rises under others: `a` (falls under 5, rises under 17 of 22)." in said[0]
    assert "Real output is unclear under all structures: `b`." in said
    assert "Real output clearly rises under all structures: none." in said
    assert said[-4:] == [
        "The rule of choice alone turns the sign of `a`.",
        "The rule of choice at an equal active share alone turns the sign of none.",
        "The law of rework alone turns the sign of none.",
        "The elasticity of effort alone turns the sign of `a`.",
    ]


def test_precision_and_version_are_said(rows):
    said = precision(rows)
    assert "44 effects, each from 4 paired replicates" in said
    assert "commit abc" in said
    assert "0.50 % of output at the median" in said


def effect(outcome, percent):
    ends = {"percent_low": percent, "percent_high": percent}
    return PointEffect(
        "a",
        0,
        {EFFORT: 0.1},
        outcome,
        "whole",
        "voluntary",
        "",
        percent=percent,
        **ends,
    )


def test_effects_on_output_are_kept_with_the_version_of_the_code(tmp_path):
    write_json(tmp_path / MANIFEST, {"commit": "abc"})
    path = tmp_path / POINT_EFFECTS.name
    POINT_EFFECTS.write(path, [effect("reported_tokens", 9.0), effect("output", 1.0)])
    assert list(kept(tmp_path)) == [Kept("a", {EFFORT: 0.1}, 1.0, 1.0, 1.0, 0, "abc")]
    POINT_EFFECTS.write(path, [effect("output", None)])
    with pytest.raises(ValueError, match="no effect of a is known at point 0"):
        list(kept(tmp_path))


# What is stored


@pytest.fixture(scope="module")
def stored():
    return STRUCTURED.read(RESULTS / STRUCTURED.name)


def test_every_compared_scheme_is_stored_under_every_structure(stored):
    """Else: make ``docs/results/structures.csv`` anew, see ``docs/structures.md``."""
    settings = ask(["study=compare"]).settings_as(CompareSettings)
    compared = [name for name in settings.schemes if name != settings.baseline]
    assert list(dict.fromkeys(row.scheme for row in stored)) == compared
    for scheme in compared:
        pairs = {
            (row.levels[RULES.key], row.levels[LAWS.key])
            for row in stored
            if row.scheme == scheme
        }
        assert pairs == set(product(Rule, Law))


def test_the_first_point_is_the_model_as_declared(stored):
    """Else: set it in ``docs/results/structures_points.csv``, and make all anew."""
    first = stored[0].levels
    assert first == {key: level(Scenario(), key) for key in first}


def test_at_their_reluctance_all_rules_have_an_equal_active_share(stored):
    declared = stored[0].levels
    points = [row.levels for row in stored if row.scheme == stored[0].scheme]
    calibrated = [x for x in points if x[RELUCTANCE] != declared[RELUCTANCE]]
    assert [x[RULES.key] for x in calibrated] == [rule for rule in Rule if rule]
    shares = [_active(levels) for levels in (declared, *calibrated)]
    assert shares == pytest.approx([shares[0]] * len(Rule), abs=0.02)


def _active(levels):
    """Mean active share of two voluntary organisations."""
    jobs = [Job(at(Scenario(), levels), 1, replicate) for replicate in range(2)]
    return sum(run.weeks["active_share"].mean() for run in simulate_many(jobs)) / 2
