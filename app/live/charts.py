"""Charts of a played organisation: who does what, and how usage and output part."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt

from app.charts import ACTIVITIES, SECOND, Option, Theme, axis, base, keyed, numbers
from app.live.run import KINDS, Change, Snapshot
from experiments.figures.style import PADDING

APART, RING = 100.0, 36.0
"""Distance of neighbouring teams, and radius of a team; lines end at whole numbers."""
WIDE = 1.5
"""Teams in a row for each row of teams."""


def places(people: int, team_size: int) -> list[tuple[float, float]]:
    """Where each person stands: teams in rows from the left, members in a ring.

    The first of a team stands on top; always the same for the same numbers.
    """
    teams = ceil(people / team_size)
    columns = ceil(sqrt(teams * WIDE))
    found = []
    for row in range(people):
        team, number = divmod(row, team_size)
        size = min(team_size, people - team * team_size)
        turn = 2.0 * pi * number / size
        ring = RING if size > 1 else 0.0
        x = APART * (team % columns) + ring * sin(turn)
        y = APART * (team // columns) - ring * cos(turn)
        found.append((round(x, 1), round(y, 1)))
    return found


def network(snapshot: Snapshot, team_size: int, dark: bool) -> Option:
    """Everybody in their team, coloured by what they did mostly in the latest week."""
    theme = Theme.of(dark)
    people = len(snapshot.did)
    counts = [int((snapshot.mostly == k).sum()) for k in range(len(KINDS))]
    said = ", ".join(
        f"{ACTIVITIES[kind][0]} {count}"
        for kind, count in zip(KINDS, counts, strict=True)
    )
    option = base(dark, f"{people} people in teams, by what they did mostly: {said}.")
    option["tooltip"] = {"trigger": "item", "confine": True, "formatter": "{b}"}
    option["series"] = [
        {
            "type": "graph",
            "layout": "none",
            # Centred without fixed sides: then a ring stays a ring.
            "left": "center",
            "top": "center",
            "zoom": 1.15,
            "cursor": "pointer",
            "symbolSize": 13 if people <= 120 else 9 if people <= 240 else 7,
            "itemStyle": {"borderColor": theme.ink, "borderWidth": 0.5},
            "lineStyle": {"color": theme.faint, "opacity": 0.4, "width": 1},
            "tooltip": {"show": True},
            "edgeLabel": {"show": False},
            "data": [
                _person(row, place, snapshot, team_size)
                for row, place in enumerate(places(people, team_size))
            ],
            "links": _rings(people, team_size),
        }
    ]
    return option


def _person(
    row: int, place: tuple[float, float], snapshot: Snapshot, team_size: int
) -> Option:
    did = dict(zip(KINDS, snapshot.did[row].tolist(), strict=True))
    kind = KINDS[int(snapshot.mostly[row])]
    words = ", ".join(f"{n} {ACTIVITIES[k][0]}" for k, n in did.items() if n)
    return {
        "id": str(row),
        "name": f"No. {row}, team {row // team_size}: {words}",
        "value": row,
        "x": place[0],
        "y": place[1],
        "itemStyle": {"color": ACTIVITIES[kind][1]},
    }


def _rings(people: int, team_size: int) -> list[Option]:
    lines = []
    for first in range(0, people, team_size):
        members = [*range(first, min(first + team_size, people))]
        if len(members) > 2:
            members.append(first)
        lines += [{"source": str(a), "target": str(b)} for a, b in pairwise(members)]
    return lines


def trend(snapshot: Snapshot, weeks: int, dark: bool) -> Option:
    """Reported usage above, real output below, and what changed in between."""
    last = ""
    if snapshot.week:
        last = (
            f" In week {snapshot.week - 1}: {snapshot.usage[-1]:.3g} M tokens and "
            f"{snapshot.output[-1]:.3g} half-days per employee."
        )
    option = base(dark, f"Reported usage and real output by week.{last}")
    option["axisPointer"] = {"link": [{"xAxisIndex": "all"}]}
    option |= {"grid": [], "xAxis": [], "yAxis": [], "series": []}
    rows = (
        ("reported usage, M tokens", snapshot.usage, PADDING),
        ("real output, half-days", snapshot.output, SECOND),
    )
    for k, (name, values, colour) in enumerate(rows):
        place = {"left": 52, "right": 18, "height": 140}
        option["grid"].append(place | {"top": 34 + 196 * k})
        option["xAxis"].append(
            axis(
                dark,
                gridIndex=k,
                type="category",
                data=[*range(weeks)],
                boundaryGap=False,
            )
        )
        option["yAxis"].append(
            axis(
                dark,
                gridIndex=k,
                type="value",
                scale=True,
                splitNumber=4,
                name=name,
                nameLocation="end",
                nameTextStyle={
                    "align": "left",
                    "color": colour,
                    "padding": [0, 0, 0, -44],
                },
            )
        )
        option["series"].append(
            {
                "type": "line",
                "name": name,
                "xAxisIndex": k,
                "yAxisIndex": k,
                "data": numbers(values),
                "symbol": "none",
                "lineStyle": {"color": colour, "width": 2},
                "itemStyle": {"color": colour},
                "markLine": marked(snapshot.events, dark, is_named=k == 0),
            }
        )
    return option


def marked(events: Sequence[Change], dark: bool, *, is_named: bool) -> Option:
    """Upright lines where something changed; of raised targets the first has a name."""
    theme = Theme.of(dark)
    data, named = [], set()
    for event in events:
        shown = is_named and not (
            event.label == "target raised" and event.label in named
        )
        named.add(event.label)
        label = {
            "show": shown,
            "formatter": event.label,
            "color": theme.ink,
            "position": "insideEndTop",
        }
        data.append({"xAxis": event.week, "label": label})
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"color": theme.faint, "type": "dashed"},
        "data": data,
    }


def key() -> str:
    """What the colours of people mean, as HTML."""
    return " &nbsp; ".join(
        keyed(colour, words) for words, colour in ACTIVITIES.values()
    )
