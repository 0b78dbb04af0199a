"""Families of levers that grow from 0, and workforces on which they act.

A *family* is a lever with its pressures, on top of the scheme that is asked for:

    {name: quota, lever: quota.penalty}                     to the end of its span
    {name: quota, lever: quota.penalty, high: 0.2}          to 0.2
    {name: quota, lever: quota.penalty, levels: [0.1, 0.2]} levels; 0 is always there
    {name: team, lever: leaderboard.status, with: [leaderboard.scope=team]}

``levels`` are written as everywhere (``experiments.designs.levels``). A *workforce* is
a kind of people, as keys with one value each:

    {name: sceptics, people.belief_mean: -0.2, people.never_gamers: 0.6}

Every mistake raises ``UserError`` naming the key, the value and what is allowed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from experiments.config.compose import compose
from experiments.config.forms import (
    FamiliesGiven,
    Level,
    LevelsGiven,
    WorkforcesGiven,
)
from experiments.config.messages import shown
from experiments.config.overrides import Override, check_once, parse
from experiments.designs.factors import check_key, check_number, code, keys
from experiments.designs.levels import rising, spaced
from experiments.errors import UserError
from model.scenario import Scenario

FEWEST_LEVELS = 3
"""Fewest pressures of a curve: 0, the highest and one between, where it may turn."""
Entry = TypeVar("Entry", bound=Mapping[str, Any])

NAME, LEVER, LEVELS, HIGH, WITH = "name", "lever", "levels", "high", "with"


class Family(NamedTuple):
    """A lever, its rising levels from 0, and the scenario in which it acts."""

    name: str
    lever: str
    levels: tuple[float, ...]
    scenario: Scenario


class Workforce(NamedTuple):
    """A kind of people: levels by dotted key."""

    name: str
    levels: Mapping[str, float]


def families(
    given: FamiliesGiven, points: int, overrides: Sequence[str]
) -> tuple[Family, ...]:
    """Read families on top of a scenario's overrides; ranges have ``points`` levels."""
    return tuple(
        _family(entry, f"study.families, {name}", name, points, overrides)
        for name, entry in _named(given, "families", LEVER)
    )


def workforces(given: WorkforcesGiven) -> tuple[Workforce, ...]:
    """Read kinds of people."""
    return tuple(
        Workforce(name, dict(_assumptions(entry, f"study.workforces, {name}: ")))
        for name, entry in _named(given, "workforces", NAME)
    )


def pressures(
    lever: str, levels: LevelsGiven, high: LevelsGiven, points: int, place: str
) -> tuple[float, ...]:
    """Read the pressures of a lever: 0, and its levels or up to ``high``.

    Without both it goes to the end of its declared span. Messages begin with ``place``
    and the key that is wrong.
    """
    where = f"{place}{LEVER}: "
    row = check_number(lever, where)
    if lever not in keys("lever"):
        raise UserError(
            f"{where}{lever} is no lever: it is given, the principal does not choose "
            "it. Choose a lever such as review.weight."
        )
    if row.low is not None and row.low > 0.0:
        raise UserError(
            f"{where}{lever} is at least {row.low:g}, so it has no pressure 0 to "
            "begin with; choose a lever such as review.weight or quota.penalty."
        )
    if levels is not None:
        if high is not None:
            raise UserError(f"{place}{LEVELS} says how high; leave {HIGH} out.")
        own = rising(lever, levels, f"{place}{LEVELS}: ", points=points, fewest=1)
        rising_levels = tuple(sorted({0.0, *own}))
    else:
        end = row.span[1] if high is None else code(lever, high, f"{place}{HIGH}: ")
        rising_levels = spaced(lever, 0.0, end, points)
    if rising_levels[0] < 0.0 or len(rising_levels) < FEWEST_LEVELS:
        raise UserError(
            f"{where}pressures of {lever} begin at 0 and rise; at least "
            f"{FEWEST_LEVELS} are needed."
        )
    return rising_levels


def _family(
    entry: Mapping[str, LevelsGiven],
    place: str,
    name: str,
    points: int,
    overrides: Sequence[str],
) -> Family:
    for key in entry:
        if key not in (NAME, LEVER, LEVELS, HIGH, WITH):
            raise UserError(
                f"{place} has {key}; a family has {NAME}, {LEVER}, {LEVELS} or "
                f"{HIGH}, and {WITH}."
            )
    lever, high = str(entry[LEVER]), entry.get(HIGH)
    levels = pressures(lever, entry.get(LEVELS), high, points, f"{place}, ")
    scenario = compose([*overrides, *_with(entry.get(WITH, ()), place)])
    return Family(name, lever, levels, scenario)


def _with(given: LevelsGiven, place: str) -> list[str]:
    texts = list(given) if isinstance(given, list | tuple) else [None]
    levers: list[Override] = []
    for text in texts:
        if not isinstance(text, str):
            raise UserError(
                f"{place}: {WITH} is {shown(given)}; a list of levers such as "
                "[quota.amount=160] is needed."
            )
        lever = parse(text, f"{place}: ")
        if not lever.is_lever:
            raise UserError(
                f"{place}: {text} is no lever; it changes more than a scheme."
            )
        levers.append(lever)
    check_once(levers)
    return [lever.text for lever in levers]


def _assumptions(entry: Mapping[str, Level], place: str) -> Iterator[tuple[str, float]]:
    for key, value in entry.items():
        if key == NAME:
            continue
        check_key(key, place)
        if key not in keys("uncertainty"):
            raise UserError(
                f"{place}{key} is a lever; a kind of people differs in what the "
                "principal does not choose, such as people.belief_mean."
            )
        yield key, code(key, value, place)


def _named(
    given: Sequence[Entry], what: str, needed: str
) -> Iterator[tuple[str, Entry]]:
    """Give entries with their names, which must differ."""
    names: list[str] = []
    for entry in given:
        for key in (NAME, needed):
            if key not in entry:
                raise UserError(f"study.{what}: {shown(entry)} has no {key}.")
        name = str(entry[NAME])
        if name in names:
            raise UserError(f"study.{what} has {shown(name)} twice; names must differ.")
        names.append(name)
        yield name, entry
