"""Maps of the sign of an effect over worlds and over structures."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from experiments.designs.design import WORLD_FACTORS
from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.sign_map import reading, sign_map
from experiments.figures.style import chart, empty
from experiments.statistics.signs import by_structure, effect_by_point, in_worlds
from experiments.words.structures import STRUCTURES, Structure


class Cases(NamedTuple):
    """Cases in which schemes are compared: worlds, or alternatives of a structure."""

    runs: Callable[[pd.DataFrame], pd.DataFrame]  # those of these cases
    heads: Callable[[pd.DataFrame], list[str]]  # a title a case, from such runs
    names: str
    where: str  # in which the baseline is the same
    alone: str  # text if only the case as given was run
    others: str


SHORT = {
    "people.belief_mean": "mean belief",
    "people.learning": "learning",
    "peers.rework_misuse": "rework",
}
"""Names of uncertainties, short enough for the side of a chart."""


@chart
def worlds(runs: pd.DataFrame, baseline: str, order: Sequence[str] = ()) -> Figure:
    """Draw the effect on real output by scheme and world, as colour and number."""
    factors = [SHORT.get(name, name.split(".")[-1]) for name in _factors(runs)]
    return _map(runs, baseline, order, WORLDS, "\n".join(["world", *factors]))


@chart
def alternatives(
    runs: pd.DataFrame, baseline: str, structure: Structure, order: Sequence[str] = ()
) -> Figure:
    """Draw the effect on real output by scheme and rule of choice, or law of rework."""
    return _map(runs, baseline, order, cases_of(structure), structure.one)


def described(runs: pd.DataFrame, baseline: str, cases: Cases) -> str:
    """Describe the map in words: in how many cases each scheme does more, or less."""
    table = effect_by_point(cases.runs(runs), baseline)
    texts = []
    for scheme, group in table.groupby("scheme", sort=False):
        up, down = (group["percent"] > 0).sum(), (group["percent"] < 0).sum()
        texts.append(f"{scheme} more in {up}, less in {down}")
    return (
        f"Grid of schemes by {cases.names} with the effect on real output in each: "
        f"{'; '.join(texts)} of {table['point'].nunique()} {cases.names}."
    )


def _map(
    runs: pd.DataFrame, baseline: str, order: Sequence[str], cases: Cases, side: str
) -> Figure:
    """Draw a map of signs; ``side`` names the lines of the titles."""
    runs = cases.runs(runs)
    table = effect_by_point(runs, baseline)
    if table.empty:
        return empty("no scheme has output that can be compared with the baseline's")
    if table["point"].nunique() == 1:
        return empty(cases.alone)
    text = reading(table, cases.where)
    if table[table["point"] > 0]["clear"].isna().all():
        text += f"{cases.others} were run once each: they have no intervals."
    shown = runs[runs["point"].isin(table["point"])]
    return sign_map(table, order, cases.heads(shown), side, text.strip())


def _factors(runs: pd.DataFrame) -> list[str]:
    return [name for name in WORLD_FACTORS if name in runs.columns]


def _world_heads(runs: pd.DataFrame) -> list[str]:
    """Write the number of each world and its levels, line by line."""
    levels = runs.drop_duplicates("point").set_index("point").sort_index()
    heads = []
    for point, row in levels.iterrows():
        values = [f"{float(row[name]):g}" for name in _factors(runs)]
        title = "as given" if point == 0 else str(point)
        heads.append("\n".join([title, *values]).replace("-", "−"))
    return heads


def _names(structure: Structure, runs: pd.DataFrame) -> list[str]:
    """Write the name of each alternative."""
    codes = runs.drop_duplicates("point").set_index("point")[structure.key]
    names = {float(code): name for code, name in structure.names.items()}
    return [
        names[code].replace(" ", "\n") + ("\n(as given)" if point == 0 else "")
        for point, code in codes.sort_index().items()
    ]


WORLDS = Cases(
    runs=in_worlds,
    heads=_world_heads,
    names="worlds",
    where="world",
    alone=(
        "only the world as given was run (study.world_replicates=0): nothing says "
        "whether the signs hold elsewhere"
    ),
    others="The eight corners",
)


def cases_of(structure: Structure) -> Cases:
    """Make the cases of a structure."""
    return Cases(
        runs=partial(by_structure, structure=structure),
        heads=partial(_names, structure),
        names=structure.many,
        where=f"organisation under the same {structure.one}",
        alone=(
            f"only one {structure.one} was run (study.structure_replicates=0): nothing "
            "says whether the signs hold under another"
        ),
        others=f"The other {structure.many}",
    )


def _draw_worlds(data: StudyData) -> Drawn:
    baseline = data.compared_with
    return Drawn(
        worlds(data.runs, baseline, data.others),
        described(data.runs, baseline, WORLDS),
    )


def _draw_alternatives(structure: Structure, data: StudyData) -> Drawn:
    baseline = data.compared_with
    return Drawn(
        alternatives(data.runs, baseline, structure, data.others),
        described(data.runs, baseline, cases_of(structure)),
    )


WORLDS_CHART = Chart(
    "worlds",
    "The sign of the effect on real output in every world",
    "worlds",
    _draw_worlds,
    of_centre=False,
)
STRUCTURE_CHARTS = tuple(
    Chart(
        structure.short,
        f"The sign of the effect on real output under every {structure.one}",
        structure.short,
        partial(_draw_alternatives, structure),
        of_centre=False,
    )
    for structure in STRUCTURES
)
"""One for each structure."""
