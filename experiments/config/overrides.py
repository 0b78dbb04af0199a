"""Overrides: ``key=value``, with names checked before anything is composed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from experiments.config import grammar, plain, roles
from experiments.config.catalogue import (
    GROUPS,
    LEVERS,
    TOP_LEVEL,
    all_keys,
    keys_of,
    members,
    suggestion,
)
from experiments.config.settings import STUDIES
from experiments.errors import UserError

DEFAULT_STUDY = "compare"
FEW = 12  # names that a message still lists
FILES = ("scheme", "study", "workforce")
"""Groups of which a member can be a file of the reader's."""
KEY = re.compile(r"[A-Za-z_]\w*(\.\w+)*")
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Override:
    """A change of the config; ``where`` is its place in a file, if it has one."""

    key: str
    value: str
    where: str = ""

    @property
    def text(self) -> str:
        """The override as on the command line."""
        return f"{self.key}={self.value}"

    @property
    def root(self) -> str:
        """The group or top-level key that it changes."""
        return self.key.split(".")[0]

    @property
    def chooses(self) -> bool:
        """Whether it chooses the member of a group."""
        return self.key in GROUPS

    @property
    def is_lever(self) -> bool:
        """Whether it changes what the principal chooses."""
        return self.root in (*LEVERS, "timeline", "changes", "groups")


def parse(text: str, where: str = "") -> Override:
    """Read one override; refuse what is not ``key=value``."""
    key, equals, value = text.partition("=")
    key = key.strip()
    if not equals:
        known = key in all_keys()
        near = f"; write {key}=..." if known else suggestion(key, all_keys())
        raise UserError(
            f"{where}cannot read {text!r}: settings are written key=value, "
            f"such as quota.amount=160{near}"
        )
    if key[:1] in ("+", "~"):
        raise UserError(
            f"{where}cannot read {text!r}: keys are not added or deleted; "
            f"write {key.lstrip('+~')}=value, or choose the member none of a group."
        )
    if not KEY.fullmatch(key):
        raise UserError(
            f"{where}cannot read {text!r}: {key!r} is not a key; "
            "keys look like weeks or quota.amount."
        )
    return Override(key, value, where)


def merged(earlier: Iterable[Override], later: Sequence[Override]) -> list[Override]:
    """Put later overrides on top of earlier ones.

    A later choice of a member drops earlier overrides of that group; a later choice of
    a scheme drops all earlier levers.
    """
    chosen = {change.root for change in later if change.chooses}
    keys = {change.key for change in later}
    kept = [
        o
        for o in earlier
        if o.root not in chosen
        and o.key not in keys
        and not ("scheme" in chosen and o.is_lever)
    ]
    return kept + list(later)


def last_of_each(overrides: Sequence[Override]) -> list[Override]:
    """Keep the last override of each key."""
    last = {override.key: override for override in overrides}
    return [o for o in overrides if last[o.key] is o]


def check_once(overrides: Iterable[Override]) -> None:
    """Refuse a key that a list of changes holds twice."""
    values: dict[str, str] = {}
    for override in overrides:
        if override.key in values:
            raise UserError(
                f"{override.where}{override.key} stands twice, as "
                f"{values[override.key]} and as {override.value}; keep one of them."
            )
        values[override.key] = override.value


def study_of(overrides: Iterable[Override]) -> str:
    """Give the name of the requested study, whether it exists or not."""
    names = [o.value for o in overrides if o.key == "study"]
    return names[-1] if names else DEFAULT_STUDY


def check(
    override: Override, study: str = DEFAULT_STUDY, *, sweeps: bool = False
) -> None:
    """Refuse unknown groups, keys and members, and values that cannot be read."""
    if override.chooses:
        _check_member(override, sweeps)
    elif override.key not in TOP_LEVEL and override.root != "groups":
        _check_key(override, study)
    _check_grammar(override, sweeps)


