"""The tables of a certificate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.designs.factors import declared
from experiments.runs.pieces import Content
from experiments.statistics.between_schemes import REGRET, RIVALS, rivals, standings
from experiments.statistics.corner import corner
from experiments.statistics.decides import HIGH, LOW, MIDDLE
from experiments.statistics.information import (
    of_structure,
    of_unknown,
    perfect,
    today,
    worth,
)
from experiments.statistics.worlds import (
    CLEAR,
    IN_WORLDS,
    classes,
    in_worlds,
    share,
)
from experiments.store.dataset import Floats
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.deciding import (
    Deciding,
    Side,
    candidates,
    column,
    is_bad,
    rng_of,
)
from experiments.studies.certificate.subject import Certificate
from experiments.words.measuring import MEASURED_BY
from experiments.words.structures import LAWS, RULES, STRUCTURES, Structure
from experiments.worlds.tolerances import within

NAMES = {LOW: "lowest third", MIDDLE: "middle third", HIGH: "highest third"}
NOTHING, PLACEBO = "nothing", "a placebo"
FIRST_THREE, EVERYTHING = "the first three", "everything"
KNOWN = (NOTHING, PLACEBO, FIRST_THREE, EVERYTHING)
"""What may be known besides one unknown; a placebo is the best of all, shuffled."""
LISTED = 3
"""Unknowns whose thirds are told: the first of the ranking."""


class WorldEffect(NamedTuple):
    """The effect of the scheme on output in one world: a row of world_effects.csv."""

    scheme: str
    world: int
    rule: str
    law: str
    middle: bool
    percent: float | None


WORLD_EFFECTS = Table(
    "world_effects.csv",
    WorldEffect,
    "the effect of the scheme on whole-run output in one plausible world",
    {
        "world": ("", "number of the world in configs/worlds"),
        "rule": ("", "rule of choice"),
        "law": ("", "law of rework"),
        "middle": ("", "whether it is plausible by the middle tolerances, too"),
        "percent": ("%", "effect in % of the baseline's output there"),
    },
)


class Prior(NamedTuple):
    """Shares of worlds by one prior: a row of priors.csv."""

    scheme: str
    shape: str
    tolerance: str
    worlds: int
    falls: float
    falls_low: float
    falls_high: float
    rises: float
    rises_low: float
    rises_high: float
    middle: float
    worst: float


PRIORS = Table(
    "priors.csv",
    Prior,
    "the effect of the scheme over worlds of other priors",
    {
        "shape": ("", "declared, or uniform: all numbers even over their spans"),
        "tolerance": ("", "wide, or middle: how near voluntary use is to its targets"),
        "worlds": ("worlds", "with a known effect"),
        **{name: IN_WORLDS.meanings[name] for name in Prior._fields[4:]},
    },
)


class Contrast(NamedTuple):
    """How far an unknown parts bad worlds from others: a row of contrasts.csv."""

    key: str
    side: Side
    worse: str
    better: str
    first: float
    second: float
    first_bar: float
    second_bar: float
    decides: bool


CONTRASTS = Table(
    "contrasts.csv",
    Contrast,
    "an unknown, or a structure, and how far it parts bad worlds from others",
    {
        "key": ("", "dotted key of the unknown or of the structure"),
        "side": ("", "falls: bad is a clear fall; rises: bad is no clear rise"),
        "worse": ("", "third or alternative with the most bad worlds"),
        "better": ("", "third or alternative with the fewest"),
        "first": ("share", "difference between them in one half of the worlds, if they "
                  "are chosen in the other"),
        "second": ("share", "the same with the halves exchanged"),
        "first_bar": ("share", "what placebos reach, at least 0.2"),
        "second_bar": ("share", "the same with the halves exchanged"),
        "decides": ("", "whether both differences are above"),
    },
)  # fmt: skip


class Group(NamedTuple):
    """Worlds in a third of an unknown, or with a structure: a row of thirds.csv."""

    key: str
    group: str
    from_value: float
    to_value: float
    worlds: int
    falls: int
    rises: int


THIRDS = Table(
    "thirds.csv",
    Group,
    "worlds in a third of an unknown, or with an alternative of a structure",
    {
        "key": ("", "dotted key of the unknown or of the structure"),
        "group": ("", "the third, or the alternative"),
        "from_value": (OF_PARAMETER, "smallest value in it; of a structure its code"),
        "to_value": (OF_PARAMETER, "largest value in it"),
        "worlds": ("worlds", "worlds in it"),
        "falls": ("worlds", "worlds in which output clearly falls"),
        "rises": ("worlds", "worlds in which it clearly rises"),
    },
)


class CornerRow(NamedTuple):
    """A corner in which worlds are bad: the row of corner.csv, if there is one."""

    one: str
    one_above: bool
    one_threshold: float
    other: str
    other_above: bool
    other_threshold: float
    shown: float
    fresh: float
    outside: float
    worlds: int


CORNER = Table(
    "corner.csv",
    CornerRow,
    "two thresholds within which worlds are bad, if they hold on fresh worlds",
    {
        "one": ("", "dotted key of an unknown"),
        "one_above": ("", "whether its values are above the threshold"),
        "one_threshold": (OF_PARAMETER, "the threshold"),
        "other": ("", "dotted key of another unknown"),
        "other_above": ("", "whether its values are above the threshold"),
        "other_threshold": (OF_PARAMETER, "the threshold"),
        "shown": ("share", "bad worlds inside, in the half that chose the corner"),
        "fresh": ("share", "bad worlds inside, in the other half"),
        "outside": ("share", "bad worlds outside, in the other half"),
        "worlds": ("worlds", "worlds inside, in the other half"),
    },
)


class Turn(NamedTuple):
    """Bad worlds run again with one value changed: a row of turns.csv."""

    key: str
    to_value: float
    placebo: bool
    worlds: int
    turned: int
    rises: int
    plausible: int
    before: float
    after: float | None


TURNS = Table(
    "turns.csv",
    Turn,
    "bad worlds run again with one value changed",
    {
        "key": ("", "dotted key of what was changed; empty: there is no bad world"),
        "to_value": (OF_PARAMETER, "the good end of its span; of a structure a code"),
        "placebo": ("", "whether it is the unknown that decides least"),
        "worlds": ("worlds", "bad worlds that were run again"),
        "turned": ("worlds", "those that are bad no more"),
        "rises": ("worlds", "those in which output clearly rises now"),
        "plausible": ("worlds", "those that are still plausible"),
        "before": ("%", "median effect before"),
        "after": ("%", "median effect after"),
    },
)


class Information(NamedTuple):
    """What it is worth to know something first: a row of information.csv."""

    known: str
    value: float
    right: float
    how: str


INFORMATION = Table(
    "information.csv",
    Information,
    "what it is worth to know something before the scheme is introduced",
    {
        "known": (
            "",
            "dotted key; nothing, a placebo (the best of all unknowns, shuffled), the "
            "first three unknowns, or everything",
        ),
        "value": ("%", "mean gain in output by introducing it or not accordingly"),
        "right": ("share", "worlds in which the direction of output is told right"),
        "how": ("", "how a company could measure it"),
    },
)


class LeastRow(NamedTuple):
    """The least favourable world that a search found: the row of least_favourable.csv.

    Without a search there is no row.
    """

    rule: str
    law: str
    looked_at: int
    start: float
    found: float
    fresh: float
    fresh_sd: float
    fresh_runs: int
    fresh_plausible: int
    near: float | None
    near_worlds: int
    near_plausible: int


LEAST = Table(
    "least_favourable.csv",
    LeastRow,
    "the least favourable plausible world that a search found",
    {
        "rule": ("", "rule of choice"),
        "law": ("", "law of rework"),
        "looked_at": ("worlds", "worlds that the search ran"),
        "start": ("%", "effect in the worst world that it began with"),
        "found": ("%", "effect in the world that it found, as it saw it"),
        "fresh": ("%", "mean effect there with other luck"),
        "fresh_sd": ("%", "standard deviation of that"),
        "fresh_runs": ("runs", "pairs of runs with other luck"),
        "fresh_plausible": ("runs", "those in which it is plausible"),
        "near": ("%", "mean effect in plausible worlds near it"),
        "near_worlds": ("worlds", "worlds near it that were looked at"),
        "near_plausible": ("worlds", "those that are plausible"),
    },
)


class LeastValue(NamedTuple):
    """A value of that world: a row of least_favourable_values.csv."""

    key: str
    value: float
    declared: float
    low: float
    high: float


LEAST_VALUES = Table(
    "least_favourable_values.csv",
    LeastValue,
    "an unknown in the least favourable world",
    {
        "key": ("", "dotted key of the unknown"),
        "value": (OF_PARAMETER, "its value there"),
        "declared": (OF_PARAMETER, "its value as declared"),
        "low": (OF_PARAMETER, "lower end of its span"),
        "high": (OF_PARAMETER, "upper end"),
    },
)


def of_shares(subject: Certificate, own: Floats, even: Floats) -> TableRows:
    """Tabulate effects world by world, by structure, and by other priors."""
    worlds, n = subject.worlds, len(own)
    rules, laws = worlds.rules[:n], worlds.laws[:n]
    middle = np.all(within(worlds.estimates[:n], "middle"), axis=1)
    priors = (
        ("declared", "wide", own),
        ("declared", "middle", own[middle]),
        ("uniform", "wide", even),
    )
    return {
        IN_WORLDS: in_worlds({subject.scheme: own}, rules, laws),
        PRIORS: [
            _prior(subject.scheme, shape, tolerance, effects)
            for shape, tolerance, effects in priors
            if np.isfinite(effects).any()
        ],
        WORLD_EFFECTS: (
            WorldEffect(
                subject.scheme,
                k,
                alternative(RULES, int(rules[k])),
                alternative(LAWS, int(laws[k])),
                bool(middle[k]),
                float(own[k]) if np.isfinite(own[k]) else None,
            )
            for k in range(n)
        ),
    }


def _prior(scheme: str, shape: str, tolerance: str, effects: Floats) -> Prior:
    found = classes(effects)
    falls, rises = share(found.falls, found.worlds), share(found.rises, found.worlds)
    return Prior(
        scheme,
        shape,
        tolerance,
        found.worlds,
        *(falls.share, falls.low, falls.high),
        *(rises.share, rises.low, rises.high),
        found.middle,
        found.worst,
    )


def of_deciders(subject: Certificate, own: Floats, found: Deciding) -> TableRows:
    """Tabulate how far every unknown parts bad worlds, its thirds, and a corner."""
    n = len(own)
    values = np.column_stack([column(subject.worlds, key)[:n] for key in subject.keys])
    best = corner(found.bad, values, subject.keys)
    return {
        CONTRASTS: [
            Contrast(
                one.key,
                found.side,
                _group(one.key, one.worse),
                _group(one.key, one.better),
                *one.contrasts,
                *found.above,
                one in found.deciders,
            )
            for one in found.ranked
        ],
        THIRDS: _thirds(subject, own, [one.key for one in found.ranked[:LISTED]]),
        CORNER: [
            CornerRow(
                *best.sides[0],
                *best.sides[1],
                best.shown,
                best.fresh,
                best.outside,
                best.worlds,
            )
        ]
        if best
        else [],
    }


def _group(key: str, group: int) -> str:
    """Name a third, or an alternative of a structure."""
    for structure in STRUCTURES:
        if structure.key == key:
            return alternative(structure, group)
    return NAMES[group]


def alternative(structure: Structure, code: int) -> str:
    """Name an alternative of a structure by its code."""
    names = {int(member): name for member, name in structure.names.items()}
    return names[code]


def _thirds(subject: Certificate, own: Floats, keys: Sequence[str]) -> Iterator[Group]:
    """Count worlds by the thirds of some unknowns, and by both structures."""
    n = len(own)
    codes = {RULES.key: subject.worlds.rules, LAWS.key: subject.worlds.laws}
    for one in candidates(subject.worlds, subject.keys, n):
        if one.key in codes:
            values = codes[one.key].astype(np.float64)
        elif one.key in keys:
            values = column(subject.worlds, one.key)
        else:
            continue
        for group in np.unique(one.groups).tolist():
            inside = one.groups == group
            counted = classes(own[inside])
            yield Group(
                one.key,
                _group(one.key, group),
                float(values[:n][inside].min()),
                float(values[:n][inside].max()),
                counted.worlds,
                counted.falls,
                counted.rises,
            )


def of_turns(own: Floats, found: Deciding, piece: Content) -> TableRows:
    """Tabulate what one changed value makes of bad worlds."""
    before = own[piece["worlds"]]
    return {TURNS: [_turn(before, found.side, one) for one in piece["turned"]]}


def _turn(before: Floats, side: Side, one: Mapping[str, Any]) -> Turn:
    after = np.array(one["after"], np.float64)
    known = after[np.isfinite(after)]
    turned = ~is_bad(known, side)
    return Turn(
        one["key"],
        one["to"],
        one["is_placebo"],
        len(before),
        int(turned.sum()),
        int((known > CLEAR).sum()),
        sum(one["plausible"]),
        float(np.median(before)),
        float(np.median(known)) if len(known) else None,
    )


def of_information(subject: Certificate, own: Floats) -> TableRows:
    """Tabulate what is worth measuring first, the most useful first."""
    n, effects = len(own), own[:, None]
    bases = {
        **{key: of_unknown(column(subject.worlds, key)[:n]) for key in subject.keys},
        RULES.key: of_structure(subject.worlds.rules[:n]),
        LAWS.key: of_structure(subject.worlds.laws[:n]),
    }
    rng, known = rng_of(subject.seed), np.isfinite(own)
    effects = effects[known]
    rows, placebos = [], []
    for key, basis in bases.items():
        told = basis[known]
        rows.append(Information(key, *worth(effects, told, rng), MEASURED_BY[key]))
        placebos.append(worth(effects, rng.permutation(told), rng))
    rows.sort(key=lambda row: (-row.right, -row.value))
    first = np.hstack([bases[row.known][known] for row in rows[:LISTED]])
    gained, right = (max(x) for x in zip(*placebos, strict=True))
    return {
        INFORMATION: [
            Information(NOTHING, 0.0, today(effects[:, 0]), ""),
            Information(PLACEBO, gained, right, ""),
            *rows,
            Information(FIRST_THREE, *worth(effects, first, rng), ""),
            Information(EVERYTHING, perfect(effects), 1.0, ""),
        ]
    }


def of_least(subject: Certificate, piece: Content) -> TableRows:
    """Tabulate the least favourable world, if there was a search."""
    if piece is None:
        return {LEAST: [], LEAST_VALUES: []}
    fresh, near = (np.array(piece[name], np.float64) for name in ("fresh", "near"))
    held = np.array(piece["near_plausible"], bool)
    world = piece["world"]
    return {
        LEAST: [
            LeastRow(
                alternative(RULES, world["rule"]),
                alternative(LAWS, world["law"]),
                piece["looked_at"],
                piece["start"],
                piece["found"],
                float(fresh.mean()),
                float(fresh.std(ddof=1)),
                len(fresh),
                sum(piece["fresh_plausible"]),
                float(near[held].mean()) if held.any() else None,
                len(near),
                int(held.sum()),
            )
        ],
        LEAST_VALUES: [
            LeastValue(key, world["values"][key], float(row.default), *row.span)
            for key, row in ((key, declared()[key]) for key in subject.keys)
        ],
    }


def of_rivals(subject: Certificate, own: Floats, others: Floats) -> TableRows:
    """Hold the scheme, its rivals and the baseline against each other."""
    if not len(others):
        return {RIVALS: [], REGRET: []}
    names = [subject.baseline, subject.scheme, *subject.others]
    every = np.column_stack([np.zeros(len(others)), own[: len(others)], others])
    every = every[np.isfinite(every).all(axis=1)]
    return {RIVALS: rivals(names, every), REGRET: standings(names, every)}
