"""Standard streams that are closed, full, cut off, or that lack our signs."""

import ast
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments.streams import INSTEAD, standard_streams

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")


@pytest.fixture
def leads_to(monkeypatch):
    """Let standard output or error lead to a file, in an encoding."""

    @contextmanager
    def led(name, target, encoding="utf-8"):
        with (
            open(target, "w", encoding=encoding) as stream,
            monkeypatch.context() as patch,
        ):
            patch.setattr(sys, name, stream)
            patch.setattr(sys, f"__{name}__", stream)
            yield

    return led


@pytest.fixture
def unread():
    """The end of a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def written(leads_to, path, text, encoding):
    with leads_to("stdout", path, encoding), standard_streams():
        print(text)
    return path.read_text(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "iso8859-2", "utf-8"])
def test_no_encoding_loses_a_sign_of_a_number(leads_to, tmp_path, encoding):
    said = written(leads_to, tmp_path / "out", "−1.5 ± 0.2, 1–3 …", encoding)
    back = said
    for sign, instead in {"−": "-", "–": "-", "±": "+/-", "…": "..."}.items():
        back = back.replace(sign, instead)
    assert back == "-1.5 +/- 0.2, 1-3 ...\n"
    assert (said == "−1.5 ± 0.2, 1–3 …\n") == (encoding == "utf-8")


def test_other_signs_are_escaped_and_bytes_of_a_name_come_back(leads_to, tmp_path):
    path = tmp_path / "out"
    assert written(leads_to, path, "nö", "ascii") == "n\\xf6\n"
    with leads_to("stdout", path), standard_streams():
        print(os.fsdecode(b"caf\xe9"))
    assert path.read_bytes() == b"caf\xe9\n"


def test_a_line_of_an_unbuffered_stream_is_seen_at_once(leads_to, tmp_path):
    path = tmp_path / "out"
    with leads_to("stdout", path):
        sys.stdout.reconfigure(write_through=True)  # as python -u does
        with standard_streams():
            print("first")
            assert path.read_text("utf-8") == "first\n"


def strings(path):
    """Texts of a source file that are not documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            yield str(node.value)


def test_every_sign_of_ours_has_a_plain_form():
    sources = [*ROOT.glob("experiments/**/*.py"), *ROOT.glob("model/**/*.py")]
    signs = {sign for path in sources for text in strings(path) for sign in text}
    ours = {sign for sign in signs if not sign.isascii() and not sign.isalpha()}
    assert "−" in ours
    assert ours <= INSTEAD.keys()
    assert "".join(INSTEAD.values()).isascii()


def ending(leads_to, target, text, code=0):
    """The exit code of a command that writes a text and would end with a code."""
    with leads_to("stdout", target):
        try:
            with standard_streams():
                print(text)
                sys.exit(code)
        except SystemExit as end:
            return end.code


def test_a_reader_that_had_enough_ends_with_141_and_no_word(leads_to, unread, capfd):
    assert ending(leads_to, unread, "much") == 141
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("size", [1, 100_000], ids=["at the end", "on the way"])
@pytest.mark.skipif(not FULL.exists(), reason="no disk that is always full")
def test_a_full_disk_ends_with_2_and_a_sentence(leads_to, capfd, size):
    assert ending(leads_to, FULL, "x" * size) == 2
    said = capfd.readouterr().err
    assert said.startswith("tokenmaxxing: cannot write to standard output (no space")
    assert said.count("\n") == 1


def test_messages_that_nobody_reads_stop_nothing(leads_to, unread):
    done = []
    with leads_to("stderr", unread), standard_streams():
        for _ in range(3):
            print("message", file=sys.stderr, flush=True)
        done.append(True)
    assert done


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_closed_stream_is_a_silent_one(monkeypatch, name):
    monkeypatch.setattr(sys, name, None)
    with standard_streams():
        stream = getattr(sys, name)
        assert os.get_inheritable(stream.fileno())
        if name == "stdin":
            assert stream.read() == ""
        else:
            print("to nobody", file=stream, flush=True)
    assert getattr(sys, name) is None


def test_streams_of_a_test_or_notebook_stay(capsys):
    before = sys.stdout
    with standard_streams():
        assert sys.stdout is before
        print("−1")
    assert capsys.readouterr().out == "−1\n"
