"""*Money* on Compare: what schemes are worth, and where their difference is from."""

from dataclasses import replace
from html import escape

import solara

from app.charts import FIRST, Option, base, set_rows, significant
from app.compare.choices import Choices
from app.compare.controls import SharedControl
from app.compare.money import (
    NET,
    Line,
    Terms,
    budget_sentence,
    changes,
    lines,
    simulated,
)
from app.compare.numbers import dollars, signed_dollars
from app.compare.state import refused
from app.comparison import Comparison
from app.components import Chart, Panel, Paragraph
from app.number import NumberControl
from experiments.figures.style import GENUINE
from experiments.figures.style import PADDING as COSTS

terms: solara.Reactive[Terms] = solara.reactive(Terms())
"""How this visitor has money told."""
ASSUMED = ("organisation.half_day_value", "technology.price")
"""Parameters that turn output and tokens into money."""
A_HEAD, COMPANY = "a head", "the company"
A_YEAR, RUN = "a year", "the whole run"
PEOPLE = "people in your company"
MOST_PEOPLE = 10_000_000
ABOUT = (
    "Tokens for work are all tokens but those of padding. Running the scheme is the "
    "time that it takes of people: reviews, boards, targets, audits, training. "
    "Penalties and prizes are not in it: what one pays another receives."
)


@solara.component
def Money(comparison: Comparison) -> None:
    """Show the parts of net value under both schemes, and their differences."""
    told = terms.value
    found = lines(comparison, told)
    with Panel("Money"):
        TermsControls(comparison)
        Paragraph(linear(comparison, told), "quiet")
        solara.HTML(
            tag="div",
            unsafe_innerHTML=table(found, comparison, told),
            classes=["money-scroll"],
            attributes={
                "tabindex": "0",
                "role": "region",
                "aria-label": "Money, part by part",
            },
        )
        Paragraph(budget_sentence(comparison, told))
        Paragraph(ABOUT, "quiet")
    with solara.Div(classes=["abreast"]):
        second, first = (escape(x) for x in reversed(comparison.pair.labels))
        Chart(
            "From output to net value",
            lambda dark: waterfall(found, comparison, told, dark),
            note=f"{second} less {first}, in {escape(told.said(comparison))}: each bar "
            "begins where the one above it ends. Orange costs, blue brings; grey is "
            "the sum.",
            height=330,
        )
        with Panel("What turns work and tokens into money"):
            Paragraph(
                "A change is simulated anew: some schemes weigh money, and people "
                "with them.",
                "quiet",
            )
            for name in ASSUMED:
                SharedControl(comparison.pair, name)


@solara.component
def TermsControls(comparison: Comparison) -> None:
    """Choose whom and which time the money is for."""
    told = terms.value

    def put(people: float) -> None:
        if 1 <= people <= MOST_PEOPLE:
            refused.value = ""
            terms.value = replace(told, people=int(people), is_company=True)
        else:
            refused.value = f"{PEOPLE} is {people:,}; choose 1 to {MOST_PEOPLE:,}."

    with solara.Div(classes=["choices-row"]):
        Choices(
            "whom the money is for",
            (A_HEAD, COMPANY),
            COMPANY if told.is_company else A_HEAD,
            lambda name: terms.set(replace(told, is_company=name == COMPANY)),
        )
        Choices(
            "which time the money is for",
            (A_YEAR, RUN),
            RUN if told.is_run else A_YEAR,
            lambda name: terms.set(replace(told, is_run=name == RUN)),
        )
    NumberControl(
        PEOPLE,
        told.company(comparison),
        (50, 5000, 50),
        put,
        refused.set,
        is_whole=True,
    )


def linear(comparison: Comparison, told: Terms) -> str:
    """Say how the money of a company follows from what was simulated."""
    people, ran = told.company(comparison), simulated(comparison)
    if people == ran or not told.is_company:
        return f"{ran:,} people are simulated."
    return (
        f"{ran:,} people are simulated; money for {people:,} is in proportion, as if "
        "the company were more, or fewer, of the same."
    )


def table(found: list[Line], comparison: Comparison, told: Terms) -> str:
    """Write the parts of net value as a table, in HTML."""
    heads = (told.said(comparison), *comparison.pair.labels, "difference")
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(_row(line) for line in found)
    return (
        f'<table class="money"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(line: Line) -> str:
    value, low, high = signed_dollars(*line.difference)
    ends = f"<br><small>{low} to {high}</small>" if low != high else ""
    kind = ' class="sum"' if line.name == NET else ""
    return (
        f'<tr{kind}><th scope="row">{escape(line.name)}</th>'
        f"<td>{dollars(line.first)}</td><td>{dollars(line.second)}</td>"
        f"<td>{value}{ends}</td></tr>"
    )


def waterfall(
    found: list[Line], comparison: Comparison, told: Terms, dark: bool
) -> Option:
    """Draw how the differences add up to that of net value, a bar a part."""
    steps = changes(found)
    said = [signed_dollars(*line.difference).value for line in found]
    listed = "; ".join(
        f"{name} {text}" for (name, *_), text in zip(steps, said, strict=True)
    )
    description = f"Difference in {told.said(comparison)}: {listed}."
    option = base(dark, description)
    ends = [end for _, *both in steps for end in both]
    room = 0.04 * (max(ends) - min(ends)) or 1.0
    rows = [f"{n}\n{text}" for (n, *_), text in zip(steps, said, strict=True)]
    set_rows(option, rows, min(ends) - room, max(ends) + room, dark, unit="")
    option["xAxis"]["axisLabel"] |= {"showMinLabel": False, "showMaxLabel": False}
    option["series"] = [
        {
            "type": "bar",
            "stack": "difference",
            "barMaxWidth": 24,
            "silent": True,
            "data": data,
        }
        for data in zip(*map(_bar, steps), strict=True)
    ]
    return option


def _bar(step: tuple[str, float, float]) -> tuple[float | Option, ...]:
    """Return what of a bar is invisible, what above 0, and what below."""
    name, start, end = step
    low, high = sorted((start, end))
    colour = FIRST if name == NET else COSTS if end < start else GENUINE
    hidden = {"value": significant(low if low > 0.0 else min(high, 0.0))}
    above, below = max(high, 0.0) - max(low, 0.0), min(low, 0.0) - min(high, 0.0)
    return (
        hidden | {"itemStyle": {"opacity": 0.0}},
        *(
            {"value": significant(part), "itemStyle": {"color": colour}}
            for part in (above, below)
        ),
    )
