"""The report: its numbers are those of the files, and what it says can be run."""

import csv
import json
import re
import shlex
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.report import publish as report
from experiments.report.cells import relative, shares
from experiments.report.charts import ALONE, COMPARED
from experiments.report.gains import sentence
from experiments.report.picture import files
from experiments.statistics.accounts import WORSE_OFF, by_group
from experiments.statistics.effects import EFFECTS, PARENT_EFFECTS
from experiments.studies import compare, run
from experiments.words.gaming import LIMITS, games

ROOT = Path(__file__).parents[3]
TINY = [
    "study=compare",
    "organisation.employees=40",
    "weeks=26",
    "study.replicates=4",
    "study.worlds=3",
    "study.schemes=[voluntary,monthly_minimum,cap_and_audit]",
    "quota=monthly",
    "quota.penalty=0.5",
    'timeline=[{week: 13, change: ["quota=none"]}]',
]
ALONE_TINY = ["study=run", "organisation.employees=20", "weeks=1", "scheme=no_review"]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.text, self.source = "", text
        self.tags, self.cells, self.pre = [], {}, {}
        self._cell, self._pre = None, None
        self.feed(text)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag in ("td", "th"):
            self._cell = found.get("data-key")
            if self._cell:
                self.cells.setdefault(self._cell, []).append("")
        if tag == "pre":
            self._pre = found["id"]
            self.pre[self._pre] = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._cell = None
        if tag == "pre":
            self._pre = None

    def handle_data(self, data):
        self.text += data
        if self._cell:
            self.cells[self._cell][-1] += data
        if self._pre:
            self.pre[self._pre] += data


def page(folder):
    return Page((folder / "report.html").read_text(encoding="utf-8"))


