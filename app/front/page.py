"""The front page: what the studio is, and the map of all named schemes."""

from collections.abc import Mapping

import solara

from app import course_link, pair_link, shipped, visitor
from app.address import Heading
from app.charts import Clicked
from app.components import Chart, Figure, Panel, Paragraph, Refusal
from app.course import first_course
from app.front.charts import map_of
from app.front.rows import Entry, entries, pair_of
from app.link import value_of
from app.table import Line, SortedTable
from app.worlds_bar import UNKNOWN, bar
from experiments.config.catalogue import suggestion
from experiments.designs.pair import short
from experiments.errors import UserError
from experiments.report.worlds import hundred, sentence
from experiments.words.screen import percent, rounded

SCHEME = "scheme"
"""What a link says: the scheme whose card is open."""
FIRST = "amazon_2026"
"""The scheme whose card is open at first."""
WHAT = (
    "Companies reward the use of AI. Here a simulated organisation lives under each "
    "way of doing so, and shows what that does to the usage that a dashboard reports, "
    "and to the work that is really done."
)
DOORS = {
    "I design a scheme": ("/compare", "Change one, and see both curves part ways"),
    "I want to understand": ("/learn", "Seven lessons: predict first, then see"),
    "I teach": ("/class", "Everybody predicts on a phone"),
}
"""Where a visitor may go from here: the page, and what it is."""
HEADS = (
    "scheme",
    "reported usage, %",
    "real output, %",
    "$ per employee and year",
    "worse off, %",
    "of 100 worlds output falls",
    "rises",
)
MINUS = "\N{MINUS SIGN}"
OTHER = (
    "These numbers were computed with another version of the model or of the schemes; "
    f"{shipped.MAKE} computes them anew."
)

chosen: solara.Reactive[str] = solara.reactive(FIRST)
"""The scheme whose card this visitor sees."""
refused: solara.Reactive[str] = solara.reactive("")
"""Why a link was refused; empty if it was not."""


def take(search: str) -> None:
    """Open the card of a link."""
    visitor.follow_link(search, _open, refused, SCHEME.__eq__)


def _open(query: str) -> None:
    name = value_of(query, SCHEME)
    if name and name not in entries():
        near = suggestion(name, [*entries()])
        raise UserError(f"{SCHEME} is {short(name)}, which is not on the map{near}")
    if name:
        chosen.value = name


@solara.component
def Page() -> None:
    """Look around."""
    search = solara.use_router().search or ""
    solara.use_memo(lambda: take(search), [])
    title = entries()[chosen.value].about.title
    solara.Title(f"{title} on the map - tokenmaxxing studio")
    Heading("What counting AI use does", f"/?{SCHEME}={chosen.value}", (), take)
    Refusal(refused.value)
    Refusal("" if shipped.is_current() else OTHER)
    Paragraph(WHAT, "says")
    Doors()
    with solara.Div(classes=["map"]):
        Map(chosen.value)
        Card(entries()[chosen.value])
    Overview(entries(), chosen.value)


@solara.component
def Doors() -> None:
    """Offer the ways into the studio."""
    with solara.Div(classes=["doors"]):
        for name, (path, about) in DOORS.items():
            with solara.Link(path, classes=["door"]):
                solara.HTML(tag="b", unsafe_innerHTML=name)
                solara.HTML(tag="span", unsafe_innerHTML=about, classes=["quiet"])


@solara.component
def Map(scheme: str) -> None:
    """Draw all schemes; a click opens the card of one."""

    def to(event: Clicked) -> None:
        value = event.get("value")
        if isinstance(value, list) and value[-1] in entries():
            chosen.value = value[-1]

    origin = shipped.origin()
    Chart(
        "The map of schemes",
        lambda dark: map_of(entries(), scheme, dark),
        note="Each against voluntary use with the same people and luck: "
        f"{origin.people} people, {origin.weeks} weeks, {origin.replicates} "
        "replicates, in the world as given; grey is voluntary use. Click one.",
        height=520,
        on_click=to,
    )


@solara.component
def Card(entry: Entry) -> None:
    """Tell of one scheme: whose it is, and what it does."""
    row = entry.effects
    router = solara.use_router()
    pair = pair_of(row.scheme)
    ways = {
        "Compare": f"/compare?{pair_link.as_query(pair)}",
        "Play it live": f"/live?{course_link.as_query(first_course(pair))}",
    }
    with Panel(is_announced=True):
        solara.HTML(tag="h2", unsafe_innerHTML=entry.about.title, classes=["says"])
        Paragraph(entry.about.text)
        Paragraph(f"Source: {entry.about.source}", "quiet")
        with solara.Div(classes=["figures"]):
            usage = rounded(row.usage, row.usage_low, row.usage_high, sign=True)
            output = rounded(row.output, row.output_low, row.output_high, sign=True)
            net = rounded(*entry.net_value, sign=True)
            Figure("Reported usage", f"{usage.value} %", f"{usage.low} to {usage.high}")
            Figure("Real output", f"{output.value} %", f"{output.low} to {output.high}")
            Figure("Net value, $", net.value or "–", "per employee and year")
            worse = f"{percent(100.0 * row.worse_off)} %"
            Figure("Worse off", worse, "by their own account")
        with solara.Div(classes=["verdict"]):
            if entry.worlds:
                solara.HTML(tag="div", unsafe_innerHTML=bar(entry.worlds))
                Paragraph(sentence(entry.worlds))
            else:
                Paragraph(UNKNOWN, "quiet")
        with solara.Row(style={"flex-wrap": "wrap", "gap": "8px"}):
            for name, address in ways.items():
                solara.Button(
                    name,
                    on_click=lambda address=address: router.push(address),
                    color="primary",
                    outlined=True,
                )


@solara.component
def Overview(shown: Mapping[str, Entry], scheme: str) -> None:
    """Show the same as a table, and offer it as a file."""
    with Panel("The same as a table"):
        SortedTable(
            "Named schemes against voluntary use",
            HEADS,
            [line(name, entry) for name, entry in shown.items()],
            scheme,
            chosen.set,
        )
        solara.FileDownload(
            lambda: shipped.SCHEMES.text(e.effects for e in shown.values()),
            shipped.SCHEMES.name,
            "Table, CSV",
        )


def line(name: str, entry: Entry) -> Line:
    """Write a scheme as a line of the table."""
    row, worlds = entry.effects, entry.worlds
    money, low, high = entry.net_value
    texts = [
        entry.about.title,
        rounded(row.usage, row.usage_low, row.usage_high, sign=True).value or "–",
        rounded(row.output, row.output_low, row.output_high, sign=True).value or "–",
        rounded(money, low, high, sign=True).value or "–",
        percent(100.0 * row.worse_off),
        hundred(worlds.falls) if worlds else "–",
        hundred(worlds.rises) if worlds else "–",
    ]
    values: list[float | str] = [
        entry.about.title,
        row.usage,
        row.output,
        money,
        row.worse_off,
        worlds.falls if worlds else 0.0,
        worlds.rises if worlds else 0.0,
    ]
    words = f"{entry.about.title} {entry.about.text} {entry.about.source} {name}"
    texts[1:] = [text.replace("-", MINUS) for text in texts[1:]]
    return Line(name, texts, values, words)
