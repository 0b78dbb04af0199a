"""The recommended scheme: chosen by some worlds, told by others."""

import numpy as np
import pytest

from tools import recommended_blocks as words
from tools.recommended import (
    BASELINE,
    FAMILY,
    OUTCOMES,
    RECOMMENDED,
    Known,
    candidates,
    chosen,
    half_of,
    tabulated,
)

NAMES = [name for name in candidates() if name != BASELINE]
WORLDS = 40


def found(effects):
    """Runs whose effects on output are so many per cent in every world."""
    rng = np.random.default_rng(1)
    without = rng.uniform(5.0, 9.0, (WORLDS, 1, 1, len(OUTCOMES)))
    runs = np.repeat(np.repeat(without, len(NAMES), axis=1), 2, axis=2)
    for name, percent in effects.items():
        runs[:, NAMES.index(name), 0] *= 1.0 + np.asarray(percent)[..., None] / 100.0
    return runs


def rows(chooses, reports=None):
    reports = chooses if reports is None else reports
    return [
        *tabulated("chooses", found(chooses), "digest"),
        *tabulated("reports", found(reports), "digest"),
    ]


ALL_BAD = {name: -1.0 for name in NAMES}
WITH_A_TAIL = np.where(np.arange(WORLDS) < 2, -9.0, 4.0)
"""Better than all others but for the worst twentieth."""


def test_candidates_are_all_shipped_schemes_and_a_family_around_them():
    own = candidates()
    assert next(iter(own)) == BASELINE
    assert {"recommended", "balanced_card", "everything_at_once", *FAMILY} < set(own)
    assert own["support alone"].guidance.training > 0.0
    assert own["card with support"].measure == own["balanced_card"].measure
    assert own["card with support"].guidance == own["recommended"].guidance
    assert own["output less spoilt work"].measure == own["recommended"].measure


def test_the_least_regret_of_those_that_are_safe_is_chosen():
    best = chosen(rows({**ALL_BAD, "balanced_card": 2.0, "no_review": WITH_A_TAIL}))
    assert best.scheme == "balanced_card"
    assert best.is_safe
    assert best.best == 2


def test_if_nothing_is_safe_nothing_is_recommended():
    everything = rows({**ALL_BAD, "no_review": WITH_A_TAIL})
    assert chosen(everything).scheme == BASELINE
    said = " ".join(words.choice(everything))
    assert "No scheme can be recommended in all worlds" in said
    assert "measure first" in said


def test_worlds_that_report_do_not_choose():
    everything = rows({**ALL_BAD, "balanced_card": 2.0}, {**ALL_BAD, "no_review": 9.0})
    assert chosen(everything).scheme == "balanced_card"
    said = " ".join(words.choice(everything))
    assert "clearly lowers output in 100 of 100" in said
    assert half_of(everything, "reports")["no_review"].best == WORLDS


def test_the_tables_have_a_row_a_candidate_and_are_read_again(tmp_path):
    everything = rows({**ALL_BAD, "balanced_card": 2.0})
    heads, first, *_ = words.candidates_table(everything, "chooses")
    assert len(heads) == len(first)
    assert first[:2] == ["`balanced_card`", "yes"]
    RECOMMENDED.write(tmp_path / RECOMMENDED.name, everything)
    assert RECOMMENDED.read(tmp_path / RECOMMENDED.name) == everything
    assert "40 worlds chose" in words.precision(everything)


def test_regret_is_nothing_for_the_best_and_the_baseline_has_no_effect():
    table = half_of(rows(ALL_BAD), "chooses")
    assert (table[BASELINE].middle, table[BASELINE].net_value) == (0.0, 0.0)
    assert (table[BASELINE].regret, table[BASELINE].best) == (0.0, WORLDS)
    assert table["no_review"].regret == pytest.approx(1.0)


def test_what_to_measure_begins_with_nothing_known():
    lines = list(words.measure_table([Known("", 0.6, ""), Known("x.y", 0.8, "Ask.")]))
    assert lines[1] == ["nothing", "60", ""]
    assert lines[2] == ["`x.y`", "80", "Ask."]


@pytest.mark.parametrize("known", [1.0, 0.9])
def test_what_to_measure_is_nothing_where_nothing_tells_more(known):
    known_first = [Known("", known, ""), Known("people.skill_sd", 1.0, "Ask.")]
    text = words.measure_first(known_first)
    assert text.startswith("Nothing" if known == 1.0 else "| known first")
    assert ("| `people.skill_sd` | 100 | Ask. |" in text) == (known < 1.0)
