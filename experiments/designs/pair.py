"""A pair: two schemes side by side for the same people and luck, as in the studio.

A pair can be a link, a YAML file or a study (``study=pair data=FILE``). All three are
validated against the declarations of the parameters. Both sides have one workforce: a
shipped one by its name, or what the file of one's own says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from experiments.config import grammar, groups, roles, yaml_text
from experiments.config.catalogue import LEVERS, members, suggestion
from experiments.config.compose import compose
from experiments.config.messages import refusal
from experiments.config.overrides import Override, literal
from experiments.config.timeline import releases
from experiments.config.varied import varied
from experiments.designs.design import Design, Point
from experiments.errors import UserError
from model.compiled import sources_digest
from model.parameters import declarations
from model.roles import Workforce
from model.scenario import Group, Phase, Scenario

Value = bool | int | float | str
Changes = tuple[tuple[str, Value], ...]
"""Dotted keys with values, in the order of their declaration."""

SIDES = ("first", "second")
WHOLE = {"weeks": 104, "seed": 1, "replicates": 16}
"""Whole numbers of a pair, with their defaults."""
LIMITS = {"seed": (0, 2**63 - 1), "replicates": (1, 100_000)}
MOST_TEXT = 20_000
"""Most characters of a link or file; every key once takes a fifth of them."""
VERSION = "model"
WORKFORCE = "workforce"
GROUPS = "groups"
ONE_CROWD = Workforce()


@dataclass(frozen=True)
class Side:
    """A named scheme with some of its parameters changed.

    ``groups`` are people under schemes of their own, as on the command line:
    ``{pilot: {share: 0.5, change: ['quota=monthly']}}``; empty if there are none.
    """

    scheme: str
    changes: Changes = ()
    groups: str = ""

    @property
    def label(self) -> str:
        """Its name, with a mark if it is no longer as published."""
        name = self.scheme.replace("_", " ")
        return f"{name}, changed" if self.changes or self.groups else name


@dataclass(frozen=True)
class Pair:
    """Two schemes and what they share.

    Attributes
    ----------
    first, second : Side
        Effects are those of the second against the first.
    shared : Changes
        Changed parameters of organisation, people, technology, peers and principal.
    releases : tuple of Phase
        New models, which come on both sides; the schemes keep phases of their own.
    workforce : Workforce
        The roles that people have on both sides.
    version : str
        The model that it was made with; empty if unknown.
    """

    first: Side = Side("voluntary")
    second: Side = Side("monthly_minimum")
    shared: Changes = ()
    releases: tuple[Phase, ...] = ()
    workforce: Workforce = ONE_CROWD
    weeks: int = WHOLE["weeks"]
    seed: int = WHOLE["seed"]
    replicates: int = WHOLE["replicates"]
    version: str = field(default="", compare=False)

    @property
    def labels(self) -> tuple[str, str]:
        """Different names for both sides."""
        first, second = self.first.label, self.second.label
        return (first, second) if first != second else (first, f"{second} (second)")

    @property
    def is_of_this_model(self) -> bool:
        """Whether it was made with this version of the model, or an unknown one."""
        return self.version in ("", this_model())

    def scenario(self, side: Side) -> Scenario:
        """Make the scenario of a side; raises ``UserError`` if values do not fit."""
        changes: dict[str, Any] = dict(side.changes) | dict(self.shared)
        changes |= {"weeks": self.weeks, WORKFORCE: self.workforce}
        scenario = varied(named()[side.scheme], changes)
        try:
            if side.groups:
                scenario = scenario.varied(groups=tuple(_groups_of(side)))
            return scenario.released(self.releases)
        except ValidationError as error:
            raise refusal(error) from None

    def design(self, replicates: int | None = None) -> Design:
        """Design runs of both sides with all replicates, or fewer for a preview."""
        sides = zip(self.labels, (self.first, self.second), strict=True)
        schemes = {label: self.scenario(side) for label, side in sides}
        point = Point(0, {}, replicates or self.replicates)
        return Design(schemes, (point,), self.seed, accounts=True)


@cache
def this_model() -> str:
    """Hash the model that this process runs; see ``sources_digest``."""
    return sources_digest()


@cache
def named() -> Mapping[str, Scenario]:
    """Compose every shipped scheme, once."""
    return {name: compose([f"scheme={name}"]) for name in members("scheme")}


@cache
def keys() -> Mapping[str, Any]:
    """Give the declared defaults by dotted key, without ``weeks``."""
    return {row.key: row.default for row in declarations(Scenario) if "." in row.key}


def is_lever(key: str) -> bool:
    """Check whether the principal chooses a key; only in such may sides differ."""
    return key.partition(".")[0] in LEVERS


def read(content: Any) -> Pair:
    """Read a pair from the content of a file.

    Raises ``UserError`` for a key that a pair does not have, or a forbidden value.
    """
    if not isinstance(content, dict):
        raise UserError("a pair has the keys first, second, shared, weeks, seed.")
    known = (*SIDES, "shared", "timeline", WORKFORCE, *WHOLE, VERSION)
    for name in content:
        if name not in known:
            raise UserError(
                f"there is no key {short(name)}{suggestion(str(name), known)}\n"
                f"Keys are {', '.join(known)}."
            )
    version = content.get(VERSION, "")
    if not isinstance(version, str) or len(version) > 64:
        raise UserError(f"model is {short(version)}; the name of a version is needed.")
    values: dict[str, Any] = {
        name: _side(content[name], name) for name in SIDES if name in content
    }
    values |= {name: _whole(name, content[name]) for name in WHOLE if name in content}
    shared = _changes(content.get("shared", {}), "shared", levers=False)
    values["releases"] = releases(content.get("timeline", []))
    if WORKFORCE in content:
        values[WORKFORCE] = _workforce(content[WORKFORCE])
    pair = Pair(shared=shared, version=version, **values)
    for side in (pair.first, pair.second):
        pair.scenario(side)
    return pair


def from_yaml(text: str) -> Pair:
    """Read a pair from the text of a YAML file; raises ``UserError``."""
    if len(text) > MOST_TEXT:
        raise UserError(f"the file is longer than {MOST_TEXT:,} characters.")
    return read(yaml_text.load(text))


def as_mapping(pair: Pair) -> dict[str, Any]:
    """Give the content of a pair's file: everything that decides the numbers."""
    content: dict[str, Any] = {
        name: {"scheme": side.scheme, **dict(side.changes), **_said_groups(side)}
        for name, side in zip(SIDES, (pair.first, pair.second), strict=True)
    }
    if pair.shared:
        content["shared"] = dict(pair.shared)
    if pair.workforce != ONE_CROWD:
        name = roles.name_of(pair.workforce)
        content[WORKFORCE] = name or {"roles": roles.mix_of(pair.workforce)}
    if pair.releases:
        content["timeline"] = [
            {"week": phase.week, "technology": phase.technology.changes}
            for phase in pair.releases
        ]
    content |= {name: getattr(pair, name) for name in WHOLE}
    return content | {VERSION: this_model()}


