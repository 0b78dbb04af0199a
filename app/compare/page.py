"""The front page: two schemes side by side on the same people and luck."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from app import charts, visitor
from app.compare.share import Share
from app.comparison import Comparison
from app.keys import (
    absent,
    in_force,
    keys,
    set_shared,
    set_value,
    titles,
    value_of,
    variants,
    with_variant,
)
from app.parts import Chart, Control, Folded, Refusal, Slot
from app.visitor import Shown
from experiments.config.catalogue import members
from experiments.designs.pair import SIDES, Pair, Side, Value, with_side
from experiments.words.screen import estimate

TITLES = dict(titles())
SHARED = {
    "Organisation": ("organisation.employees", "organisation.team_size"),
    "People": (
        "people.belief_mean",
        "people.learning",
        "people.never_gamers",
        "people.rule",
    ),
    "Technology and peers": (
        "technology.gain",
        "technology.loss",
        "peers.rework_misuse",
        "peers.norm_pull",
    ),
}
"""What both sides share and what moves the effects most, by heading."""


@solara.component
def Page() -> None:
    """Compare two schemes."""
    visitor.use_link()
    pair = visitor.pair.value
    shown, cancel = visitor.use_comparison(pair)
    Refusal(visitor.refused.value)
    Refusal(shown.refused)
    Answer(shown, cancel)
    with solara.Div(classes=["abreast"]):
        for name, colour in zip(SIDES, (charts.FIRST, charts.SECOND), strict=True):
            SideControls(name, colour)
    with Slot():
        if shown.comparison:
            Results(shown.comparison)
    SharedControls()
    Share(pair, shown.comparison)


@solara.component
def Answer(shown: Shown, cancel: Callable[[], None]) -> None:
    """The sentence, the three numbers, and how far the work is."""
    comparison = shown.comparison
    with solara.Div(classes=["panel"], attributes={"aria-live": "polite"}):
        with Slot():
            if comparison is None:
                solara.Text("Simulating ...", classes=["says"])
            else:
                first, second = comparison.pair.labels
                solara.HTML(
                    tag="h1",
                    unsafe_innerHTML=f"What {escaped(second)} does, against "
                    f"{escaped(first)}",
                )
                solara.HTML(
                    tag="p",
                    unsafe_innerHTML=escaped(comparison.sentence),
                    classes=["says", *(["preview"] if comparison.is_preview else [])],
                )
                Numbers(comparison)
        Status(shown, cancel)


@solara.component
def Numbers(comparison: Comparison) -> None:
    """Reported usage, real output and net value, with their intervals."""
    second = comparison.pair.labels[1]
    usage, output, net = (
        comparison.effects[second, name, "whole"]
        for name in ("reported_tokens", "output", "net_value")
    )
    told = [
        ("Reported usage", in_percent(usage), "What the dashboard shows"),
        ("Real output", in_percent(output), "Work that is done"),
        (
            "Net value",
            estimate(
                *(
                    None if x is None else 52.0 * x
                    for x in (net.effect, net.low, net.high)
                ),
                sign=True,
            ),
            "$ per employee and year: output less tokens",
        ),
    ]
    with solara.Div(classes=["figures"]):
        for name, number, about in told:
            unit = "" if name == "Net value" else " %"
            with solara.Div():
                solara.HTML(tag="div", unsafe_innerHTML=name, classes=["quiet"])
                solara.HTML(
                    tag="div",
                    unsafe_innerHTML=f"{number.value or '–'}{unit}",
                    classes=["figure-value"],
                )
                ends = f" ({number.low} to {number.high})" if number.low else ""
                solara.HTML(tag="div", unsafe_innerHTML=about + ends, classes=["quiet"])


def in_percent(effect: Any) -> Any:
    """An effect in % of the first side, with its interval."""
    return estimate(effect.percent, effect.percent_low, effect.percent_high, sign=True)


@solara.component
def Status(shown: Shown, cancel: Callable[[], None]) -> None:
    """How many replicates stand behind what is shown, and what is under way."""
    comparison = shown.comparison
    with solara.Row(style={"align-items": "center", "min-height": "36px"}):
        if shown.is_working:
            solara.ProgressLinear(100.0 * shown.done / max(1, shown.total))
            what = "Preview. " if comparison and comparison.is_preview else ""
            solara.Text(f"{what}{shown.done} of {shown.total} runs")
            solara.Button("Cancel", on_click=cancel, text=True, small=True)
        elif comparison:
            pair = comparison.pair
            employees = pair.scenario(pair.first).organisation.employees
            text = (
                f"{comparison.replicates} replicates of each side, the same people and "
                f"luck in both; {employees:,} people, {pair.weeks} weeks, seed "
                f"{pair.seed}. Intervals are 95 %."
            )
            if comparison.is_preview:
                text = f"Cancelled: only {text}"
            solara.Text(text, classes=["quiet"])


@solara.component
def Results(comparison: Comparison) -> None:
    """The charts of a comparison."""
    first, second = (escaped(label) for label in comparison.pair.labels)
    sides = ((charts.FIRST, first), (charts.SECOND, second))
    key = " &nbsp; ".join(charts.keyed(colour, words) for colour, words in sides)
    with solara.Div(classes=["abreast"]):
        Chart(
            "What the dashboard reports",
            lambda dark: charts.trajectories(
                comparison, "reported_tokens", "M tokens", dark
            ),
            note=f"M tokens per employee and week. {key}",
        )
        Chart(
            "What is really done",
            lambda dark: charts.trajectories(comparison, "output", "half-days", dark),
            note=f"Half-days of average manual work per employee and week. {key}",
        )
        Chart(
            "Through which channels output changes",
            lambda dark: charts.channels(comparison, dark),
            note=f"Change in % of the output under {first}; the parts sum to the last.",
            height=280,
        )
        Chart(
            "What people spend their half-days on",
            lambda dark: charts.shares(comparison, dark),
            note="Share of all half-days of the run.",
            height=240,
        )
        Chart(
            "How sure is that?",
            lambda dark: charts.strip(comparison, dark),
            note="Difference of paired runs in %, with its 95 % interval; the upright "
            "line is no difference.",
            height=170,
        )


@solara.component
def SideControls(name: str, colour: str) -> None:
    """Choice of a named scheme, and the controls of what is switched on in it."""
    pair = visitor.pair.value
    side: Side = getattr(pair, name)

    def put(changed_side: Side) -> None:
        visitor.pair.value = with_side(pair, name, changed_side)

    def choose(scheme: str) -> None:
        attempt(lambda: put(Side(scheme)))

    scenario = pair.scenario(side)
    with solara.Div(classes=["panel"]):
        which = "The scheme to compare with" if name == "first" else "The scheme"
        solara.HTML(
            tag="h2",
            unsafe_innerHTML=f'<span class="dot" style="background:{colour}"></span>'
            f"{which}",
        )
        solara.Select("named scheme", members("scheme"), side.scheme, on_value=choose)
        with Slot():
            for group in in_force(scenario):
                Group(group, side, scenario, put).key(group)
        with Slot():
            missing = absent(scenario)
            if missing:
                Adder(missing, side, put)
        if side.changes:
            solara.Button(
                "Back to the scheme as published",
                on_click=lambda: choose(side.scheme),
                text=True,
                small=True,
            )


@solara.component
def Group(group: str, side: Side, scenario: Any, put: Callable[[Side], None]) -> None:
    """The controls of one part of a scheme."""

    def controls() -> None:
        for key in keys(group):
            Control(
                key,
                value_of(scenario, key.row.key),
                lambda value, key=key: attempt(
                    lambda: put(set_value(side, key.row.key, value))
                ),
            )
        if group != "measure":
            solara.Button(
                f"Remove {TITLES[group].lower()}",
                on_click=lambda: attempt(lambda: put(with_variant(side, group, None))),
                text=True,
                small=True,
            )

    Folded(TITLES[group], controls)


@solara.component
def Adder(missing: list[str], side: Side, put: Callable[[Side], None]) -> None:
    """Adds a part that the scheme does without, as one of its shipped variants."""
    offers = {
        f"{TITLES[group]}: {name.replace('_', ' ')}": (group, name)
        for group in missing
        for name in variants(group)
    }

    def add(text: str | None) -> None:
        if text in offers:
            attempt(lambda: put(with_variant(side, *offers[text])))

    solara.Select("add a part", ["", *offers], "", on_value=add)


@solara.component
def SharedControls() -> None:
    """What both sides share: the organisation, its people, time and luck."""
    pair = visitor.pair.value
    scenario = pair.scenario(pair.first)

    def put(key: str, value: Value) -> None:
        visitor.pair.value = replace(pair, shared=set_shared(pair.shared, key, value))

    def whole(name: str) -> Callable[[int], None]:
        return lambda value: attempt(lambda: checked(replace(pair, **{name: value})))

    def controls() -> None:
        with solara.Div(classes=["abreast"]):
            for heading, names in SHARED.items():
                with solara.Div(classes=["panel"]):
                    solara.HTML(tag="h2", unsafe_innerHTML=heading)
                    for key in names:
                        [found] = [
                            k for k in keys(key.split(".")[0]) if k.row.key == key
                        ]
                        Control(
                            found,
                            value_of(scenario, key),
                            lambda value, key=key: attempt(lambda: put(key, value)),
                        )
            with solara.Div(classes=["panel"]):
                solara.HTML(tag="h2", unsafe_innerHTML="Time and luck")
                solara.SliderInt(
                    f"weeks: {pair.weeks}", pair.weeks, 26, 156, on_value=whole("weeks")
                )
                solara.SliderInt(
                    f"replicates: {pair.replicates}",
                    pair.replicates,
                    2,
                    64,
                    on_value=whole("replicates"),
                )
                solara.InputInt("seed", pair.seed, on_value=whole("seed"))
        rest = [key for key, _ in pair.shared if key not in sum(SHARED.values(), ())]
        if rest:
            solara.Text(f"Also changed: {', '.join(rest)}", classes=["quiet"])

    Folded("What both share: organisation, people, time and luck", controls)


def checked(pair: Pair) -> None:
    """Take over a pair whose values fit together."""
    for side in (pair.first, pair.second):
        pair.scenario(side)
    visitor.pair.value = pair


def attempt(change: Callable[[], None]) -> None:
    """Carry out a change of the pair; what does not fit is said and undone."""
    before = visitor.pair.value
    try:
        change()
        checked(visitor.pair.value)
        visitor.refused.value = ""
    except Exception as wrong:
        visitor.pair.value = before
        visitor.refused.value = str(wrong)


def escaped(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
