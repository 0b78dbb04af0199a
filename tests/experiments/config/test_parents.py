"""A scheme's file names the scheme that it changes; a comparison shows both."""

import csv

import pytest

from experiments.config import parents
from experiments.config.catalogue import members
from experiments.config.request import ask, families
from experiments.errors import UserError
from experiments.studies import compare

TINY = [
    "study=compare",
    "organisation.employees=20",
    "weeks=26",
    "study.schemes=[cap_and_audit]",
    "study.replicates=2",
    "study.worlds=0",
]


def asked(*overrides):
    return ask(["study=compare", *overrides])


def test_every_shipped_scheme_has_a_parent_that_is_shipped_or_none():
    of = {name: parents.of_shipped(name) for name in members("scheme")}
    assert of["cap_and_audit"] == "review_linked"
    assert of["voluntary"] is None
    assert parents.family(of, of.get) == {k: v for k, v in of.items() if v}


def test_a_parent_that_is_not_compared_is_run_too():
    rows, of = families(asked("study.schemes=[cap_and_audit]"))
    assert list(rows) == ["voluntary", "cap_and_audit", "review_linked"]
    assert of == {"cap_and_audit": "review_linked"}
    assert rows["review_linked"].review.weight == 0.5
    assert rows["review_linked"].budget.cap == 0.0


def test_a_parent_shares_what_all_rows_share():
    rows, _ = families(asked("scheme=cap_and_audit", "weeks=60", "study.schemes=[]"))
    assert rows["review_linked"].weeks == 60


def test_a_file_of_the_readers_names_its_parent(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text("changes: monthly_minimum\nquota: {amount: 60, penalty: 0.2}\n")
    request = asked(f"scheme={path}", "study.schemes=[]")
    rows, of = families(request)
    assert of == {"custom": "monthly_minimum"}
    assert list(rows) == ["voluntary", "custom", "monthly_minimum"]
    # A scheme chosen after the file drops all that the file said.
    assert asked(f"scheme={path}", "scheme=voluntary").changes is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("review_linkd", ["line 2", "'review_linkd'", "review_linked?"]),
        ("[review_linked]", ["line 2", "['review_linked']", "no shipped scheme"]),
        ("3", ["line 2", "3", "no shipped scheme"]),
    ],
)
def test_an_unknown_parent_is_named_with_its_line(value, said, tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(f"quota: {{penalty: 0.2}}\nchanges: {value}\n")
    with pytest.raises(UserError) as error:
        asked(f"scheme={path}")
    message = str(error.value)
    assert "\n" not in message
    for words in (str(path), "changes", *said):
        assert words in message


@pytest.mark.parametrize(
    ("of", "chain"),
    [
        ({"a": "a"}, "a, which changes a:"),
        ({"a": "b", "b": "a"}, "a, which changes b, which changes a:"),
        ({"a": "b", "b": "c", "c": "b"}, "b, which changes c, which changes b:"),
    ],
)
def test_a_scheme_that_changes_itself_is_refused(of, chain):
    with pytest.raises(UserError, match="cannot change itself") as error:
        parents.family("a", of.get)
    assert chain in str(error.value)


def test_the_parent_of_a_parent_is_run_as_well():
    of = {"a": "b", "b": "c"}
    assert parents.family("a", of.get) == of


def test_the_difference_to_the_parent_is_that_of_the_effects(tmp_path, capsys):
    """Paired by replicate: the means against the baseline differ by it exactly."""
    out = tmp_path / "out"
    compare.run(ask([*TINY, f"out={out}"]))
    found = {}
    for name in ("effects", "parent_effects"):
        with (out / f"{name}.csv").open(newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["period"] == "whole"]
        found[name] = {(r["scheme"], r["outcome"]): r for r in rows}
    both = found["effects"]
    assert {scheme for scheme, _ in found["parent_effects"]} == {"cap_and_audit"}
    for outcome in ("output", "net_value", "welfare", "reported_tokens"):
        row = found["parent_effects"]["cap_and_audit", outcome]
        assert row["baseline"] == "review_linked"
        cap, linked = (
            float(both[scheme, outcome]["effect"])
            for scheme in ("cap_and_audit", "review_linked")
        )
        assert float(row["effect"]) == pytest.approx(cap - linked, rel=1e-9, abs=1e-9)
    said = capsys.readouterr().out
    assert "Against the scheme that a scheme changes" in said
