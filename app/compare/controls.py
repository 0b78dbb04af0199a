"""The controls of a pair: of each side, and of what both sides share."""

from collections.abc import Callable
from dataclasses import replace

import solara

from app import visitor
from app.charts import FIRST, SECOND
from app.choice import Choice
from app.compare.edits import (
    TITLES,
    absent,
    in_force,
    set_shared,
    set_value,
    value_of,
    variants,
    with_variant,
)
from app.compare.folded import Folded
from app.compare.keys import Key, key_of, keys
from app.compare.state import attempt, refused
from app.components import Panel, Slot
from app.number import NumberControl
from app.workforce import WorkforceSelect
from experiments.config.about import titles
from experiments.designs.pair import Pair, Side, Value, with_side, with_whole
from experiments.words.schemes import of_groups
from model.scenario import Scenario

SIDES = {
    "first": ("The scheme to compare with", FIRST),
    "second": ("The scheme", SECOND),
}
"""Headings and colours of the sides."""
ORGANISATION = "Organisation"
SHARED = {
    ORGANISATION: ("organisation.employees", "organisation.team_size"),
    "People": (
        "people.belief_mean",
        "people.learning",
        "people.never_gamers",
        "people.rule",
    ),
    "Technology and peers": (
        "technology.gain",
        "technology.loss",
        "peers.rework_law",
        "peers.rework_misuse",
        "peers.norm_pull",
    ),
}
"""By heading, the shared parameters that move the effects most."""
WHOLE_SPANS = {"weeks": (26, 156, 1), "replicates": (2, 64, 1), "seed": (0, 100, 1)}
"""Low end, high end and step of the sliders of a pair's whole numbers."""


@solara.component
def SideControls(name: str) -> None:
    """Offer the named schemes, and the parameters of what is in force in this one."""
    pair = visitor.pair.value
    side: Side = getattr(pair, name)
    scenario = pair.scenario(side)

    def edit(make: Callable[[], Side]) -> None:
        attempt(lambda: with_side(pair, name, make()))

    heading, colour = SIDES[name]
    dot = f'<span class="dot" style="background:{colour}"></span>'
    with Panel(dot + heading):
        Choice(
            "named scheme",
            titles(),
            side.scheme,
            lambda scheme: edit(lambda: Side(scheme)),
        )
        with Slot():
            for group in in_force(scenario):
                Group(group, side, scenario, edit).key(group)
        with Slot():
            missing = absent(scenario)
            if missing:
                AddIncentive(missing, side, edit)
        for group, text in of_groups(scenario):
            solara.Text(f"The group {group}: {text}", classes=["quiet"])
        if side.changes or side.groups:
            solara.Button(
                "Back to the scheme as published",
                on_click=lambda: edit(lambda: Side(side.scheme)),
                text=True,
                small=True,
            )


@solara.component
def Group(
    group: str,
    side: Side,
    scenario: Scenario,
    edit: Callable[[Callable[[], Side]], None],
) -> None:
    """Offer the parameters of the measure or of one incentive."""

    def set_to(key: str) -> Callable[[Value], None]:
        return lambda value: edit(lambda: set_value(side, key, value))

    def content() -> None:
        for key in keys(group):
            name = key.row.key
            Control(key, value_of(scenario, name), set_to(name))
        if group != "measure":
            solara.Button(
                f"Remove {TITLES[group].lower()}",
                on_click=lambda: edit(lambda: with_variant(side, group, None)),
                text=True,
                small=True,
            )

    Folded(TITLES[group], content)


@solara.component
def AddIncentive(
    missing: list[str], side: Side, edit: Callable[[Callable[[], Side]], None]
) -> None:
    """Offer the shipped variants of the incentives that the scheme does without."""
    offers = {
        f"{TITLES[group]}: {name.replace('_', ' ')}": (group, name)
        for group in missing
        for name in variants(group)
    }

    def add(text: str) -> None:
        if text:
            edit(lambda: with_variant(side, *offers[text]))

    names = {text: text for text in offers}
    Choice("add an incentive", {"": "choose one"} | names, "", add)


@solara.component
def SharedControls() -> None:
    """Offer what both sides share: the organisation, its people, time and luck."""
    pair = visitor.pair.value

    def content() -> None:
        with solara.Div(classes=["abreast"]):
            for heading, names in SHARED.items():
                with Panel(heading):
                    if heading == ORGANISATION:
                        SharedWorkforce(pair)
                    for name in names:
                        SharedControl(pair, name)
            with Panel("Time and luck"):
                TimeAndLuck(pair)
        shown = {name for names in SHARED.values() for name in names}
        rest = [name for name, _ in pair.shared if name not in shown]
        if rest:
            solara.Text(f"Also changed: {', '.join(rest)}", classes=["quiet"])

    Folded("What both share: organisation, people, time and luck", content)


def SharedWorkforce(pair: Pair) -> None:
    """Offer the roles that people have on both sides."""
    WorkforceSelect(
        "workforce",
        pair.workforce,
        lambda mix: attempt(lambda: replace(pair, workforce=mix)),
    )


def SharedControl(pair: Pair, name: str) -> None:
    """Offer one parameter that both sides share."""

    def put(value: Value) -> None:
        attempt(lambda: replace(pair, shared=set_shared(pair.shared, name, value)))

    Control(key_of(name), value_of(pair.scenario(pair.first), name), put)


def TimeAndLuck(pair: Pair) -> None:
    """Offer the weeks, replicates and seed of a pair."""
    for name, span in WHOLE_SPANS.items():
        Whole(pair, name, span)


def Whole(pair: Pair, name: str, span: tuple[int, int, int]) -> None:
    """Offer one whole number of a pair."""
    NumberControl(
        name,
        getattr(pair, name),
        span,
        lambda value: attempt(lambda: with_whole(pair, name, int(value))),
        refused.set,
        is_whole=True,
    )


@solara.component
def Control(key: Key, value: Value, on_value: Callable[[Value], None]) -> None:
    """Offer one parameter; a tooltip shows what is declared of it."""
    with solara.Tooltip(key.about):
        with solara.Div(attributes={"aria-label": key.about}):
            if key.choices:
                Choice(
                    key.name,
                    {name: name.replace("_", " ") for name in key.choices},
                    str(value),
                    on_value,
                )
            elif key.kind is bool:
                solara.Switch(label=key.name, value=bool(value), on_value=on_value)
            else:
                NumberControl(
                    key.name,
                    float(value),
                    key.range(float(value)),
                    on_value,
                    refused.set,
                    unit=key.unit,
                    is_whole=key.kind is int,
                )
