"""Mesa's own front end for the model: ``solara run app/mesa_view.py``.

People who know Mesa find what they know: play, step and reset, a picture of all teams,
reported usage and output as Mesa draws them. It needs ``mesa.visualization`` with
Altair (the extra ``mesa``). The studio shows more.
"""

from math import ceil

import numpy as np
import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from experiments.config.catalogue import members
from experiments.config.varied import varied
from experiments.designs.pair import named
from experiments.figures.style import GENUINE, INK, MANUAL, PADDING, TRIVIAL
from model import Organisation
from model.workforce import Floats, Ints

SCHEME, EMPLOYEES, SEED = "monthly_minimum", 200, 1
MOST = 1_000
"""Employees: more could not be told apart in the picture."""
DID = (
    ("worked by hand all week", MANUAL),
    ("used AI on core work", GENUINE),
    ("used it trivially alone", TRIVIAL),
    ("padded at least once", PADDING),
)
"""What people did in a week, with colours; ``did`` returns indices of this."""


class Shown(Organisation):
    """An organisation that Mesa's controls can make, by the name of its scheme."""

    def __init__(
        self, scheme: str = SCHEME, employees: int = EMPLOYEES, seed: int = SEED
    ) -> None:
        # A browser can send any number, whatever the slider allows.
        size = {"organisation.employees": min(employees, MOST)}
        super().__init__(varied(named()[scheme], size), seed)


def did(model: Organisation) -> Ints:
    """Return what everybody did in the latest week, (n,), as indices of ``DID``."""
    staff = model.simulation.staff
    chores = np.where(staff["trivial"] > 0, 2, 0)
    used_ai = np.where(staff["genuine"] > 0, 1, chores)
    return np.where(staff["padding"] > 0, 3, used_ai)


def places(employees: int, team_size: int) -> tuple[Floats, Floats]:
    """Return where people stand, x and y, (n,) each: four blocks of teams to three."""
    row = np.arange(employees)
    team, mate = np.divmod(row, team_size)
    side = ceil(team_size**0.5)
    teams_across = max(1, ceil((4 / 3 * ceil(employees / team_size)) ** 0.5))
    across, down = team % teams_across, team // teams_across
    block = side + 1.5
    return across * block + mate % side, -(down * block + mate // side)


def picture(model: Organisation) -> Figure:
    """Draw everybody in their teams, coloured by what they did in the latest week."""
    size = model.simulation.scenario.organisation
    x, y = places(size.employees, size.team_size)
    figure = Figure(figsize=(6.4, 5.2))
    axes = figure.add_subplot()
    what = did(model)
    for number, (words, colour) in enumerate(DID):
        chosen = what == number
        axes.scatter(
            x[chosen], y[chosen], s=14, color=colour, label=f"{words} ({chosen.sum()})"
        )
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(f"Week {model.week}: each block is a team", color=INK, loc="left")
    figure.legend(loc="lower center", ncols=2, frameon=False, fontsize=8)
    return figure


@solara.component
def Teams(model: Organisation) -> None:
    """Show the picture, drawn again after every step."""
    update_counter.get()
    solara.FigureMatplotlib(picture(model), format="png", bbox_inches="tight")


def parameters() -> dict[str, dict[str, object]]:
    """Return the controls for Mesa; a reset makes an organisation with their values."""

    def slider(
        label: str, value: int, low: int, high: int, step: int
    ) -> dict[str, object]:
        return {
            "type": "SliderInt",
            "label": label,
            "value": value,
            "min": low,
            "max": high,
            "step": step,
        }

    return {
        "scheme": {
            "type": "Select",
            "label": "scheme",
            "value": SCHEME,
            "values": [*members("scheme")],
        },
        "employees": slider("employees", EMPLOYEES, 20, MOST, 20),
        "seed": slider("seed", SEED, 0, 100, 1),
    }


@solara.component
def Page() -> None:
    """Show Mesa's page with an organisation that only this visitor plays."""
    model = solara.use_memo(Shown, [])
    SolaraViz(
        model,
        components=[
            (Teams, 0),
            make_plot_component({"reported_tokens": PADDING}),
            make_plot_component({"output": GENUINE}),
        ],
        model_params=parameters(),
        name="tokenmaxxing organisation",
    )
