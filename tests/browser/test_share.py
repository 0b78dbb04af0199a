"""Links and files in a browser: what is kept restores what was shown."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from app.pair_link import as_query, from_query
from experiments.designs.pair import Pair, Side, from_yaml
from model import simulate

DONE = re.compile(r"^\d+ replicates of each side")
PAIR = Pair(
    second=Side("monthly_minimum", (("quota.amount", 160.0),)),
    shared=(("organisation.employees", 60), ("people.learning", 0.1)),
    weeks=26,
    seed=5,
    replicates=4,
)
LINK = f"/compare?{as_query(PAIR)}"


@pytest.fixture
def opened(page):
    """The page of a link, with what can be kept unfolded."""
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    page.get_by_text("Keep and open files").first.click()
    page.get_by_role("button", name="YAML for the command line").wait_for()
    return page


def kept(page, label, folder):
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    path = Path(folder) / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_link_of_a_page_restores_it_for_another_visitor(opened, visit, copied):
    address = copied(opened)
    assert from_query(address.partition("?")[2]) == PAIR
    other = visit(address)
    other.get_by_text(DONE).wait_for()
    for part in (".says", ".figures"):
        assert other.locator(part).inner_text() == opened.locator(part).inner_text()


def test_the_file_is_the_pair_that_is_shown(opened, tmp_path):
    path = kept(opened, "YAML for the command line", tmp_path)
    assert path.name == "pair.yaml"
    assert from_yaml(path.read_text()) == PAIR


def test_the_table_holds_the_numbers_of_simulate(opened, tmp_path):
    path = kept(opened, "All effects, CSV", tmp_path)
    with path.open() as file:
        [row] = [
            row
            for row in csv.DictReader(file)
            if (row["outcome"], row["period"]) == ("output", "whole")
        ]
    first, second = (
        np.mean(
            [
                simulate(PAIR.scenario(side), PAIR.seed, r).weeks["output"]
                for r in range(PAIR.replicates)
            ]
        )
        for side in (PAIR.first, PAIR.second)
    )
    assert float(row["effect"]) == pytest.approx(second - first, rel=1e-5)


@pytest.mark.parametrize(
    ("label", "name", "begins"),
    [
        ("Policy brief, PDF", "brief.pdf", b"%PDF-"),
        ("Policy brief, HTML", "brief.html", b"<!doctype html>"),
        ("Chart, PNG", "comparison.png", b"\x89PNG"),
        ("Chart, SVG", "comparison.svg", b"<?xml"),
    ],
)
def test_every_download_is_what_it_says(opened, tmp_path, label, name, begins):
    path = kept(opened, label, tmp_path)
    assert path.name == name
    assert path.read_bytes().lower().startswith(begins.lower())


def test_the_brief_has_the_words_of_its_author(opened, tmp_path):
    for label, text in (
        ("title of the brief", "Should we?"),
        ("author", "Mina Berg"),
        ("the decision, in one line", "We should not."),
    ):
        field = opened.get_by_label(label)
        field.fill(text)
        field.press("Enter")
    opened.get_by_label("date").press("Enter")
    path = kept(opened, "Policy brief, HTML", tmp_path)
    page = path.read_text()
    assert "<h1>Should we?</h1>" in page
    assert "Mina Berg" in page
    assert '<p class="decision">We should not.</p>' in page
    assert "The link as a QR code" in page
    assert 'href="http://127.0.0.1' in page


def test_a_link_of_another_model_says_so(page):
    page.goto(LINK.replace("model=", "model=0"))
    page.get_by_text("made with another version of the model").wait_for()
    page.get_by_text(DONE).wait_for()
