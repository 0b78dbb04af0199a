"""*People* on Compare: who gains and who loses, and the way to each of them."""

from collections.abc import Callable
from html import escape

import solara

from app.charts import Clicked, legend_entry
from app.compare.choices import Choices
from app.compare.people_charts import (
    COLOURS,
    NAMES,
    dots,
    height,
    rows_of,
    shares,
)
from app.compare.people_words import KINDS, OUTCOMES, said, whom
from app.comparison import Comparison
from app.components import Chart, Panel, Paragraph, Slot
from app.course import Course, check_replayed
from app.course_link import person_address
from app.people import Staff
from experiments.errors import UserError
from experiments.report.gains import sentence
from experiments.statistics.accounts import by_group
from experiments.words.groups import EVERYBODY

ABOUT = (
    "The same person with the same luck under both schemes, those who lived the same "
    "weeks under both. A week is ten half-days of average manual work. Own account is "
    "what their time was worth to themselves, without what is only rank; reward is the "
    "part of it that incentives paid less what they took. It is no wage: pay is not "
    "modelled."
)


@solara.component
def People(comparison: Comparison) -> None:
    """Show who gains and who loses, cut by what no scheme changes."""
    outcome, set_outcome = solara.use_state("output")
    kind, set_kind = solara.use_state(EVERYBODY.kind)
    fates, label = comparison.fates, comparison.pair.labels[1]
    kinds = {
        k: n for k, n in KINDS.items() if any(g.kind == k for g, _ in fates.spreads)
    }
    cut = kind if kind in kinds else EVERYBODY.kind
    with Panel("Who gains, who loses"):
        Paragraph(sentence(label, by_group(fates.rows)))
        with Slot():
            if fates.spreads:
                with solara.Div(classes=["choices-row"]):
                    Named("what people gain or lose", OUTCOMES, outcome, set_outcome)
                    Named("what people are divided by", kinds, cut, set_kind)
                Paragraph(said(fates, outcome))
        Paragraph(ABOUT, "quiet")
    with Slot():
        if fates.spreads:
            Charts(comparison, outcome, cut)


def Named(
    name: str, options: dict[str, str], chosen: str, put: Callable[[str], None]
) -> None:
    """Offer options by their names on the page."""
    by_name = {text: key for key, text in options.items()}
    Choices(name, [*by_name], options[chosen], lambda text: put(by_name[text]))


@solara.component
def Charts(comparison: Comparison, outcome: str, kind: str) -> None:
    """Draw people as dots and groups as bars; a dot leads to the person."""
    router = solara.use_router()
    fates, pair = comparison.fates, comparison.pair
    rows, course = rows_of(fates, kind), Course(pair)
    closed = why_not(course)
    key = " ".join(
        legend_entry(colour, escape(name))
        for colour, name in zip(COLOURS, NAMES, strict=True)
    )

    def visit(slot: int) -> None:
        if not closed:
            router.push(person_address(course, slot, pair.weeks - 1))

    def on_click(event: Clicked) -> None:
        value = event.get("value")
        if isinstance(value, list) and len(value) == 3:
            visit(int(value[2]))

    with Slot():
        if fates.staff:
            staff = fates.staff
            Chart(
                "A dot is a person",
                lambda dark: dots(staff, rows, outcome, dark),
                note=f"{whom(staff, comparison)} Change of {OUTCOMES[outcome]} in % of "
                f"a week; the bar is the median. Click a dot to ask them. {key}",
                height=height(rows) + 60,
                on_click=on_click,
            )
            Persons(staff, outcome, course, closed)
    Chart(
        "How many lose, how many gain",
        lambda dark: shares(fates.spreads, rows, outcome, dark),
        note=f"% of each group by its change of {OUTCOMES[outcome]}, mean over "
        f"{comparison.replicates} replicates.",
        height=height(rows) + 30,
    )


def why_not(course: Course) -> str:
    """Say why people of a course cannot be asked; empty if they can."""
    try:
        check_replayed(course)
        return ""
    except UserError as wrong:
        return f"Nobody can be asked: {wrong}"


@solara.component
def Persons(staff: Staff, outcome: str, course: Course, closed: str) -> None:
    """Lead to a person by number, and to who loses and gains most."""
    number, set_number = solara.use_state(int(staff.slots[0]))
    moves, week = staff.moves[outcome], course.pair.weeks - 1
    slots = staff.slots.tolist()
    with Panel("Ask one of them"):
        if closed:
            Paragraph(closed)
            return
        ends = {"Loses most": int(moves.argmin()), "Gains most": int(moves.argmax())}
        for words, k in ends.items():
            if (moves[k] < 0.0) == (words == "Loses most") and moves[k] != 0.0:
                PersonLink(f"{words}: person {slots[k]}", moves[k], course, slots[k])
        with solara.Row(style={"align-items": "center", "gap": "10px"}):
            with solara.Div(style={"width": "140px"}):
                solara.InputInt("person number", number, on_value=set_number)
            if number in slots:
                move = moves[slots.index(number)]
                PersonLink(f"Ask person {number}", move, course, number)
            else:
                solara.Text(f"No person {number} lived the same weeks under both.")
        Paragraph(f"They are shown in week {week}, the last.", "quiet")


@solara.component
def PersonLink(words: str, move: float, course: Course, slot: int) -> None:
    """Link to a person, with their change in % of a week."""
    with solara.Link(person_address(course, slot, course.pair.weeks - 1)):
        text = escape(f"{words} ({move:+.1f} %)")
        solara.HTML(tag="a", unsafe_innerHTML=text, classes=["person-link"])
