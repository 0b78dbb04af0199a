"""What plausible worlds say of schemes, in words and in tables."""

import numpy as np
import pytest

from experiments.report import worlds
from experiments.report.worlds import NOT_YOURS, OTHERS, answer, legend, sentence
from experiments.statistics.worlds import in_worlds, overall
from experiments.words.structures import LAWS, RULES

RULE = np.arange(100) % len(RULES.names)
LAW = np.arange(100) // 5 % len(LAWS.names)


def rows(**effects):
    """Classes of schemes whose effects are these numbers, so many times each."""
    values = {
        name: np.repeat([-2.0, 0.1, 1.5], counts) for name, counts in effects.items()
    }
    return list(in_worlds(values, RULE, LAW))


def test_a_sentence_has_the_three_classes_with_their_intervals():
    [row] = overall(rows(quota=(96, 2, 2))).values()
    assert sentence(row) == (
        "Of 100 plausible worlds real output clearly falls in 96 (91 to 99), hardly "
        "moves in 2 (0 to 6) and clearly rises in 2 (0 to 6); middle world -2.0 %, "
        "worst twentieth -2.0 %."
    )


def test_an_answer_names_what_nearly_all_worlds_say():
    found = rows(quota=(96, 2, 2), good=(0, 5, 95), open=(40, 20, 40))
    assert answer(found, True) == (
        "In nine of ten and more of 100 worlds that reproduce what is known of "
        "voluntary use, real output clearly falls under quota and clearly rises under "
        "good. Under all others what output does depends on what nobody knows."
    )
    assert answer(rows(open=(40, 20, 40)), True) == (
        "In 100 worlds that reproduce what is known of voluntary use, what output does "
        "depends on what nobody knows, under every scheme."
    )
    two = answer(rows(a=(96, 2, 2), b=(100, 0, 0)), True)
    assert two.endswith("real output clearly falls under a and b.")


def test_worlds_of_another_model_are_said_to_be_so():
    assert answer(rows(quota=(96, 2, 2)), False).endswith(OTHERS)
    assert legend(100, False).endswith(OTHERS)
    assert OTHERS not in legend(100, True)
    assert NOT_YOURS in legend(100, True)


def test_without_worlds_nothing_is_claimed():
    assert "study.worlds=0" in answer([], True)
    assert "study.worlds=0" in legend(0, True)


def test_tables_have_a_row_a_scheme_and_a_column_a_structure():
    found = rows(quota=(96, 2, 2), good=(0, 5, 95))
    grid = worlds.grid(found, ["good", "quota", "not_run"], "")
    assert [row.name for row in grid.rows] == ["good", "quota"]
    first = [cell.value for cell in grid.rows[0].cells]
    assert first == ["0 [0, 2]", "5 [2, 11]", "95 [89, 98]", "+1.5 %", "+0.10 %"]
    table = worlds.structures_grid(found, ["good"])
    assert len(table.heads) == 1 + len(RULES.names) + len(LAWS.names)
    cells = [cell.value for cell in table.rows[0].cells]
    assert cells == [*["0 / 95"] * 5, "0 / 80", *["0 / 100"] * 3]


def test_a_structure_without_a_known_effect_has_a_dash():
    values = {"quota": np.where(RULE == 0, np.nan, -2.0)}
    found = list(in_worlds(values, RULE, LAW))
    assert worlds.by_structure(found, RULES)["quota"] == ["–", *["100 / 0"] * 4]
    assert worlds.by_structure(found, LAWS)["quota"] == ["100 / 0"] * 4


@pytest.mark.parametrize("share", [0.0, 0.004, 0.5, 1.0])
def test_shares_are_numbers_of_a_hundred(share):
    assert worlds.hundred(share) == f"{100 * share:.0f}"
