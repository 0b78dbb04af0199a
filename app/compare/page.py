"""*Compare*: two schemes on the same people and with the same luck."""

from collections.abc import Callable
from html import escape

import solara

from app import visitor
from app.address import Heading
from app.charts import FIRST, SECOND, legend_entry
from app.compare import charts, state
from app.compare.controls import SharedControls, SideControls
from app.compare.numbers import in_percent, net_value
from app.compare.share import Share
from app.compare.state import Shown, use_comparison
from app.compare.views import Views
from app.compare.worlds import Sure, Verdict, Worlds, use_certificate
from app.comparison import Comparison
from app.comparison_charts import channels, trajectories
from app.components import Chart, Figure, Panel, Paragraph, Refusal, Slot
from app.pair_link import as_query
from experiments.designs.pair import SIDES, Pair
from experiments.report.cells import shares
from experiments.report.sentences import told_of
from experiments.words.screen import Rounded


@solara.component
def Page() -> None:
    """Compare two schemes."""
    state.use_link()
    pair = visitor.pair.value
    shown, cancel = use_comparison(pair)
    comparison = shown.comparison if shown.is_of(pair) else None
    is_whole = comparison is not None and not comparison.is_preview
    sure = use_certificate(pair, is_ready=is_whole, is_coming=shown.is_working)
    first, second = pair.labels
    solara.Title(f"{second} against {first} - tokenmaxxing studio")
    Heading(
        f"What {second} does, against {first}",
        f"/compare?{as_query(pair)}",
        SIDES,
        state.take,
    )
    Refusal(state.refused.value)
    Refusal(shown.refused)
    Answer(pair, shown, sure, cancel)
    with solara.Div(classes=["abreast"]):
        for name in SIDES:
            SideControls(name)
    with Slot():
        if shown.comparison:
            Views(shown.comparison, lambda comparison: Results(comparison, sure))
    SharedControls()
    Share(pair, comparison, sure)


@solara.component
def Answer(pair: Pair, shown: Shown, sure: Sure, cancel: Callable[[], None]) -> None:
    """Show the answer, how sure it is, and the progress of the runs."""
    comparison = shown.comparison
    with Panel(is_announced=True):
        with Slot():
            if comparison:
                with solara.Div(classes=[] if shown.is_of(pair) else ["earlier"]):
                    Sentence(comparison)
                    Numbers(comparison)
                Verdict(sure)
            else:
                waits = "Nothing to show yet." if shown.refused else "Simulating ..."
                solara.Text(waits, classes=["says"])
        Status(pair, shown, cancel)


def Sentence(comparison: Comparison) -> None:
    """Say what the second scheme does."""
    Paragraph(
        comparison.sentence, "says", *(["preview"] if comparison.is_preview else [])
    )


def earlier(comparison: Comparison) -> str:
    """Say to which pair numbers belong that are not those of the controls."""
    pair = comparison.pair
    first, second = pair.labels
    people = pair.scenario(pair.first).organisation.employees
    return (
        f"These numbers are not yet those of your change: they are of {second} against "
        f"{first}, {people:,} people, {pair.weeks} weeks."
    )


@solara.component
def Numbers(comparison: Comparison) -> None:
    """Show usage, output, net value and who is worse off, with their intervals."""
    usage = in_percent(comparison, "reported_tokens")
    output = in_percent(comparison, "output")
    about_net = "Per employee and year: output less tokens and running cost"
    about_worse = "People whose own account is lower"
    with solara.Div(classes=["figures"]):
        Number("Reported usage", usage, " %", "What the dashboard shows")
        Number("Real output", output, " %", "Work that is done")
        Number("Net value", net_value(comparison), "", about_net)
        Number("Worse off", shares(comparison.fates.overall), "", about_worse)


def Number(name: str, number: Rounded, unit: str, about: str) -> None:
    """Show one effect, and its interval if it is known."""
    interval = f" ({number.low} to {number.high})" if number.low else ""
    Figure(name, f"{number.value or '–'}{unit}", about + interval)


@solara.component
def Status(pair: Pair, shown: Shown, cancel: Callable[[], None]) -> None:
    """Show how many runs are done, or on how many the results stand."""
    comparison = shown.comparison
    status = {"align-items": "center", "min-height": "36px"}
    with solara.Row(style=status, classes=["quiet"]):
        if shown.is_working:
            solara.ProgressLinear(100.0 * shown.done / max(1, shown.total))
            is_preview = comparison and comparison.is_preview and shown.is_of(pair)
            preview = "Preview. " if is_preview else ""
            solara.Text(f"{preview}{shown.done} of {shown.total} runs")
            solara.Button("Cancel", on_click=cancel, text=True, small=True)
        elif comparison:
            text = basis(comparison, pair.replicates)
            solara.Text(text if shown.is_of(pair) else earlier(comparison))


def basis(comparison: Comparison, asked: int) -> str:
    """Say which runs the results stand on, and if fewer than were asked for."""
    pair = comparison.pair
    people = pair.scenario(pair.first).organisation.employees
    fewer = ""
    if pair.replicates < asked:
        fewer = f" (not {asked}, which would be more than one visitor may ask for)"
    text = (
        f"{comparison.replicates} replicates of each side{fewer}, the same people and "
        f"luck in both; {people:,} people, {pair.weeks} weeks, seed {pair.seed}. "
        "Intervals are 95 %."
    )
    return f"Cancelled: only {text}" if comparison.is_preview else text


def half_days_note(comparison: Comparison) -> str:
    """Say in HTML what the shares are, and who is hollow if being active counts."""
    second = comparison.pair.second
    text = "Share of all half-days of the run. Blue is genuine AI use."
    label = comparison.pair.labels[1]
    told = told_of(comparison.panel, label, comparison.pair.scenario(second))
    if told:
        text += f" Under {label}: {' '.join(told)}"
    return escape(text)


@solara.component
def Results(comparison: Comparison, sure: Sure) -> None:
    """Show the charts of a comparison."""
    first, second = (escape(label) for label in comparison.pair.labels)
    legend = f"{legend_entry(FIRST, first)} &nbsp; {legend_entry(SECOND, second)}"
    with solara.Div(classes=["abreast"]):
        Chart(
            "What the dashboard reports",
            lambda dark: trajectories(comparison, "reported_tokens", "M tokens", dark),
            note=f"M tokens per employee and week. {legend}",
        )
        Chart(
            "What is really done",
            lambda dark: trajectories(comparison, "output", "half-days", dark),
            note=f"Half-days of average manual work per employee and week. {legend}",
        )
        Chart(
            "Through which channels output changes",
            lambda dark: channels(comparison, dark),
            note=f"Change in % of the output under {first}; the others sum to the "
            "last.",
            height=280,
        )
        Chart(
            "What people spend their half-days on",
            lambda dark: charts.shares(comparison, dark),
            note=half_days_note(comparison),
            height=250,
        )
        Worlds(sure)
        Chart(
            "Luck alone",
            lambda dark: charts.strip(comparison, dark),
            note="Difference of paired runs in the world as given, in %, with its 95 % "
            "interval: other luck would give another number within it.",
            height=170,
        )
        if comparison.roles:
            roles = len(comparison.pair.workforce.roles)
            Chart(
                "Whom does it hit?",
                lambda dark: charts.by_role(comparison, dark),
                note="Difference of real output by role, in % of what the same role "
                f"does under {first}, with its 95 % interval.",
                height=90 + 34 * roles,
            )
