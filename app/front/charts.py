"""The map: reported usage against real output, a dot a scheme."""

from collections.abc import Mapping, Sequence
from math import ceil, floor

from app.charts import FIRST, SECOND, Option, Theme, axis, base, significant
from app.front.labels import Label, placed
from app.front.rows import Entry

QUADRANTS = (
    ("dashboard up, work up", "right", "top"),
    ("dashboard up, work down", "right", "bottom"),
    ("dashboard down, work up", "left", "top"),
    ("dashboard down, work down", "left", "bottom"),
)
"""What the corners of the map say, and where they are."""
EDGE = 50.0
"""Change of usage [%] beyond which a dot stands at the edge, with its number."""
ROOM = 0.08
"""Room beside the outermost dots, in parts of the whole."""
NARROW = 560
"""Width of a map [pixels] below which only the chosen scheme has its name."""


def span(values: Sequence[float], step: float) -> tuple[float, float]:
    """Return the ends of an axis that shows values and 0, as multiples of a step."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = ROOM * (high - low)
    return step * floor((low - room) / step), step * ceil((high + room) / step)


def map_of(entries: Mapping[str, Entry], chosen: str, dark: bool) -> Option:
    """Draw the map; the chosen scheme has a ring."""
    theme = Theme.of(dark)
    rows = {name: entry.effects for name, entry in entries.items()}
    dots = {name: (_edged(row.usage), row.output) for name, row in rows.items()}
    names = {name: _name(entry) for name, entry in entries.items()}
    spans = [
        span([dot[k] for dot in dots.values()], step)
        for k, step in ((0, 10.0), (1, 1.0))
    ]
    labels = placed(names, dots, spans)
    listed = "; ".join(
        f"{entries[name].about.title}: usage {row.usage:+.3g} %, output "
        f"{row.output:+.2g} %"
        for name, row in rows.items()
    )
    option = base(
        dark,
        f"Change of reported usage and real output against voluntary use. {listed}.",
    )
    option["tooltip"] = {"trigger": "item", "confine": True, "formatter": "{b}"}
    option["grid"] |= {"top": 20, "right": 16, "left": 30, "bottom": 28}
    for key, text, (low, high) in (
        ("xAxis", "change of reported usage, %", spans[0]),
        ("yAxis", "change of real output, %", spans[1]),
    ):
        option[key] = axis(
            dark,
            type="value",
            min=low,
            max=high,
            name=text,
            nameLocation="middle",
            nameGap=30 if key == "xAxis" else 34,
            axisLine={"onZero": True, "lineStyle": {"color": theme.faint}},
        )
    option["graphic"] = [
        {
            "type": "text",
            side: 74 if side == "left" else 22,
            end: 26 if end == "top" else 56,
            "silent": True,
            "style": {"text": text, "fill": theme.faint, "fontSize": 12},
        }
        for text, side, end in QUADRANTS
    ]
    drawn = {name: _dot(name, dots[name], names[name], labels[name]) for name in rows}
    option["series"] = [
        _series([dot for name, dot in drawn.items() if name != chosen], theme),
        _series([drawn[chosen]], theme, is_chosen=True),
        {
            "type": "scatter",
            "silent": True,
            "symbolSize": 10,
            "itemStyle": {"color": FIRST},
            "data": [{"name": "Voluntary use", "value": [0, 0]}],
        },
    ]
    unnamed = {"series": [{"label": {"show": False}}, {}, {}], "graphic": []}
    return {
        "baseOption": option,
        "media": [{"query": {"maxWidth": NARROW}, "option": unnamed}],
        "aria": option["aria"],
    }


def _edged(usage: float) -> float:
    """Return where a change of usage stands on the map."""
    return max(-EDGE, min(EDGE, usage))


def _name(entry: Entry) -> str:
    """Return the name of a dot, with its number if it stands at the edge."""
    title, usage = entry.about.title, entry.effects.usage
    return (
        title
        if _edged(usage) == usage
        else f"{title}, {usage:+.0f} % \N{RIGHTWARDS ARROW}"
    )


def _dot(scheme: str, place: tuple[float, float], name: str, label: Label) -> Option:
    return {
        "name": name,
        "value": [*(significant(x, 4) for x in place), scheme],
        "label": {"position": label.side, "offset": [0, label.down]},
    }


def _series(data: Sequence[Option], theme: Theme, *, is_chosen: bool = False) -> Option:
    ring = {"borderColor": theme.ink, "borderWidth": 3} if is_chosen else {}
    return {
        "type": "scatter",
        "cursor": "pointer",
        "symbolSize": 18 if is_chosen else 12,
        "itemStyle": {"color": SECOND, "opacity": 1, **ring},
        "label": {
            "show": True,
            "formatter": "{b}",
            "color": theme.ink,
            "fontSize": 12,
            "fontWeight": "bold" if is_chosen else "normal",
        },
        "data": [*data],
    }
