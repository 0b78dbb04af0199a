import csv
import html
import io
import re
from dataclasses import replace

import pytest

from app.certificate import known
from app.compare.brief import MOST_QR, as_html, brief, parts_of, qr, table
from app.compare.brief_pdf import as_pdf
from app.compare.cover import MOST, Cover, tidied, today
from app.compare.money import Terms, lines
from app.compare.timeline_bar import stretches
from app.pair_link import as_query
from experiments.config.compose import compose
from experiments.designs.pair import Pair, from_yaml
from experiments.figures.channels import CHANNELS
from model.compiled import sources_digest
from model.outcomes import NAMES

COVER = Cover("Rank <them>?", "Mina Berg", "1 May 2027", "We do not.")


@pytest.fixture(scope="module")
def content(comparison):
    link = f"http://studio.example.org/compare?{as_query(comparison.pair)}"
    terms = Terms(is_company=True, people=1200)
    return brief(comparison, known(Pair()), link, COVER, terms)


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


def test_it_says_what_would_change_our_mind(content):
    [said] = [text for text in content.sure if "change our mind" in text]
    shown = [int(x) for x in re.findall(r"(?:falls|rises) in (\d+)", said)]
    rows = [row for row in known(Pair()).rows() if row.among != "all"]
    most = max(row.falls - row.rises for row in rows)
    assert shown[0] - shown[1] == pytest.approx(100 * most, abs=1.01)


def test_without_worlds_it_says_so_and_names_the_command(comparison):
    said = brief(comparison, None, "", Cover(), Terms()).sure[0]
    assert "was not computed" in said
    assert "study=certificate" in said


def test_the_page_stands_alone_and_escapes_what_it_says(content):
    page = as_html(content)
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert [p for p in loaded if p.startswith("http")] == [html.escape(content.link)]
    assert "<script" not in page
    assert content.answer.replace("'", "&#39;") in page


def test_the_author_speaks_first(content, comparison):
    assert (content.title, content.decision) == (COVER.title, COVER.decision)
    assert content.byline == "Mina Berg, 1 May 2027, for 1,200 people"
    page = as_html(content)
    assert "<h1>Rank &lt;them&gt;?</h1>" in page
    assert '<p class="decision">We do not.</p>' in page
    plain = brief(comparison, None, "/", Cover(), Terms())
    assert plain.title == "What monthly minimum does, against voluntary"
    assert plain.byline == f"{today()}, for 30 people"
    assert 'class="decision"' not in as_html(plain)


def test_an_entry_is_a_line_of_limited_length():
    assert tidied(" two\nlines ") == "two lines"
    assert len(tidied("x" * 999)) == MOST


def test_money_is_that_of_the_page(content, comparison):
    terms = Terms(is_company=True, people=1200)
    names = [name for name, *_ in content.money]
    assert names == [line.name for line in lines(comparison, terms)]
    assert content.money_terms == terms.said(comparison)
    [whole] = [v for name, v, _ in content.numbers if "1,200 people" in name]
    assert whole == content.money[-1][3]


def test_it_says_who_loses(content, comparison):
    worse, output = content.losers
    share = comparison.fates.overall.worse_off
    assert f"{100 * share:.0f} % are worse off" in worse
    assert "lose more than 2 % of a week" in output


def test_the_timeline_covers_the_run():
    scenario = compose(["scheme=amazon_2026"])
    parts = [*stretches(scenario)]
    assert [(part.start, part.end) for part in parts] == [(0, 40), (40, 104)]
    assert parts[1].said == "Leaderboard ends."
    assert [*stretches(compose([]))] == [(0, 104, "As described.")]


def test_a_link_that_is_too_long_for_a_camera_has_no_code(content):
    assert content.code.startswith(b"\x89PNG")
    assert qr("x" * (MOST_QR + 1)) == b""
    with_code, without = (
        as_html(replace(content, code=code)) for code in (content.code, b"")
    )
    assert "The link as a QR code" in with_code
    assert "The link as a QR code" not in without
    assert as_pdf(replace(content, code=b"")).startswith(b"%PDF-")


def test_the_pdf_has_few_pages_and_a_link(content):
    made = as_pdf(content)
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", made)) <= 3
    assert b"/URI (http://studio.example.org/compare?first=voluntary" in made


def test_signs_that_the_font_lacks_do_not_stop_a_brief(content):
    assert as_pdf(replace(content, title="決定 🎉")).startswith(b"%PDF-")


def test_the_table_holds_every_outcome_of_every_period(comparison):
    rows = [*csv.DictReader(io.StringIO(table(comparison)))]
    assert len(rows) == 3 * len(NAMES)
    [row] = [r for r in rows if (r["outcome"], r["period"]) == ("output", "whole")]
    effect = comparison.effects[comparison.pair.labels[1], "output", "whole"].effect
    assert float(row["effect"]) == pytest.approx(effect, rel=1e-6)