def effects(folder):
    with (folder / "effects.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {
        (row["scheme"], row["outcome"]): row for row in rows if row["period"] == "whole"
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "tiny"
    compare.run(ask([*TINY, f"out={out}"]))
    return out


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "alone"
    run.run(ask([*ALONE_TINY, "study.replicates=1", f"out={out}"]))
    return out


def made(folder):
    """Bytes of all derived files."""
    paths = [folder / "report.html", *sorted((folder / "figures").iterdir())]
    return {path.name: path.read_bytes() for path in paths}


def test_a_study_leaves_its_charts_and_its_report(folder, alone):
    for where, charts in ((folder, COMPARED), (alone, ALONE)):
        assert set(files([chart.name for chart in charts])) == {
            f"figures/{path.name}" for path in (where / "figures").iterdir()
        }
        assert (where / "report.html").stat().st_size < 1_500_000


def test_derived_files_are_not_part_of_the_manifest(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    tables = {
        "effects.csv",
        "harms.csv",
        "in_worlds.csv",
        "worlds.parquet",
        "parent_effects.csv",
        "worse_off.csv",
    }
    rows = {"runs.parquet", "weeks.parquet", "people.parquet"}
    assert set(manifest["files"]) == tables | rows


def numbers(text):
    """Value and ends as written, with half a unit of their last decimal."""
    found = re.findall(r"[+-]?\d[\d,]*(?:\.\d+)?", text.replace("−", "-"))
    for digits in found:
        plain = digits.replace(",", "")
        decimals = len(plain.partition(".")[2])
        yield float(plain), 0.5000001 * 10.0**-decimals


def test_every_number_of_the_tables_is_that_of_effects_csv(folder):
    rows, cells = effects(folder), page(folder).cells
    schemes = {scheme for scheme, _ in rows}
    assert schemes == {"monthly_minimum", "cap_and_audit", "review_linked", "custom"}
    assert set(cells) == {
        f"{scheme}/{outcome}"
        for scheme in schemes
        for outcome in (
            *("reported_tokens", "output", "net_value"),
            *("running_cost", "welfare"),
        )
    }
    for key, texts in cells.items():
        row = rows[tuple(key.split("/"))]
        for text in texts:
            money = key.endswith(("net_value", "running_cost"))
            names = ("effect", "low", "high") if money else (
                "percent", "percent_low", "percent_high"
            )  # fmt: skip
            times = 52.0 if money else 1.0
            shown = list(numbers(text))
            if len(shown) == 1:  # the same in every replicate
                assert float(row["low"]) == pytest.approx(float(row["high"]))
                names = names[:1]
            for (value, slack), name in zip(shown, names, strict=True):
                assert abs(value - times * float(row[name])) <= slack, (key, text)
    assert len(cells["custom/net_value"]) == 2  # in the table and under Money


def test_sentences_are_those_of_the_terminal(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100000")
    compare.run(ask([*TINY, f"out={folder}"]))
    said = [line.strip() for line in capsys.readouterr().out.splitlines()]
    text = page(folder).text
    begins = ("Reported usage rises", "Reported usage falls", "No clear effect")
    begins += ("Of 100 plausible worlds",)
    sentences = [line for line in said if line.startswith(begins)]
    assert len(sentences) == 2 * 4
    looks = [line for line in said if line.startswith("A before/after")]
    assert len(looks) == 5
    for line in (*sentences, *looks):
        assert line in text


def test_the_page_says_who_is_worse_off_and_what_a_change_adds(folder):
    text = page(folder).text
    fates = WORSE_OFF.read(folder / "worse_off.csv")
    assert {fate.scheme for fate in fates} == {scheme for scheme, _ in effects(folder)}
    for fate in fates:
        if (fate.kind, fate.outcome) == ("everybody", "welfare"):
            shown = shares(fate)
            assert f"{shown.value} {shown.ends}" in text
    told = by_group(fates)
    for scheme in {fate.scheme for fate in fates}:
        assert sentence(scheme, told) in text
    [row] = [
        row
        for row in PARENT_EFFECTS.read(folder / "parent_effects.csv")
        if (row.outcome, row.period) == ("output", "whole")
    ]
    assert (row.scheme, row.baseline) == ("cap_and_audit", "review_linked")
    changed = relative(row)
    assert f"{changed.value} {changed.ends}" in text


def test_the_terminal_ends_with_the_paths(folder, capsys):
    compare.run(ask([*TINY, f"out={folder}"]))
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == f"Report: {folder}/report.html"
    assert lines[-1] == f"Charts: {folder}/figures/ (PNG and SVG)"


def test_what_is_missing_is_made_anew_with_the_same_bytes(folder):
    before = made(folder)
    (folder / "report.html").unlink()
    (folder / "figures" / "emblem.svg").unlink()
    compare.run(ask([*TINY, f"out={folder}"]))
    assert made(folder) == before


def test_what_is_there_is_left_alone(folder):
    kept = folder / "report.html"
    before = kept.stat().st_mtime_ns
    compare.run(ask([*TINY, f"out={folder}"]))
    assert kept.stat().st_mtime_ns == before


def test_the_command_finds_the_same_numbers(folder, tmp_path):
    words = shlex.split(page(folder).pre["command"])
    assert words[0] == "tokenmaxxing"
    main([*words[1:], f"out={tmp_path / 'again'}"])
    for name in ("effects.csv", "runs.parquet", "weeks.parquet", "report.html"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_the_python_finds_the_same_numbers(folder, capsys):
    exec(compile(page(folder).pre["python"], "report", "exec"), {})
    said = dict(line.split() for line in capsys.readouterr().out.splitlines())
    rows = effects(folder)
    assert float(said.pop("voluntary")) == 0.0
    assert set(said) == {scheme for scheme, _ in rows}
    for scheme, value in said.items():
        expected = float(rows[scheme, "output"]["effect"])
        assert float(value) == pytest.approx(expected, rel=1e-9)


def test_the_python_of_one_scheme_finds_the_same_number(alone, capsys):
    exec(compile(page(alone).pre["python"], "report", "exec"), {})
    name, value = capsys.readouterr().out.split()
    [[expected]] = duckdb.sql(
        f"select avg(output_mean) from '{alone}/runs.parquet'"
    ).fetchall()
    assert name == "no_review"
    assert float(value) == pytest.approx(expected, rel=1e-12)


def test_the_page_needs_nothing_from_elsewhere(folder, alone):
    for where in (folder, alone):
        found = page(where)
        assert not {"script", "link", "iframe", "object"} & {t for t, _ in found.tags}
        assert "http" not in re.sub(r"base64,[\w+/=]+", "", found.source)
        assert "url(" not in found.source
        for _, attributes in found.tags:
            assert (attributes.get("src") or "data:").startswith(
                "data:image/png"
            ) or "src" not in attributes
        assert str(where) not in found.source


def test_the_page_can_be_read_aloud(folder, alone):
    for where in (folder, alone):
        tags = page(where).tags
        assert ("html", {"lang": "en"}) in tags
        levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        pictures = [found for tag, found in tags if tag == "img"]
        assert all(len(found["alt"]) > 40 for found in pictures)
        assert not any(re.search(r"\bnan\b", found["alt"]) for found in pictures)
        targets = {found.get("id") for _, found in tags}
        links = [found["href"] for tag, found in tags if tag == "a"]
        assert {link.removeprefix("#") for link in links} <= targets
        for tag, found in tags:
            assert tag != "th" or found.get("scope") in ("col", "row")


def test_the_page_answers_what_was_asked_of_it(folder):
    text = page(folder).text
    for part in (
        "In other plausible worlds",
        "How well it is known",
        "saves",
        "Money",
        "How each scheme could be gamed",
        "What was not modelled",
        "How to reproduce",
        "Who sees the dashboard alone would choose",
        "output clearly falls / clearly rises",
        "As under voluntary: performance review.",
    ):
        assert part in text
    for limit in LIMITS:
        assert limit in text


def test_other_worlds_that_were_not_run_are_said_not_to_be(tmp_path):
    few = [text for text in TINY if "replicates" not in text]
    few += ["study.replicates=2", "study.worlds=0", f"out={tmp_path}"]
    compare.run(ask(few))
    text = page(tmp_path).text
    assert "Only the world as given was run" in text
    assert "nan" not in text.lower().split()


def test_one_replicate_of_one_week_has_a_page(alone):
    text = page(alone).text
    assert "1 weeks" not in text
    assert "has no baseline" in text
    assert "It has no part with weight: there is nothing to game." in text


def test_limits_are_those_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Limits of the model")[2].partition("<!-- end -->")[0]
    bullets = [" ".join(text.split()) for text in section.split("\n- ")[1:]]
    assert list(LIMITS) == bullets


def test_a_part_of_a_later_phase_is_told_too():
    later = ask(['timeline=[{week: 5, change: ["quota=monthly"]}]']).scenario
    assert [game.incentive for game in games(later)] == [
        "Performance review",
        "Minimum (from week 5)",
    ]


def test_names_break_after_underscores_and_are_escaped():
    assert str(report.breakable("a_<b>")) == "a_<wbr>&lt;b&gt;"


def test_a_file_that_is_not_effects_csv_is_refused(tmp_path):
    (tmp_path / "effects.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="does not hold the columns"):
        EFFECTS.read(tmp_path / "effects.csv")
