"""What the documents say is what the code does, and their links lead somewhere."""

import ast
import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from experiments.config.catalogue import members
from experiments.studies.verification import results as verification
from model.scenario import INCENTIVES
from tools import blocks, documents, results, site

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
NAMED = re.compile(r"`([\w.:]+)`")
ELEMENTS = (
    "Purpose",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Theoretical and empirical background",
    "Individual decision making",
    "Learning",
    "Individual sensing",
    "Individual prediction",
    "Interaction",
    "Collectives",
    "Heterogeneity",
    "Stochasticity",
    "Observation",
    "Implementation details",
    "Initialisation",
    "Input data",
    "Submodels",
)
"""Of ODD+D, in its order (Müller et al. 2013)."""

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=[path.relative_to(DOCS).as_posix() for path in PAGES]
)
every_incentive = pytest.mark.parametrize("name", INCENTIVES)


def links(page):
    """Text and target of every link outside code; pictures too."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return [(text, target) for _, text, target in LINK.findall(text)]


def defined(path):
    """Names that a Python file defines, at its top and in its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]:
        for item in node.body:
            if isinstance(item, ast.FunctionDef | ast.ClassDef):
                names.add(item.name)
            targets = getattr(item, "targets", [getattr(item, "target", None)])
            for target in targets:
                for part in ast.walk(target) if target else ():
                    if isinstance(part, ast.Name):
                        names.add(part.id)
    return names


# Generated parts


def test_every_generated_part_is_current():
    """Else: ``python -m tools.documents``."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.documents", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_stale_block_is_named_and_made_anew(tmp_path, monkeypatch, capsys):
    page, readme = tmp_path / "docs" / "page.md", tmp_path / "README.md"
    page.parent.mkdir()
    stale = "Before.\n<!-- generated: limits -->\nstale\n<!-- end -->\nAfter.\n"
    for path in (page, readme):
        path.write_text(stale, encoding="utf-8")
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    monkeypatch.setattr(documents, "DOCS", page.parent)
    monkeypatch.setattr(documents, "INCENTIVES", ())
    assert documents.main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "docs/page.md" in said
    assert "README.md" in said
    assert page.read_text(encoding="utf-8") == stale
    assert documents.main([]) == 0
    for path in (page, readme):
        text = path.read_text(encoding="utf-8")
        assert "stale" not in text
        assert "five rules of choice" in text
        assert text.startswith("Before.\n")
        assert text.endswith("After.\n")
    assert documents.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- generated: nonsense -->\n<!-- end -->", "no block is called 'nonsense'"),
        ("<!-- generated: parameters nobody -->\n<!-- end -->", "parameters nobody"),
        ("<!-- generated: limits -->\nfor ever", "has no <!-- end -->"),
    ],
)
def test_a_block_that_cannot_be_made_is_named(text, said):
    with pytest.raises(SystemExit, match=re.escape(said)):
        documents.filled(text, DOCS / "page.md")


def test_a_figure_that_changed_is_stale(tmp_path):
    picture = (DOCS / "incentives" / "figures" / "quota.png").read_bytes()
    other = (DOCS / "incentives" / "figures" / "bonus.png").read_bytes()
    path = tmp_path / "quota.png"
    path.write_bytes(picture)
    same = documents.same_picture
    assert same(path, picture)
    assert not same(path, other)


def test_every_parameter_stands_in_a_table():
    tables = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [
        row.key
        for row in blocks.declarations(blocks.Scenario)
        if f"| `{row.key}` |" not in tables
    ]
    assert missing == []


def test_numbers_that_do_not_hold_reach_the_model_card(tmp_path, monkeypatch):
    for place in (blocks, results):
        monkeypatch.setattr(place, "RESULTS", tmp_path)
    name = blocks.theory_names()[0]
    (tmp_path / "checks.csv").write_text(
        "result,quantity,unit,theory,simulated,error,allowance,why,holds\n"
        f"{name},a share,-,0.5,0.9,0.01,0.0,,False\n"
        f"{name},a mean,-,0.5,0.5,0.01,0.1,finite size,True\n"
    )
    (tmp_path / "findings.csv").write_text(
        "module,fact,claim,quantity,unit,estimate,low,high,least,most,verdict,given,"
        "explanation\n"
        "pressure,F1,up and down,effect,-,1,0.5,1.5,0,inf,holds,,\n"
        "contagion,F2,spreads,slope,-,-1,-2,-0.5,0,inf,does not hold,,Too few peers.\n"
        "deadline,F5,binges,spike,-,-1,-2,-0.5,0,inf,does not hold,built in,\n"
    )
    failures = blocks.failures()
    assert "**F2** spreads slope: does not hold. Too few peers." in failures
    assert "a share: theory 0.5, simulated 0.9" in failures
    assert "a mean" not in failures
    assert "F1" not in failures
    assert "F5" not in failures
    assert "| 1 of 2 |" in blocks.checks()
    assert "**no**" in blocks.theory()
    assert "finite size" in blocks.theory()
    assert "does not hold (input)" in blocks.fact_table()


# Links


@every_page
def test_a_link_leads_to_a_file_that_is_there(page):
    for text, target in links(page):
        if re.match(r"https?://", target):
            assert re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(/\S*)?", target), target
        elif not target.startswith("#"):
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"[{text}]({target})"


@every_page
def test_a_function_that_a_link_names_is_in_its_file(page):
    for text, target in links(page):
        name = NAMED.fullmatch(text)
        path = page.parent / target.partition("#")[0]
        if name and path.suffix == ".py" and not name[1].endswith(path.name):
            said = re.split(r"::|\.", name[1])[-1]
            assert said in defined(path), f"{path.name} has no {said}"


def test_the_description_has_all_elements_of_the_protocol_in_order():
    text = (DOCS / "ODD.md").read_text(encoding="utf-8")
    heads = re.findall(r"^### \d\.\d+ (.+)$", text, re.MULTILINE)
    assert tuple(heads) == ELEMENTS


def test_the_description_links_every_file_that_holds_rules():
    targets = {target for _, target in links(DOCS / "ODD.md")}
    lacking = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "model").rglob("*.py"))
        if re.search("^@(rule|entry)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        and f"../{path.relative_to(ROOT).as_posix()}" not in targets
    ]
    assert not lacking


def test_every_result_of_theory_has_a_section():
    text = (DOCS / "theory.md").read_text(encoding="utf-8")
    files = {path.stem for path in (ROOT / "model" / "theory").glob("[a-z]*.py")}
    assert files <= {*re.findall(r'<a id="(\w+)"></a>', text)}
    assert files <= {*verification.NAMES}


# Incentives


@every_incentive
def test_an_incentive_has_a_page_with_figure_keys_and_members(name):
    text = (DOCS / "incentives" / f"{name}.md").read_text(encoding="utf-8")
    assert f"(figures/{name}.png)" in text
    assert "**Source.**" in text
    assert "**Prediction.**" in text
    for member in members(name):
        assert f"`{name}={member}`" in text
    assert f"(../../model/incentives/{name}.py)" in text


@every_incentive
def test_what_a_page_computes_by_hand_comes_out(name):
    page = DOCS / "incentives" / f"{name}.md"
    assert run_examples(page) > 3


def test_the_page_of_all_incentives_computes_one_by_hand():
    assert run_examples(DOCS / "incentives" / "index.md") > 3


def run_examples(page):
    """Run the examples of a page; how many there were."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```pycon\n(.*?)^```", text, re.DOTALL | re.M))
    examples = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    said = []
    result = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert result.failed == 0, "".join(said)
    return result.attempted


