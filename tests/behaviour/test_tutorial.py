"""The tutorial and the notebooks do what they say."""

import re
import runpy
import shlex
from pathlib import Path

import jupytext
import nbclient
import pytest

from experiments.__main__ import main
from model.scenario import INCENTIVES

ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
QUICK = {"study=run": ["study.replicates=2"], "study=compare": ["study.replicates=2"]}
"""Fewer replicates and worlds than the tutorial says."""
QUICK["study=compare"] += ["study.worlds=2"]

every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS]
)


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)


def commands():
    """Every command of the tutorial as arguments, ``$small`` filled in."""
    lines = "".join(blocks("sh")).replace("\\\n", " ").splitlines()
    (small,) = (line[7:-1] for line in lines if line.startswith("small="))
    said = [shlex.split(line.replace("$small", small)) for line in lines]
    return [words[1:] for words in said if words[:1] == ["tokenmaxxing"]]


COMMANDS = commands()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder with the scheme of the tutorial in it."""
    (ours, _with_groups) = blocks("yaml")
    (tmp_path / "ours.yaml").write_text(ours, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    return tmp_path


def test_the_tutorial_goes_from_one_half_day_to_an_own_scheme():
    studies = [arguments[0] for arguments in COMMANDS]
    assert studies == [f"study={name}" for name in (
        "one", "check", "run", "parameters", "run", "compare", "check", "compare"
    )]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_of_the_tutorial_runs(arguments, folder, capsys):
    main([*arguments, *QUICK.get(arguments[0], [])])
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) > 10
    if "replicates" in " ".join(arguments):
        assert list(folder.glob("outputs/*/runs.parquet"))


def test_the_tutorial_tells_what_the_ledger_shows(folder, capsys):
    main(COMMANDS[0])
    shown = capsys.readouterr().out
    morning = shown[shown.index("Wed am") : shown.index("Wed pm")]
    assert re.search(r"> padding", morning)
    head = shown[: shown.index("Mon am")].splitlines()[-1]
    end = head.index("quota") + len("quota")
    rest = shown[shown.index("Thu pm") : shown.index("The week:")].splitlines()
    assert [line[end - 6 : end].strip() for line in rest] == [""] * len(rest)
    [padding] = [line for line in morning.splitlines() if "padding" in line]
    assert re.search(r"\d", padding[end - 6 : end])


def test_the_python_of_the_tutorial_runs(folder, capsys):
    names = {}
    for block in blocks("python"):
        exec(compile(block, "tutorial.md", "exec"), names)
    assert names["run"].weeks["output"].shape == (26,)
    assert names["organisation"].week == 12
    assert "Employee 37, week 11, half-day 2" in capsys.readouterr().out


def test_links_of_the_documents_lead_somewhere():
    for text in (TUTORIAL, GLOSSARY):
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / "docs" / link).exists(), link


def test_the_glossary_knows_the_words_of_the_tutorial():
    explained = set(re.findall(r"\*\*([^*]+)\*\*", GLOSSARY))
    explained |= set(re.findall(r"(?<!\*)\*(\w[^*]*)\*(?!\*)", GLOSSARY))
    used = set(re.findall(r"(?<!\*)\*(\w[^*]*)\*(?!\*)", TUTORIAL)) - {"italics"}
    assert used
    for word in used:
        assert word in explained or word.rstrip("s") in explained, word


def test_the_glossary_has_each_word_once():
    words = [
        word
        for line in re.findall(r"^- (\*\*.*?):", GLOSSARY, re.MULTILINE)
        for word in re.findall(r"\*\*([^*]+)\*\*", line)
    ]
    assert len(words) == len(set(words))
    assert len(words) > len(INCENTIVES)


# Notebooks


@every_notebook
def test_a_notebook_is_in_step_with_its_twin(path):
    """Built by ``jupytext --to ipynb notebooks/*.py``."""
    twin, notebook = (jupytext.read(p) for p in (path, path.with_suffix(".ipynb")))
    assert [(cell.cell_type, cell.source) for cell in twin.cells] == [
        (cell.cell_type, cell.source) for cell in notebook.cells
    ]
    for cell in notebook.cells:
        assert not cell.get("outputs"), "outputs are not kept"


@every_notebook
def test_a_notebook_defines_nothing_and_has_an_exercise(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(def|class|lambda)\b", text, re.MULTILINE)
    assert "# ## Exercise: change one line, predict, run" in text


@every_notebook
def test_a_notebook_runs_as_a_script(path, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(path))


@pytest.mark.slow
@every_notebook
def test_a_notebook_runs_and_shows_a_chart(path, tmp_path):
    notebook = jupytext.read(path.with_suffix(".ipynb"))
    resources = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=resources).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not any(output.output_type == "error" for output in outputs)