def _check_member(override: Override, sweeps: bool) -> None:
    group, where = override.key, override.where
    valid = list(STUDIES) if group == "study" else members(group)
    names = override.value.split(",") if sweeps else [override.value]
    unknown = [name for name in names if name not in valid]
    if not unknown:
        return
    name = unknown[0]
    number = re.fullmatch(r"[\d.]+", name)
    hint = f"; a number needs its key: {group}.<key>={name}" if number else ""
    near = hint or suggestion(name, valid, f"{group}=")
    also = ", or the path of a YAML file" if group in FILES else ""
    raise UserError(
        f"{where}there is no {group}={name}{near}"
        f"\n{group} can be {', '.join(valid)}{also}."
    )


def _check_key(override: Override, study: str) -> None:
    key, group = override.key, override.root
    known = study if study in STUDIES else DEFAULT_STUDY
    valid = keys_of(group, known) if group in GROUPS else all_keys()
    if group == "workforce":
        valid += roles.numbers()
    if key in valid:
        return
    line = f"{override.where}there is no key {key}{suggestion(key, valid)}"
    if group in TOP_LEVEL:
        line = f"{override.where}there is no key {key}; {group} has no keys below it."
    elif group == "study":
        listed = ", ".join(valid) or "no settings"
        line += f"\nstudy={known} has {listed}."
    elif group in GROUPS and len(valid) <= FEW:
        line += f"\n{group} has {', '.join(k.split('.', 1)[1] for k in valid)}."
    else:
        line += "\nAll keys: tokenmaxxing study=parameters"
    raise UserError(line)


def _check_grammar(override: Override, sweeps: bool) -> None:
    if "${" in override.value:
        raise UserError(
            f"{override.where}{override.text} refers to something outside; "
            "write the value itself, so that the run can be repeated anywhere."
        )
    try:
        parsed = grammar.read(override.text)
    except grammar.UnreadableError:
        raise UserError(f"{override.where}{_unreadable(override)}") from None
    except grammar.DoubledError as doubled:
        raise _twice(override, doubled) from None
    if override.key == "timeline" and isinstance(parsed.value(), Mapping):
        raise UserError(f"{override.where}{_unreadable(override)}")
    if parsed.is_sweep_override() and not sweeps:
        raise UserError(
            f"{override.where}{override.text} gives several values; "
            "add --multirun to run them one after the other, or choose one."
        )


def check_hydras(text: str) -> None:
    """Refuse a key that stands twice in an override of Hydra's own settings.

    Whatever else is wrong with one, Hydra says.
    """
    with suppress(grammar.UnreadableError):
        try:
            grammar.read(text)
        except grammar.DoubledError as doubled:
            raise _twice(parse(text), doubled) from None


def _twice(override: Override, key: grammar.DoubledError) -> UserError:
    return UserError(
        f"{override.where}{override.key} holds the key {key} twice; keep one of them."
    )


def _unreadable(override: Override) -> str:
    text = override.text if len(override.text) <= 70 else override.text[:67] + "..."
    if override.key == "timeline":
        return (
            f"cannot read {text}\nA timeline is written "
            """'timeline=[{week: 40, change: ["leaderboard=none"]}]' """
            "(with both kinds of quotes)."
        )
    if override.key == "groups":
        return (
            f"cannot read {text}\nGroups are written "
            """'groups={pilot: {share: 0.5, change: ["quota=monthly"]}}' """
            "(with both kinds of quotes)."
        )
    return (
        f"cannot read {text!r}: the value holds a character that needs quotes, "
        f"""such as '{override.key}="..."'."""
    )


def literal(value: Any) -> str:
    """Write a YAML value in the grammar of overrides."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return "[" + ",".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}:{literal(v)}" for k, v in value.items()) + "}"
    text = str(value)
    if isinstance(value, int | float) or _is_plain(text):
        return text
    return quoted(text)


def _is_plain(text: str) -> bool:
    """Tell whether a text is itself without quotes, unlike ``null`` or ``inf``."""
    return PLAIN.fullmatch(text) is not None and plain.value(text) == text


def quoted(text: str) -> str:
    """Quote a string for the grammar of overrides."""
    escaped = re.sub(r"(\\+)('|$)", r"\1\1\2", text).replace("'", r"\'")
    return f"'{escaped}'"
