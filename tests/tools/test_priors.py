"""Schemes under other priors, side by side."""

import numpy as np

from tools.priors import (
    DECLARED,
    MIDDLE,
    PRIORS,
    UNDER_PRIORS,
    UNIFORM,
    hangs,
    sentence,
    table_of_priors,
    tabulated,
)
from tools.recommended import BASELINE, candidates

NAMES = [name for name in candidates() if name != BASELINE]


def rows(**shares):
    """Rows in which one scheme falls in so many of 100 worlds, by prior."""
    found = []
    for prior in PRIORS:
        effects = np.full((100, len(NAMES)), 1.0)
        effects[: shares.get(prior, 10), NAMES.index("monthly_minimum")] = -1.0
        found += tabulated(prior, effects)
    return found


def test_shares_stand_side_by_side_and_are_read_again(tmp_path):
    found = rows()
    heads, *lines = table_of_priors(found)
    assert len(lines) == len(NAMES)
    assert ["`monthly_minimum`", *["10 / 90"] * 3] in lines
    assert all(len(line) == len(heads) == 4 for line in lines)
    UNDER_PRIORS.write(tmp_path / UNDER_PRIORS.name, found)
    assert UNDER_PRIORS.read(tmp_path / UNDER_PRIORS.name) == found


def test_an_answer_hangs_on_the_prior_where_intervals_do_not_meet():
    assert "For no scheme does the answer hang" in sentence(rows())
    found = rows(**{UNIFORM: 40})
    assert sentence(found).endswith("hangs on the prior for `monthly_minimum`.")
    by_prior = {row.prior: row for row in found if row.scheme == "monthly_minimum"}
    assert hangs(by_prior[DECLARED], by_prior[UNIFORM])
    assert hangs(by_prior[UNIFORM], by_prior[DECLARED])
    assert not hangs(by_prior[DECLARED], by_prior[MIDDLE])
