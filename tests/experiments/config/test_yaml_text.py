"""YAML as the lab reads it: nothing is taken for something else, nothing is dropped."""

import ast
import math

import pytest
from omegaconf import OmegaConf

from experiments.config import yaml_text
from experiments.config.catalogue import CONFIGS
from experiments.errors import UserError
from experiments.store.sources import ROOT

EVERY_KIND = {
    "texts": ["a", "", "null", "~", "true", "040", "1e5", "1_0", "on", "2026-02-30"],
    "more": ["a: b", "- x", "#", "é", "two\nlines", " blank ", "1:20", "{", "'", "inf"],
    "numbers": [0, -1, 1.0, 1e-05, 1e300, 0.1 + 0.2, 2**63 - 1, math.inf, math.nan],
    "words": {"yes": None, "no": True, "1": False, "null": []},
}


@pytest.mark.parametrize(
    "path", sorted(CONFIGS.rglob("*.yaml")), ids=lambda path: path.stem
)
def test_a_config_of_ours_means_to_hydra_what_it_means_to_us(path):
    ours = yaml_text.load(path.read_text(encoding="utf-8")) or {}
    assert ours == OmegaConf.to_container(OmegaConf.load(path))


def test_what_is_written_is_read_again():
    twice = [EVERY_KIND, EVERY_KIND]  # PyYAML would write an alias
    assert repr(yaml_text.load(yaml_text.dump(twice))) == repr(twice)


def test_keys_are_text():
    read = yaml_text.load("on: 1\n040: 2\n1.5: 3\nnull: 4\n<<: {a: 5}")
    assert read == {"on": 1, "040": 2, "1.5": 3, "null": 4, "<<": {"a": 5}}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key a stands in line 1 already; keep one"),
        ("a: {b: 1,\n  'b': 2}", 2, "the key b stands in line 1 already"),
        ("- {c: 1}\n- {d: 1, d: 1}", 2, "the key d stands in line 2 already"),
        ("a: 1\nb: !!int x", 2, "tags are not read"),
        ("a: ! 12", 1, "tags are not read"),
        ("a: !!timestamp 2026-02-30", 1, "tags are not read"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags are not read"),
        ("a: &x 1\nb: *x", 2, "aliases are not read"),
        ("a: &x [*x]", 1, "aliases are not read"),
        ("a: 1\n? [b]\n: 1", 2, "a key must be a word"),
        ("a: 1\nb: " + 30 * "[", 2, "20 deep at most"),
        (9000 * "- ", 1, "20 deep at most"),
        ("a: 1\nb: \x07", 2, "the character '\\x07' is not allowed"),
        ('a: 1\nb: "\\UFFFFFFFF"', 2, "no such character"),
        ('a: "\\ud800"', 1, "half a character"),
        ("%YAML " + 5000 * "9" + ".1\n---\na: 1", 1, "no such character or version"),
        ("a: 1\n---\na: 2", 2, "another document"),
        ("a: [1", 1, "expected"),
        ("a:\n\t- b", 2, "cannot start any token"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, line, said):
    with pytest.raises(UserError) as refused:
        yaml_text.load(text, "cannot read it, ")
    assert str(refused.value).startswith(f"cannot read it, line {line}: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("folder", ["model", "experiments", "app", "tools"])
def test_nothing_else_reads_yaml(folder):
    """One reader for the whole project; compose catches what Hydra meets in configs."""
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and "yaml" in [a.name for a in node.names])
        or (isinstance(node, ast.ImportFrom) and node.module == "yaml")
    ]
    known = {"experiments/config/yaml_text.py", "experiments/config/composed.py"}
    assert set(importing) == (known if folder == "experiments" else set())
