"""Paths of a person: what they mean, and what is said if they mean nothing."""

import os
from pathlib import Path

import pytest

from experiments.config.paths import expanded, paths
from experiments.errors import UserError

NOBODY = "~nobody_is_called_this"


def test_a_home_folder_is_filled_in(monkeypatch):
    monkeypatch.setenv("HOME", "/somewhere")
    assert expanded("~/a.csv", "data=") == Path("/somewhere/a.csv")
    assert paths(["out='~/a b'"]) == {"out": Path("/somewhere/a b")}


@pytest.mark.parametrize("text", ["a~b", "./~nobody", "a/~nobody", "ä b", "-"])
def test_other_names_stand_as_they_are(text):
    assert expanded(text, "data=") == Path(text)


@pytest.mark.parametrize("key", ["out", "data", "path"])
def test_an_unknown_home_is_named(key):
    with pytest.raises(UserError, match=f"^{key}={NOBODY}/x: there is no home folder"):
        paths([f"{key}={NOBODY}/x"])


def test_a_home_that_nobody_knows_is_named(monkeypatch):
    monkeypatch.setattr(os.path, "expanduser", lambda text: text)  # as without HOME
    with pytest.raises(UserError, match=r"^out=~/x: there is no home folder ~ on"):
        expanded("~/x", "out=")


@pytest.mark.parametrize(
    ("text", "said"),
    [(300 * "x", "file name too long"), ("a\0b", "no zero bytes")],
)
def test_what_the_system_cannot_look_at_is_named(text, said):
    with pytest.raises(UserError, match=said):
        expanded(text, "study.table=")


def test_a_closed_folder_is_named(monkeypatch):
    def closed(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", closed)
    with pytest.raises(UserError, match=r"^data=closed/x\.csv: permission denied\.$"):
        expanded("closed/x.csv", "data=")