def as_yaml(pair: Pair) -> str:
    """Write the text of a YAML file that ``study=pair`` runs."""
    head = "# Two schemes side by side: tokenmaxxing study=pair data=THIS_FILE\n"
    return head + yaml_text.dump(as_mapping(pair))


def changed(changes: Changes, key: str, value: Value | None) -> Changes:
    """Set one change, or remove it if its value is None."""
    values = dict(changes)
    values.pop(key, None)
    if value is not None:
        values[key] = value
    return _ordered(values)


def with_side(pair: Pair, name: str, side: Side) -> Pair:
    """Replace the first or second side of a pair."""
    return replace(pair, first=side) if name == "first" else replace(pair, second=side)


def with_whole(pair: Pair, name: str, value: int) -> Pair:
    """Set one whole number of a pair; raises ``UserError`` for one out of its range."""
    values: dict[str, Any] = {name: _whole(name, value)}
    return replace(pair, **values)


def _side(content: Any, name: str) -> Side:
    if not isinstance(content, dict):
        raise UserError(f"{name} is {short(content)}; write {name}: {{scheme: NAME}}.")
    scheme = content.get("scheme", "voluntary")
    shipped = members("scheme")
    if not isinstance(scheme, str) or scheme not in shipped:
        near = suggestion(str(scheme), shipped)
        raise UserError(
            f"{name}.scheme is {short(scheme)}, which is not a shipped scheme{near}\n"
            f"Schemes are {', '.join(shipped)}."
        )
    own = ("scheme", GROUPS)
    rest = {key: value for key, value in content.items() if key not in own}
    given = content.get(GROUPS)
    if given is not None and not isinstance(given, dict):
        raise UserError(
            f"{name}.groups is {short(given)}; names are needed with who is in each "
            f"group and what differs, such as {groups.FORM}."
        )
    text = literal(given) if given else ""
    return Side(scheme, _changes(rest, name, levers=True), text)


