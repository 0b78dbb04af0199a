"""Charts of *Live*: who does what, and how usage and output differ."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt

from app.activities import ACTIVITIES, KINDS, told
from app.charts import SECOND, USAGE, Option, Theme, axis, base, numbers
from app.live.run import RAISED, Change, Snapshot

APART, RING = 100.0, 36.0
"""Distance of neighbouring teams, and radius of a team."""
WIDE = 1.5
"""Columns of teams for each row of teams."""


def places(people: int, team_size: int) -> list[tuple[float, float]]:
    """Place each person (x, y): teams in rows from the left, members in a ring.

    The first member of a team is at the top of its ring.
    """
    teams = ceil(people / team_size)
    columns = ceil(sqrt(teams * WIDE))
    xy = []
    for row in range(people):
        team, number = divmod(row, team_size)
        size = min(team_size, people - team * team_size)
        angle = 2.0 * pi * number / size
        ring = RING if size > 1 else 0.0
        x = APART * (team % columns) + ring * sin(angle)
        y = APART * (team // columns) - ring * cos(angle)
        xy.append((round(x, 1), round(y, 1)))
    return xy


def network(snapshot: Snapshot, team_size: int, dark: bool) -> Option:
    """Draw everybody in their team, coloured by what they did most last week."""
    theme = Theme.of(dark)
    people = len(snapshot.half_days)
    counts = {
        kind: int((snapshot.main_kind == k).sum()) for k, kind in enumerate(KINDS)
    }
    listed = told(counts, str)
    option = base(dark, f"{people} people in teams, by what they did most: {listed}.")
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
    half_days = dict(zip(KINDS, snapshot.half_days[row].tolist(), strict=True))
    kind = KINDS[int(snapshot.main_kind[row])]
    words = ", ".join(f"{n} {ACTIVITIES[k].name}" for k, n in half_days.items() if n)
    group = f", {snapshot.groups[row]}" if snapshot.groups else ""
    return {
        "id": str(row),
        "name": f"No. {row}, team {row // team_size}{group}: {words}",
        "value": row,
        "x": place[0],
        "y": place[1],
        "itemStyle": {"color": ACTIVITIES[kind].colour},
    }


def _rings(people: int, team_size: int) -> list[Option]:
    """Return the lines between the members of each team."""
    lines = []
    for first in range(0, people, team_size):
        members = [*range(first, min(first + team_size, people))]
        if len(members) > 2:
            members.append(first)
        lines += [{"source": str(a), "target": str(b)} for a, b in pairwise(members)]
    return lines


def trend(snapshot: Snapshot, weeks: int, dark: bool) -> Option:
    """Draw reported usage above real output, with lines where something changed."""
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
        ("reported usage, M tokens", snapshot.usage, USAGE),
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
                "markLine": _marks(snapshot.changes, dark, is_named=k == 0),
            }
        )
    return option


def _marks(changes: Sequence[Change], dark: bool, *, is_named: bool) -> Option:
    """Return vertical lines at changes; of the raised targets the first has a name."""
    theme = Theme.of(dark)
    data, named = [], set()
    for change in changes:
        is_repeated = change.label.endswith(RAISED) and change.label in named
        named.add(change.label)
        label = {
            "show": is_named and not is_repeated,
            "formatter": change.label,
            "color": theme.ink,
            "position": "insideEndTop",
        }
        data.append({"xAxis": change.week, "label": label})
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"color": theme.faint, "type": "dashed"},
        "data": data,
    }
