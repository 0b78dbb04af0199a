"""The benchmark of the Mesa face measures what it says."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "mesa_face.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = spec_from_file_location("mesa_face", PATH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("row", ["plain_agents", "agents_with_state", "its_agents"])
def test_as_many_agents_are_made_as_it_says(benchmark, row):
    assert len(benchmark.ROWS[row](50)()) == 50


def test_a_column_has_a_number_for_everybody(benchmark):
    assert len(benchmark.ROWS["a_column"](50)()) == 50


def test_an_organisation_that_is_measured_has_made_no_agent(benchmark, monkeypatch):
    def refuse(model, agent):
        raise AssertionError("an agent was made")

    monkeypatch.setattr(benchmark.mesa.Model, "register_agent", refuse)
    assert benchmark.ROWS["organisation"](50)().week == 0


def test_a_row_is_measured_in_seconds_and_memory(benchmark, capsys):
    benchmark.measure("its_agents", 50)
    assert capsys.readouterr().out.count(",") == 2
