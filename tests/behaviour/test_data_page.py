"""The one-liners of docs/data.md, called as they stand there."""

import re
from pathlib import Path

import duckdb
import pytest

from experiments.config.request import ask
from experiments.studies import compare, sweep

PAGE = Path(__file__).parents[2] / "docs" / "data.md"
QUERIES = re.findall(r"```sql\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small sweep with the scheme and the factors that the page asks for."""
    out = tmp_path_factory.mktemp("data") / "sweep"
    words = ["study=sweep", "study.schemes=[monthly_minimum]", "weeks=26"]
    worlds = "study.uncertainties={people.belief_mean: [0, 0.1], people.learning: span}"
    few = ["organisation.employees=20", "study.replicates=4", worlds, f"out={out}"]
    sweep.run(ask([*words, *few]))
    return out


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A small comparison, which knows its people."""
    out = tmp_path_factory.mktemp("data") / "compare"
    words = ["study.schemes=[voluntary,monthly_minimum]", "weeks=26"]
    few = ["organisation.employees=20", "study.replicates=2", "study.worlds=3"]
    compare.run(ask([*words, *few, f"out={out}"]))
    return out


@pytest.mark.parametrize("query", QUERIES, ids=lambda text: text[:40])
def test_a_one_liner_answers(request, monkeypatch, query):
    ours = ("people.parquet", "worlds.parquet")
    study = "compared" if any(name in query for name in ours) else "folder"
    monkeypatch.chdir(request.getfixturevalue(study))
    assert "\n" not in query
    with duckdb.connect() as database:
        assert database.execute(query).fetchall()


def test_the_page_has_one_liners():
    assert len(QUERIES) >= 7


def test_an_effect_by_hand_is_that_of_the_table(folder, monkeypatch):
    monkeypatch.chdir(folder)
    [query] = [text for text in QUERIES if "as effect" in text]
    with duckdb.connect() as database:
        [(scheme, effect, pairs)] = database.execute(query).fetchall()
        told = database.execute(
            "select effect, replicates from 'point_effects.csv' where point = 0 and "
            "outcome = 'output'"
        ).fetchall()
    assert scheme == "monthly_minimum"
    assert told == [(pytest.approx(effect, rel=1e-12), pairs)]
