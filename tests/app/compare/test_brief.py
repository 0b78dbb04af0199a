import csv
import io
import re

import pytest

from app.certificate import known
from app.compare.brief import as_html, brief, parts_of, table
from app.compare.brief_pdf import as_pdf
from app.pair_link import as_query
from experiments.config.compose import compose
from experiments.designs.pair import Pair, from_yaml
from experiments.report.sentences import CHANNELS
from model.compiled import sources_digest
from model.outcomes import NAMES


@pytest.fixture(scope="module")
def content(comparison):
    link = f"http://studio/compare?{as_query(comparison.pair)}"
    return brief(comparison, known(Pair()), link)


def test_its_numbers_are_those_of_the_comparison(content, comparison):
    said = {name: value for name, value, _ in content.numbers}
    for name, outcome in (
        ("Reported usage", "reported_tokens"),
        ("Real output", "output"),
    ):
        effect = comparison.effects[comparison.pair.labels[1], outcome, "whole"].percent
        shown = said[name].removesuffix(" %").replace("−", "-")
        decimals = len(shown.partition(".")[2])
        assert float(shown) == pytest.approx(effect, abs=0.501 * 10**-decimals)


def test_genuine_use_is_a_whole_and_its_parts(content, comparison):
    [(whole, split)] = [(v, e) for name, v, e in content.numbers if "Genuine" in name]
    core, trivial = (
        100.0 * comparison.panel.mean(comparison.pair.labels[1], f"{name}_share_mean")
        for name in ("genuine", "trivial")
    )
    assert whole == f"{core + trivial:.0f} %"
    assert split == f"core work {core:.0f} %, trivial {trivial:.2g} %"


def test_every_channel_that_moves_has_a_row(content, comparison):
    moved = [name for name in CHANNELS if comparison.effect(name).effect]
    assert {"output_manual", "output_trivial"} <= set(moved)
    assert len(content.channels) == len(moved)


def test_it_says_the_sentence_that_the_page_says(content, comparison):
    assert content.answer == comparison.sentence


def test_it_can_be_repeated_from_what_it_says(content, comparison):
    assert from_yaml(content.yaml) == comparison.pair
    assert content.model == sources_digest()


def test_it_says_what_the_timeline_of_a_scheme_changes():
    parts = dict(parts_of(compose(["scheme=amazon_2026"])))
    assert parts["From week 40"] == "Leaderboard ends."


def test_it_says_in_how_many_worlds_it_is_so(content):
    said = content.sure[0]
    assert re.match(r"Of 100 plausible worlds real output clearly falls in \d+", said)
    assert "100 were run" in said
    assert any("logit" in text and "imitation" in text for text in content.sure)
    assert any("no probability" in t or "not a probability" in t for t in content.sure)


def test_without_worlds_it_says_so_and_names_the_command(comparison):
    said = brief(comparison, None, "").sure[0]
    assert "was not computed" in said
    assert "study=certificate" in said


def test_the_page_stands_alone_and_escapes_what_it_says(content):
    page = as_html(content)
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(not place.startswith("http") for place in loaded)
    assert "<script" not in page
    assert content.answer.replace("'", "&#39;") in page


def test_the_pdf_has_two_pages(content):
    made = as_pdf(content)
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", made)) == 2


def test_the_table_holds_every_outcome_of_every_period(comparison):
    rows = [*csv.DictReader(io.StringIO(table(comparison)))]
    assert len(rows) == 3 * len(NAMES)
    [row] = [r for r in rows if (r["outcome"], r["period"]) == ("output", "whole")]
    effect = comparison.effects[comparison.pair.labels[1], "output", "whole"].effect
    assert float(row["effect"]) == pytest.approx(effect, rel=1e-6)
