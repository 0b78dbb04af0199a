"""How each part of a scheme could be gamed, and what theory expects of it."""

import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from experiments.words.schemes import describe
from model.incentive import Counted, Incentive
from model.incentives import Review
from model.scenario import Measure, Scenario, Scheme

COUNTING = {
    "tokens": "Tokens are cheap to make: scripts and agents burn them while one works "
    "or looks busy.",
    "active": "One prompt a week counts as much as real use.",
    "output": "Observed output can be faked: padded half-days that look like results "
    "count too, and mates repair them.",
}
"""What a counter invites, by the field of the measure."""

FIELDS = {
    Counted.TOKENS: ("tokens",),
    Counted.SPEND: ("tokens",),
    Counted.ACTIVE: ("active",),
    Counted.OUTPUT: ("output",),
}

LIMITS = (
    "There is no effort margin: a manual half-day yields what it yields. Crowding-out "
    "acts only through attention to misuse and padding.",
    "Nobody is hired or leaves, teams are fixed, tasks arrive at random, and AI does "
    "not get better over the run.",
    "Nobody has measured how many tokens are padding, how many people pad, or what "
    "padding costs in time. Those defaults are assumptions, marked as such, and the "
    "sign of every effect is reported over nine worlds.",
    "Nobody knows how people choose. Every effect is reported under five rules of "
    "choice, and some of them change its sign.",
    "The deadline spike before a quota, never-gamers, suspicion and the weight of "
    "peers are inputs, not findings.",
    "Running a scheme costs the company nothing here: neither boards, reviews and "
    "audits, nor the training in the recommended scheme, whose effects are "
    "assumptions.",
    "Real-world figures on schemes are press and vendor reports, mostly one leak "
    "retold.",
    "It compares schemes for whole organisations. It says nothing about a named person "
    "and must never be used to judge one.",
)
"""What was not modelled, for pages and documents alike."""


class Game(NamedTuple):
    """One part of a scheme: what it does, how to game it, what theory expects."""

    part: str
    does: str
    game: str
    prediction: str


def games(scenario: Scenario) -> Iterator[Game]:
    """Every part with weight, in any phase of the timeline."""
    seen: list[Incentive] = []
    for phase in scenario.phases:
        for part in phase.scheme.incentives.values():
            if part.has_weight() and part not in seen:
                seen.append(part)
                since = f" (from week {phase.week})" if phase.week else ""
                yield Game(
                    part.title + since,
                    describe(part, scenario),
                    game(part, phase.scheme),
                    prediction(part),
                )


def gaming(
    schemes: Mapping[str, Scenario], baseline: str | None
) -> list[tuple[str, str, list[Game]]]:
    """Name, remark and parts of each scheme; what it shares with the baseline once."""
    common = list(games(schemes[baseline])) if baseline else []
    found = []
    for name, scenario in schemes.items():
        parts = list(games(scenario))
        note = ""
        if not parts:
            note = "It has no part with weight: there is nothing to game."
        elif name != baseline:
            shared = [part.part.lower() for part in parts if part in common]
            parts = [part for part in parts if part not in common]
            if shared:
                note = f"As under {baseline}: {', '.join(shared)}."
        found.append((name, note, parts))
    return found


def game(part: Incentive, scheme: Scheme) -> str:
    """How one part could be gamed: in its own way, and by the counters it goes by."""
    if isinstance(part, Review) and part.by_output_alone():
        return COUNTING["output"]
    if "measure" not in type(part).model_fields:
        return part.gamed
    counted = [COUNTING[name] for name in _counted(part.counts(), scheme.measure)]
    return " ".join([part.gamed, *counted])


def _counted(what: Counted, measure: Measure) -> tuple[str, ...]:
    if what is not Counted.HEADLINE:
        return FIELDS[what]
    return tuple(name for name in COUNTING if getattr(measure, name) > 0.0)


def prediction(part: Incentive) -> str:
    """The prediction that stands in the file of an incentive."""
    doc = sys.modules[type(part).__module__].__doc__ or ""
    return " ".join(doc.partition("Prediction:")[2].split())
