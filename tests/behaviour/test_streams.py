"""Commands whose standard output is cut off, full, closed, or in a small encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SWEEP = [
    *("study=sweep", "study.levers={quota.penalty: [0, 0.1]}", "study.replicates=2"),
    *("study.schemes=[monthly_minimum]", "organisation.employees=40", "weeks=26"),
]
"""A study that prints minus signs."""


def command(*words, **settings):
    return [sys.executable, "-m", "experiments", *words], {
        "env": os.environ | {"PYTHONPATH": str(ROOT)} | settings,
        "stderr": subprocess.PIPE,
    }


def ended(arguments, output, cwd):
    """Exit code and messages of a command whose output leads somewhere."""
    words, options = command(*arguments)
    done = subprocess.run(words, stdout=output, cwd=cwd, check=False, **options)
    return done.returncode, done.stderr.decode()


OUTPUTS = {
    "by rich": ["study=parameters"],
    "by print": ["--help"],
    "by Hydra": ["--cfg", "all"],
    "in a job of Hydra": ["--multirun", "study=check", "weeks=52,104"],
}
every_output = pytest.mark.parametrize("words", OUTPUTS.values(), ids=OUTPUTS)


@every_output
def test_a_reader_that_had_enough_ends_any_command_with_141(words, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert ended(words, writer, tmp_path) == (141, "")
    finally:
        os.close(writer)


@every_output
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk always full")
def test_a_full_disk_ends_any_command_with_2_and_a_sentence(words, tmp_path):
    with open("/dev/full", "wb") as full:
        code, said = ended(words, full, tmp_path)
    assert code == 2
    assert said.startswith("tokenmaxxing: cannot write to standard output")
    assert said.count("\n") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_end_no_command_and_hide_no_mistake(closed, tmp_path):
    assert ended_with(closed, ["study=check"], tmp_path) == 0
    assert ended_with(closed, ["study=check", "weeks=-3"], tmp_path) == 2


def test_a_study_needs_no_standard_stream(tmp_path):
    study = ["study=run", "out=run", "study.replicates=2", *SWEEP[4:]]
    assert ended_with("<&- >&- 2>&-", study, tmp_path) == 0
    assert (tmp_path / "run" / "report.html").exists()


def ended_with(closed, arguments, cwd):
    """Exit code of a command that a shell starts with closed streams."""
    words, options = command(*arguments)
    shell = ["sh", "-c", f'"$@" {closed}', "sh", *words]
    return subprocess.run(shell, cwd=cwd, check=False, **options).returncode


def test_a_minus_is_seen_in_any_encoding(tmp_path):
    texts = {}
    for name in ("utf-8", "ascii", "cp1252"):
        words, options = command(*SWEEP, PYTHONIOENCODING=name)
        done = subprocess.run(
            words, cwd=tmp_path, stdout=subprocess.PIPE, check=False, **options
        )
        assert done.returncode == 0, done.stderr
        texts[name] = done.stdout.decode(name).partition("monthly_minimum\n")[2]
    assert "−" in texts["utf-8"]
    for name in ("ascii", "cp1252"):
        assert "?" not in texts[name]
        assert texts[name].count("-") >= texts["utf-8"].count("−")
