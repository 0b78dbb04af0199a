"""Charts of who gains and who loses: a dot a person, a bar a group."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.charts import Option, Theme, base, set_rows, significant
from app.people import MUCH, Fates, Spread, Staff
from experiments.words.groups import EVERYBODY, Group, short

NAMES = (
    f"loses more than {MUCH:g} %",
    "loses less",
    "the same",
    "gains less",
    f"gains more than {MUCH:g} %",
)
COLOURS = ("#d55e00", "#f2b28a", "#9aa5b1", "#7fc4ec", "#0072b2")
"""Names and colours of the parts of a spread."""
GOLDEN = 0.6180339887
"""Multiples of it, without their whole part, fill a row evenly."""
FILLED = 0.7
"""Part of a row that dots fill."""
ROOM = 0.1
"""Share from which its number has room in a bar."""


def rows_of(fates: Fates, kind: str) -> list[Group]:
    """List everybody, then the groups of a kind."""
    found = dict.fromkeys(group for group, _ in fates.spreads)
    return [EVERYBODY, *(g for g in found if g.kind == kind and g != EVERYBODY)]


def names_of(rows: Sequence[Group]) -> list[str]:
    """Name groups below everybody."""
    return [short(group) for group in rows]


def height(rows: Sequence[Group]) -> int:
    """Return the height of a chart with such rows, in pixels."""
    return 80 + 52 * len(rows)


def dots(staff: Staff, rows: Sequence[Group], outcome: str, dark: bool) -> Option:
    """Draw everybody's change of an outcome in % of a week, a row a group.

    The third value of a dot is the number of the person.
    """
    moves = staff.moves[outcome]
    theme = Theme.of(dark)
    there = [group for group in rows if group in staff.groups]
    medians = {g: float(np.median(moves[staff.groups[g]])) for g in there}
    listed = "; ".join(f"{short(g)} {x:+.2g} %" for g, x in medians.items())
    option = base(
        dark,
        f"Change of {outcome}, a dot for each of {len(moves)} people, in % of a week. "
        f"Medians: {listed}.",
    )
    low, high = float(min(moves.min(), -MUCH)), float(max(moves.max(), MUCH))
    room = 0.05 * (high - low)
    set_rows(option, names_of(there), low - room, high + room, dark)
    option["xAxis"] |= {"axisLine": {"show": False}}
    option["xAxis"]["axisLabel"] |= {"showMinLabel": False, "showMaxLabel": False}
    names = option["yAxis"]
    option["yAxis"] = [names, _heights(len(there))]
    option["series"] = [
        {
            "type": "scatter",
            "name": name,
            "yAxisIndex": 1,
            "symbolSize": 6,
            "itemStyle": {"color": colour, "opacity": 0.75},
            "data": data,
            "emphasis": {
                "label": {
                    "show": True,
                    "position": "top",
                    "color": theme.ink,
                    "formatter": "person {@[2]}: {@[0]} %",
                }
            },
        }
        for name, colour, data in zip(
            NAMES, COLOURS, _places(staff, there, outcome), strict=True
        )
    ]
    option["series"].append(
        {
            "type": "scatter",
            "yAxisIndex": 1,
            "silent": True,
            "symbol": "rect",
            "symbolSize": [3, 30],
            "itemStyle": {"color": theme.ink},
            "data": [
                [significant(x, 3), row + 0.5] for row, x in enumerate(medians.values())
            ],
            "markLine": {
                "symbol": "none",
                "label": {"show": False},
                "lineStyle": {"color": theme.faint, "type": "solid"},
                "data": [{"xAxis": 0}],
            },
        }
    )
    return option


def _heights(rows: int) -> Option:
    """Return the axis on which dots lie beside each other in their row."""
    return {"type": "value", "min": 0, "max": rows, "inverse": True, "show": False}


def _places(
    staff: Staff, rows: Sequence[Group], outcome: str
) -> list[list[list[float]]]:
    """Return the dots of each part of a spread: change, height, person."""
    moves = staff.moves[outcome]
    parts: list[list[list[float]]] = [[] for _ in NAMES]
    for row, group in enumerate(rows):
        for k in np.flatnonzero(staff.groups[group]).tolist():
            slot, move = int(staff.slots[k]), float(moves[k])
            beside = FILLED * (slot * GOLDEN % 1.0 - 0.5)
            place = [significant(move, 3), round(row + 0.5 + beside, 3), slot]
            parts[part_of(move)].append(place)
    return parts


def part_of(move: float) -> int:
    """Return in which part of a spread a change in % of a week is."""
    if move == 0.0:
        return 2
    much = abs(move) > MUCH
    return (0 if much else 1) if move < 0.0 else (4 if much else 3)


def shares(
    spreads: Mapping[tuple[Group, str], Spread],
    rows: Sequence[Group],
    outcome: str,
    dark: bool,
) -> Option:
    """Draw how many of each group lose and gain, a bar a group, in %."""
    found = [spreads[group, outcome] for group in rows]
    listed = "; ".join(
        f"{short(group)}: {100 * of.loses_much:.0f} % lose more than {MUCH:g} %, "
        f"{100 * of.gains_much:.0f} % gain more"
        for group, of in zip(rows, found, strict=True)
    )
    option = base(dark, f"Change of {outcome} by group. {listed}.")
    set_rows(option, names_of(rows), 0.0, 100.0, dark)
    option["tooltip"] = {"trigger": "item", "formatter": "{b}, {a}: {c} %"}
    option["legend"] = {
        "show": True,
        "bottom": 0,
        "itemGap": 8,
        "textStyle": {"color": Theme.of(dark).ink},
    }
    option["grid"] |= {"bottom": 56}
    option["series"] = [
        {
            "type": "bar",
            "stack": "people",
            "name": name,
            "barMaxWidth": 26,
            "itemStyle": {"color": colour},
            "data": [_labelled(of[k]) for of in found],
        }
        for k, (name, colour) in enumerate(zip(NAMES, COLOURS, strict=True))
    ]
    return option


def _labelled(share: float) -> Option:
    """Return a part of a bar, with its number where there is room."""
    return {
        "value": significant(100.0 * share, 3),
        "label": {
            "show": share >= ROOM,
            "formatter": f"{100 * share:.0f}",
            "color": "#1f2933",
        },
    }