def _groups_of(side: Side) -> Iterator[Group]:
    """Make the groups of a side, whose scheme theirs change."""
    said = [Override(key, literal(value)) for key, value in side.changes]
    scheme = Override("scheme", side.scheme)
    return groups.read([scheme, *said], groups_written(side.groups))


def _said_groups(side: Side) -> dict[str, Any]:
    return {GROUPS: groups_written(side.groups)} if side.groups else {}


def groups_written(text: str) -> Any:
    """Read groups as the command line writes them; raises ``UserError``."""
    try:
        return grammar.read(f"{GROUPS}={text}").value()
    except (grammar.UnreadableError, grammar.DoubledError):
        raise UserError(
            f"groups are {short(text)}; they are written {groups.FORM}."
        ) from None


def _workforce(content: Any) -> Workforce:
    """Read a workforce: its name, or what the file of one's own says."""
    shipped = roles.mixes()
    if isinstance(content, dict) and list(content) == ["roles"]:
        return roles.workforce(content["roles"])
    if isinstance(content, str) and content in shipped:
        return shipped[content]
    near = suggestion(content, [*shipped]) if isinstance(content, str) else "."
    raise UserError(
        f"workforce is {short(content)}, which is not a shipped workforce{near}\n"
        f"Workforces are {', '.join(shipped)}; one of your own is written "
        f"workforce: {{roles: {roles.FORM}}}."
    )


def _changes(content: Any, where: str, *, levers: bool) -> Changes:
    if not isinstance(content, dict):
        raise UserError(f"{where} is {short(content)}; keys with values are needed.")
    allowed = [key for key in keys() if is_lever(key) is levers]
    for key, value in content.items():
        if key not in allowed:
            raise UserError(_misplaced(key, where, allowed, levers=levers))
        if not isinstance(value, bool | int | float | str):
            raise UserError(f"{key} is {short(value)}; a number or a name is needed.")
    return _ordered(content)


def _misplaced(key: Any, where: str, allowed: list[str], *, levers: bool) -> str:
    if key in keys():
        proper = "shared" if levers else "first or second"
        return f"{key} does not belong to {where}; write it below {proper}."
    return f"{where} has no key {short(key)}{suggestion(str(key), allowed)}"


def _ordered(changes: Mapping[str, Value]) -> Changes:
    return tuple((key, changes[key]) for key in keys() if key in changes)


def _whole(name: str, value: Any) -> int:
    low, high = LIMITS.get(name, (1, 5200))
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not low <= value <= high
    ):
        raise UserError(
            f"{name} is {short(value)}; a whole number from {low} to {high}."
        )
    return value


def short(value: Any) -> str:
    """Quote a refused value, cut to a length for messages."""
    text = repr(str(value))
    return text if len(text) <= 60 else text[:57] + "...'"


def sides(pair: Pair) -> Iterator[tuple[str, Side]]:
    """Yield both sides with their names."""
    yield from zip(SIDES, (pair.first, pair.second), strict=True)
