"""The plan of a sweep, and its table."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from experiments.config.catalogue import check_known
from experiments.config.overrides import literal
from experiments.config.request import Request, schemes
from experiments.config.settings import SweepSettings
from experiments.designs.sweep import Sweep, sweep
from experiments.runs.plan import RunsPlan
from experiments.statistics.point_effects import (
    POINT_EFFECTS,
    UNITS,
    columns,
    point_effects,
)
from experiments.store.store import RUNS, Store
from experiments.store.table import TableRows
from model.scenario import Scenario

TABLE = "study.table"
PLAIN = re.compile(r"[\w.-]+")
"""A name that needs no quotes in an override."""
HEADLINES = ("reported_tokens", "output")
"""Outcomes whose effects are always computed: the page shows them."""

Plan = RunsPlan[Sweep]


def plan(request: Request) -> Plan:
    """Plan all points for all schemes that are swept, and their baseline."""
    settings = request.settings_as(SweepSettings)
    check_known("study.outcomes", settings.outcomes, list(UNITS), "outcome")
    rows, swept = _schemes(request, settings)
    planned = sweep(settings, rows, swept, request.seed)
    return RunsPlan(_with_points(request, planned), planned.design, planned)


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate the effects at every point."""
    settings = planned.request.settings_as(SweepSettings)
    outcomes = tuple(dict.fromkeys((*HEADLINES, *settings.outcomes)))
    runs = store.read(RUNS, columns(outcomes))
    return {POINT_EFFECTS: point_effects(runs, planned.subject, outcomes)}


def _schemes(
    request: Request, settings: SweepSettings
) -> tuple[Mapping[str, Scenario], list[str]]:
    """Return the baseline with all swept schemes, and the names of the swept ones.

    The listed schemes are swept, and the scheme of the request.
    """
    own = [request.scheme] if request.levers or not settings.schemes else []
    swept = list(dict.fromkeys((*settings.schemes, *own)))
    every = schemes(request)
    return {n: every[n] for n in dict.fromkeys((settings.baseline, *swept))}, swept


def _with_points(request: Request, planned: Sweep) -> Request:
    """Return the request with its points in the config.

    The content of a table counts, not its folder on one machine.
    """
    config = {**request.config, "points": planned.digest}
    overrides = []
    for text in request.overrides:
        key, _, value = text.partition("=")
        if key == TABLE:
            name = Path(value.strip("'\"")).name
            text = f"{key}={name if PLAIN.fullmatch(name) else literal(name)}"
            config["study"] = {**config["study"], "table": name}
        overrides.append(text)
    return replace(request, config=config, overrides=tuple(overrides))
