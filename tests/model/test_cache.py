"""Machine code is never older than the sources that it was made of."""

import ast
import shutil
from pathlib import Path

import pytest

from model import compiled

ROOT = Path(__file__).parents[2]
PROGRAM = """
from pathlib import Path
import model
from model import Bonus, Scenario, Workplace, simulate
assert Path(model.__file__).resolve().parent.parent == Path.cwd().resolve()
size = Workplace(employees=30)
run = simulate(Scenario(organisation=size, bonus=Bonus(rate=1.0), weeks=26))
print(repr(float(run.weeks["reported_tokens"].sum())))
"""
RULE = "return outlook.discount * bonus.rate * outlook.score"
MEAN = "week.genuine_tokens = sums.genuine_tokens / n"


@pytest.fixture
def simulated(python):
    """Runs a model: ``simulated(folder)`` gives its reported tokens and what it said.

    Its process sees only the model in the folder, which holds its cache, too.
    """

    def run(folder):
        cache = str(folder / "cache")
        places = {"folder": folder, "XDG_CACHE_HOME": cache}
        output, messages = python(PROGRAM, quickly=True, **places)
        return float(output), messages

    return run


def kept(folder):
    """Files of machine code, each with the time when it was written."""
    cache = folder / "cache" / "tokenmaxxing"
    return {path: path.stat().st_mtime_ns for path in cache.rglob("*.nbc")}


@pytest.fixture
def copy(tmp_path):
    """A folder with a copy of the model, and a cache of its own."""
    leave_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "model", tmp_path / "model", ignore=leave_out)
    return tmp_path


@pytest.mark.long
def test_an_edit_compiles_what_it_reaches_and_nothing_else(copy, simulated):
    before, messages = simulated(copy)
    assert messages.count("Compiling the model") == 1
    first = kept(copy)
    assert simulated(copy) == (before, "")
    assert kept(copy) == first

    outcomes = copy / "model" / "outcomes.py"
    text = outcomes.read_text()
    assert text.count(MEAN) == 1
    outcomes.write_text(text.replace(MEAN, f"{MEAN} * 2.0"))
    assert simulated(copy)[0] == before  # of genuine tokens only
    added = kept(copy).keys() - first.keys()
    reached = {"outcomes", "week_end", "dismissing"}
    assert {path.name.partition(".")[0] for path in added} == reached

    bonus = copy / "model" / "incentives" / "bonus.py"
    text = bonus.read_text()
    assert text.count(RULE) == 1
    bonus.write_text(text.replace(RULE, RULE + " * 2.0"))
    after, messages = simulated(copy)
    assert after > before * 1.05
    assert messages.count("Compiling the model") == 1


def syntax_imports(path):
    """Modules of the model that a file imports from, by its syntax tree."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("model"))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("model"):
            for alias in node.names:
                inner = compiled.file_of(f"{node.module}.{alias.name}")
                whole = (
                    f"{node.module}.{alias.name}" if inner.is_file() else node.module
                )
                yield whole


@pytest.mark.parametrize(
    "path",
    [p for p in sorted((ROOT / "model").rglob("*.py")) if "theory" not in p.parts],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_imports_read_off_the_text_are_those_of_the_syntax_tree(path):
    from_text = {*compiled._imports(path)}
    assert from_text == {compiled.file_of(name) for name in syntax_imports(path)}


def test_the_half_days_do_not_hang_on_what_follows_them():
    half_days = {path.stem for path in compiled.imported_by("model.week")}
    assert {"week", "block", "choice", "quota", "logit", "draws"} <= half_days
    later = {"outcomes", "settlement", "adaptation", "principal"}
    assert not half_days & later
    assert "choice" not in {p.stem for p in compiled.imported_by("model.outcomes")}
