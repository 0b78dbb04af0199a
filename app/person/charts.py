"""Charts of one employee: their half-days, and the payoffs of one half-day."""

from app.activities import ACTIVITIES, KINDS, told
from app.charts import Option, Theme, axis, base, significant
from app.person.life import Life
from app.person.words import chance_in_words, term_name
from model.explanation import OWN_TERMS, Explanation

HALF_DAYS = (
    "Mon am",
    "Mon pm",
    "Tue am",
    "Tue pm",
    "Wed am",
    "Wed pm",
    "Thu am",
    "Thu pm",
    "Fri am",
    "Fri pm",
)
COLOURS = {
    "own_value": "#44aa99",
    "reluctance": "#999933",
    "conscience": "#882255",
    "bonus": "#e69f00",
    "review": "#cc79a7",
    "review_output": "#117733",
    "leaderboard": "#d55e00",
    "top_board": "#ddcc77",
    "quota": "#6a51a3",
    "participation": "#56b4e9",
    "audit": "#b22222",
    "budget": "#8c6d31",
    "dismissal": "#332288",
}
"""Colours of the payoff terms."""
NAMES = {
    "manual": "by hand",
    "genuine": "with AI",
    "trivial": "AI on a chore",
    "padding": "padding",
}
"""Short names of the activities."""
GREY = "#7b8794"
"""Colour of a term that has none."""


def strip(life: Life, week: int, half_day: int, dark: bool) -> Option:
    """Draw what each half-day of the run was spent on, with a column for each week."""
    theme = Theme.of(dark)
    totals = life.counts().sum(axis=0)
    listed = told(dict(zip(KINDS, totals.tolist(), strict=True)), str)
    option = base(dark, f"Half-days of {len(life.kinds)} weeks: {listed}.")
    option["tooltip"] = {"trigger": "item", "confine": True}
    option["grid"] |= {"left": 8, "right": 8, "top": 8}
    option["xAxis"] = axis(
        dark, type="category", data=[*range(len(life.kinds))], splitLine={"show": False}
    )
    option["yAxis"] = axis(dark, type="category", data=[*HALF_DAYS], inverse=True)
    option["series"] = [
        {
            "type": "heatmap",
            "cursor": "pointer",
            "data": [
                {
                    "value": [w, h, int(kind)],
                    "itemStyle": {"color": ACTIVITIES[KINDS[kind]].colour},
                }
                for w, kinds in enumerate(life.kinds.tolist())
                for h, kind in enumerate(kinds)
            ],
            "tooltip": {"formatter": "week {b}"},
            "progressive": 0,
        },
        {
            "type": "scatter",
            "silent": True,
            "symbol": "diamond",
            "symbolSize": 11,
            "data": [[week, half_day]],
            "itemStyle": {"color": theme.ink, "borderColor": "#fff", "borderWidth": 1},
        },
    ]
    # A heat map must map its values; the colours of the cells above win.
    option["visualMap"] = {
        "show": False,
        "type": "piecewise",
        "seriesIndex": 0,
        "dimension": 2,
        "pieces": [
            {"value": k, "color": ACTIVITIES[kind].colour}
            for k, kind in enumerate(KINDS)
        ],
    }
    return option


def weekly(life: Life, week: int, dark: bool) -> Option:
    """Draw the half-days of each week by activity, stacked."""
    theme = Theme.of(dark)
    counts = life.counts()
    option = base(dark, f"Half-days by week, of ten, over {len(counts)} weeks.")
    option["xAxis"] = axis(dark, type="category", data=[*range(len(counts))])
    option["yAxis"] = axis(dark, type="value", max=10, interval=5)
    option["series"] = [
        {
            "type": "bar",
            "stack": "half-days",
            "name": ACTIVITIES[kind].name,
            "barCategoryGap": "8%",
            "cursor": "pointer",
            "itemStyle": {"color": ACTIVITIES[kind].colour},
            "data": counts[:, k].tolist(),
        }
        for k, kind in enumerate(KINDS)
    ]
    option["series"][0]["markLine"] = {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "label": {"show": False},
        "lineStyle": {"color": theme.ink, "type": "solid", "width": 1.5},
        "data": [{"xAxis": week}],
    }
    return option


def payoffs(explanation: Explanation, dark: bool) -> Option:
    """Draw the payoff of each activity over manual work, term by term [half-days]."""
    theme = Theme.of(dark)
    activities = explanation.open_to
    over = {
        name: [term[a] - term["manual"] for a in activities]
        for name, term in explanation.terms.items()
    }
    totals = [sum(values) for values in zip(*over.values(), strict=True)]
    chances = [chance_in_words(explanation.probabilities[a]) for a in activities]
    listed = "; ".join(
        f"{NAMES[a]} {total:+.2f}, chance {chance}"
        for a, total, chance in zip(activities, totals, chances, strict=True)
    )
    option = base(dark, f"Worth over working by hand, in half-days: {listed}.")
    option["tooltip"] |= {"trigger": "item", "formatter": "{a}: {c}"}
    option["legend"] = {
        "show": True,
        "type": "plain",
        "bottom": 0,
        "itemWidth": 14,
        "textStyle": {"color": theme.ink},
    }
    # Room for a legend of as many lines as it has on a phone.
    option["grid"] |= {"bottom": 158, "top": 10}
    option["xAxis"] = axis(dark, type="value", splitNumber=4)
    option["yAxis"] = axis(
        dark,
        type="category",
        inverse=True,
        data=[f"{NAMES[a]}\n{c}" for a, c in zip(activities, chances, strict=True)],
        axisTick={"show": False},
    )
    option["yAxis"]["axisLabel"] |= {"color": theme.ink, "lineHeight": 15}
    option["yAxis"]["axisLine"] = {"show": False}
    option["series"] = [
        {
            "type": "bar",
            "stack": "terms",
            "name": term_name(name),
            "barMaxWidth": 34,
            "itemStyle": {"color": COLOURS.get(name, GREY)},
            "data": [significant(value, 3) for value in values],
        }
        for name, values in over.items()
        if any(values) or name not in OWN_TERMS
    ]
    option["series"].append(
        {
            "type": "scatter",
            "name": "sum",
            "symbol": "diamond",
            "symbolSize": 13,
            "itemStyle": {"color": theme.ink},
            "z": 5,
            "data": [[significant(t, 3), k] for k, t in enumerate(totals)],
        }
    )
    return option
