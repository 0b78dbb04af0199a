import warnings
from importlib.util import find_spec

import pytest

from model import simulate

if find_spec("altair") is None:
    pytest.skip(
        "mesa.visualization needs Altair: pip install -e '.[mesa]'",
        allow_module_level=True,
    )

with warnings.catch_warnings():
    # Solara warns of the order of hooks in Mesa's own components.
    warnings.simplefilter("ignore")
    from app.mesa_view import DID, MOST, Shown, did, parameters, picture, places


def test_its_numbers_are_those_of_simulate():
    model = Shown("monthly_minimum", 40, 3)
    for _ in range(4):
        model.step()
    found = model.datacollector.get_model_vars_dataframe()["output"]
    expected = simulate(model.simulation.scenario, 3).weeks["output"][:4]
    assert found.tolist() == expected.tolist()


def test_a_reset_makes_what_the_controls_say():
    values = {name: options["value"] for name, options in parameters().items()}
    model = Shown(**values)
    assert len(model.simulation.staff) == values["employees"]


def test_a_browser_cannot_ask_for_more_people_than_the_slider():
    assert len(Shown(employees=10**9).simulation.staff) == MOST


def test_a_browser_cannot_name_what_is_not_shipped():
    with pytest.raises(KeyError):
        Shown("voluntary +hydra.run.dir=/tmp")


def test_nobody_stands_on_another():
    x, y = places(203, 8)
    assert len({*zip(x.tolist(), y.tolist(), strict=True)}) == 203


def test_everybody_is_drawn_in_the_colour_of_what_they_did():
    model = Shown(employees=60)
    model.step()
    found = did(model)
    [axes] = picture(model).axes
    drawn = [len(points.get_offsets()) for points in axes.collections]
    assert drawn == [int((found == number).sum()) for number in range(len(DID))]
    assert sum(drawn) == 60
