"""What the files of the repository promise."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEMES = sorted((ROOT / "configs" / "scheme").glob("*.yaml"))
PERSONAL = re.compile(r"(?<![\w.~-])/(root|home|work|Users|tmp)/\w")


def text_files():
    """Text files that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes()[:4096]:
            yield name, path.read_text(encoding="utf-8")


def test_constraints_hold_versions_and_no_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert len(lines) > 50
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.!+-]+( ; .+)?", line)
        assert "://" not in line


def test_no_file_holds_a_path_of_somebodys_machine():
    for name, text in text_files():
        found = PERSONAL.search(text)
        assert found is None, f"{name} holds {found and found.group()}"
        assert str(ROOT) not in text, name


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_scheme_says_where_it_comes_from(path):
    comments = [line for line in path.read_text().splitlines() if line[:1] == "#"]
    assert comments[0] == "# @package _global_"
    assert any(line.startswith("# Source: ") for line in comments)
    assert any(line.startswith("# Assumption") for line in comments)


@pytest.mark.parametrize("path", sorted((ROOT / "configs").rglob("*.yaml")), ids=str)
def test_every_config_begins_with_what_it_is(path):
    assert path.read_text().startswith("# ")


def test_locks_that_record_hosts_are_ignored():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"uv.lock", "pylock*.toml", "outputs/", ".venv*/"} <= set(ignored)


def opened_as_text(path):
    """Calls in a source file that read or write text in the encoding of the machine."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        given = {key.arg for key in node.keywords}
        if called.endswith((".read_text", ".write_text")):
            may_be_encoding = node.args[called.endswith(".write_text") :]
        elif called in ("open", "os.fdopen"):
            modes = [ast.unparse(argument) for argument in node.args[1:2]]
            may_be_encoding = ["b" in mode for mode in modes if "b" in mode]
        else:
            continue
        if not may_be_encoding and "encoding" not in given:
            yield f"{path}, line {node.lineno}: {called}"


def test_no_file_is_read_in_the_encoding_of_the_machine():
    folders = ("model", "experiments", "app")
    sources = [path for name in folders for path in (ROOT / name).rglob("*.py")]
    assert not [call for path in sources for call in opened_as_text(path)]


@pytest.mark.parametrize(
    ("line", "careless"),
    [
        ("path.read_text()", True),
        ("path.read_text(encoding='utf-8')", False),
        ("path.write_text(text)", True),
        ("path.write_text(text, encoding='utf-8')", False),
        ("open(path)", True),
        ("open(path, 'w')", True),
        ("open(path, 'rb')", False),
    ],
)
def test_what_depends_on_the_encoding_of_the_machine_is_found(line, careless, tmp_path):
    (tmp_path / "source.py").write_text(line, encoding="utf-8")
    assert bool([*opened_as_text(tmp_path / "source.py")]) == careless