# The site


def test_every_page_is_in_the_navigation():
    listed = set(site.pages(site.navigation(site.config(), DOCS)))
    assert {path.relative_to(DOCS).as_posix() for path in PAGES} <= listed


def test_a_page_that_is_not_there_cannot_be_in_the_navigation():
    with pytest.raises(SystemExit, match=r"gone\.md"):
        site.navigation({"nav": [{"Gone": "gone.md"}]}, DOCS)


@pytest.fixture
def tree(tmp_path):
    """A small repository with a document that links a rule."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "work.py").write_text(
        '"""Work.\n\nIn two parts.\n"""\n\nLIMIT = 3\n\n\ndef gain(x):\n    return x\n'
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(
        "# Start\n\n[`gain`](../model/work.py) and [`LIMIT`](../model/work.py), "
        "[all](../model) and [far](https://example.org/a).\n\n"
        "```text\n[`gain`](../model/work.py)\n```\n"
    )
    return tmp_path


def test_links_to_code_lead_to_the_function_on_the_site(tree):
    site.stage(tree, tree / "pages")
    text = (tree / "pages" / "index.md").read_text(encoding="utf-8")
    assert "[`gain`](code/model/work.py.md#gain)" in text
    assert "[`LIMIT`](code/model/work.py.md)" in text
    assert "[all](code/model/index.md)" in text
    assert "[far](https://example.org/a)" in text
    assert "```text\n[`gain`](../model/work.py)\n```" in text
    code = (tree / "pages" / "code" / "model" / "work.py.md").read_text()
    assert re.search(r'<a id="gain"></a>\n\n## `gain`\n\n```', code)
    assert 'linenums="8"' in code or 'linenums="9"' in code


def test_a_link_to_nothing_stops_the_site(tree):
    page = tree / "docs" / "index.md"
    page.write_text("[lost](../model/gone.py)\n")
    with pytest.raises(SystemExit, match=r"index\.md.*model/gone\.py"):
        site.stage(tree, tree / "pages")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="gone.html">x</a>', "gone.html"),
        ('<a href="#nowhere">x</a>', "#nowhere"),
        ('<a href="other.html#nowhere">x</a>', "other.html#nowhere"),
        ('<img src="gone.png">', "gone.png"),
        ('<img src="https://example.org/a.png">', "https://example.org/a.png"),
        ('<script src="https://example.org/a.js"></script>', "a.js"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "a.css"),
        ('<a href="http:/example">x</a>', "http:/example"),
    ],
)
def test_the_check_of_the_site_finds(tmp_path, body, said):
    (tmp_path / "other.html").write_text('<h1 id="there">Other</h1>')
    page = tmp_path / "index.html"
    page.write_text(f"<p>{body}</p>")
    assert any(said in fault for fault in site.faults(tmp_path))
    page.write_text('<a href="other.html#there">x</a><a href="https://a.org">y</a>')
    assert site.faults(tmp_path) == []


def test_a_stylesheet_that_loads_from_elsewhere_is_found(tmp_path):
    (tmp_path / "a.css").write_text("body { background: url(https://example.org/a) }")
    assert any("a.css" in fault for fault in site.faults(tmp_path))


def test_the_configuration_asks_nothing_of_the_network():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config["theme"]["font"] is False
    assert site.config() == config


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("zensical", path=str(Path(sys.executable).parent)) is None,
    reason="the tools of the site are not installed: pip install -e '.[docs]'",
)
def test_the_site_is_built_without_a_warning(tmp_path):
    assert site.main([str(tmp_path)]) == 0
    assert (tmp_path / "site" / "ODD.html").exists()
