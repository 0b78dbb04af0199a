"""Commands, manifest and container of docs/cluster.md are of things that exist."""

import fnmatch
import re
import shlex
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMMANDS = {each.name: each for each in entry_points(group="dask_cli")}
# The steps of the Dockerfile, each with its words; several COPY become one.
STEPS = dict(
    (
        step,
        " ".join(re.findall(rf"^{step} (.+)$", DOCKERFILE.replace("\\\n", ""), re.M)),
    )
    for step in ("COPY", "ENV", "RUN", "USER")
)


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def manifest():
    (text,) = blocks("yaml")
    return yaml.safe_load(text)


def containers():
    spec = manifest()["spec"]
    return {
        name: (spec[name]["spec"]["containers"][0], spec[name]["spec"])
        for name in ("scheduler", "worker")
    }


def started_by_dask():
    """Words after ``dask`` wherever the page starts something."""
    for line in "".join(blocks("console")).splitlines():
        found = re.search(
            r"(?:\bdask|\$\(which dask\)) ((?:scheduler|worker) [^\"&]*)", line
        )
        if found and "pip" not in line:
            yield shlex.split(found[1])
    for container, _ in containers().values():
        program, *words = container["args"]
        assert program == "dask"
        yield words


def test_the_page_starts_schedulers_and_workers():
    assert {words[0] for words in started_by_dask()} == {"scheduler", "worker"}
    assert len(list(started_by_dask())) >= 7


@pytest.mark.parametrize("words", list(started_by_dask()), ids=" ".join)
def test_every_command_of_dask_exists_with_its_options(words):
    name, *rest = words
    command = COMMANDS[name].load()
    known = {
        text
        for option in command.params
        for text in (*option.opts, *option.secondary_opts)
    }
    assert {word for word in rest if word.startswith("--")} <= known


def test_every_variable_of_dask_is_a_key_of_its_configuration():
    import distributed  # noqa: F401  (it declares the keys)
    from dask import config

    named = set(re.findall(r"DASK_(\w+)=", PAGE))
    assert len(named) == 3
    for name in named:
        key = name.lower().replace("__", ".").replace("ca_file", "ca-file")
        assert config.get(key, "undeclared") is None, key


@pytest.mark.parametrize("name", ["scheduler", "worker"])
def test_probes_ask_a_port_that_the_container_has(name):
    container, pod = containers()[name]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    for probe in ("livenessProbe", "readinessProbe")[: 2 if name == "scheduler" else 1]:
        asked = container[probe]["httpGet"]
        assert asked["path"] == "/health"
        assert asked["port"] in ports
    assert pod["securityContext"] == {"runAsNonRoot": True}


def test_the_image_holds_what_the_wheel_is_made_of():
    copied = {Path(word).name for word in STEPS["COPY"].split() if word != "./"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    metadata = {project["project"]["readme"], *project["project"]["license-files"]}
    assert copied == {*wheel, *metadata, "pyproject.toml", "constraints.txt"}
    assert all((ROOT / name).exists() for name in copied)


def test_the_context_of_the_image_is_what_it_copies():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in lines if line.startswith("!")}
    assert kept == {Path(word).name for word in STEPS["COPY"].split() if word != "./"}
    assert "*" in lines
    assert fnmatch.fnmatch("model/__pycache__", lines[-1])


def test_the_image_needs_neither_root_nor_a_home():
    user, _, group = STEPS["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    folder = re.search(r"mkdir -m 1777 (\S+)", STEPS["RUN"])[1]
    values = dict(word.split("=") for word in STEPS["ENV"].split())
    assert values["HOME"] == values["XDG_CACHE_HOME"] == folder


def test_the_page_names_every_key_of_the_engine():
    from experiments.config.settings import Engine

    for name in Engine.model_fields.keys() - {"kind"}:
        assert f"| `engine.{name}` |" in PAGE
