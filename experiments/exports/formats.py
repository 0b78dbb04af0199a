"""The table of formats, shipped and a person's own: which columns mean what."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from experiments.config import yaml_text
from experiments.config.catalogue import suggestion
from experiments.errors import UserError
from experiments.exports import expression
from experiments.exports.expression import Expression, Record

SHIPPED = Path(__file__).with_name("formats.yaml")
FILE = "$file"
"""Stands for the name of the file, where that is the person."""
KINDS = ("input", "read", "write", "written")
"""Kinds of tokens: input, cached reads, cache writes, and what was written."""
MEASURES = ("cost", "requests", "messages", "credits")
"""Other measures that a column may hold."""
PANEL = "panel"
"""The format of a panel that is one already."""
LISTS = ("roster", "copilot_seats", "aliases")
"""Formats that hold no use."""
Grain = Literal["request", "day", "week"]
Inside = Literal["yes", "no", "test"]


@dataclass(frozen=True)
class Format:
    """What a kind of export is, and where its values stand.

    Attributes
    ----------
    name, is_ : str
        Its name in the table, and what it is in words.
    proof : tuple of str
        Expressions that must all be there; by them a file is recognised.
    each : str
        Where the records are in JSON; empty for rows of CSV and plain objects.
    only : str
        ``path = value`` that a record must have to count.
    who, key, program : str
        Where the id of a person stands, else that of a key, which is no person; and
        ``path = value`` of records that belong to a program.
    when, until : str
        Where the day, moment or first day of the week stands; the last day.
    grain : str
        Whether a row is a request, a sum over a day, or over a week.
    local, month_first : bool
        Whether days are those of somebody's clock; dates such as 03-30-2026.
    input, read, write, written, total : str
        Where the kinds of tokens stand, and what they should add up to.
    kind, amount, kinds, delta
        Where a record has one kind alone: where its name and value stand, what the
        names mean, and where it says that values are differences.
    cost, requests, messages, credits, active : str
        Where other measures stand; cost in USD.
    once : tuple of str
        What tells rows apart that are not duplicates; empty: all of a row.
    inside : str
        Whether input holds the cached reads: yes, no, or test.
    lacks : str
        A kind that the format never has.
    settles : int
        Last days that may still change.
    refuse, blind : str
        Why it is of no use; what it cannot see.
    """

    name: str
    is_: str
    proof: tuple[str, ...]
    each: str = ""
    only: str = ""
    who: str = ""
    key: str = ""
    program: str = ""
    when: str = ""
    until: str = ""
    grain: Grain = "request"
    local: bool = False
    month_first: bool = False
    input: str = ""
    read: str = ""
    write: str = ""
    written: str = ""
    total: str = ""
    kind: str = ""
    amount: str = ""
    kinds: Mapping[str, str] | None = None
    delta: str = ""
    cost: str = ""
    requests: str = ""
    messages: str = ""
    credits: str = ""
    active: str = ""
    once: tuple[str, ...] = ()
    inside: Inside = "test"
    lacks: str = ""
    settles: int = 0
    refuse: str = ""
    blind: str = ""

    @property
    def has_tokens(self) -> bool:
        """Whether it counts tokens at all."""
        return bool(self.input or self.total or self.kind)

    @property
    def is_list(self) -> bool:
        """Whether it is a list of people, and counts nothing."""
        return self.name in LISTS

    @property
    def is_keyed(self) -> bool:
        """Whether all that it names are keys, and no people."""
        return bool(self.key) and not self.who

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that can be read of it."""
        if self.is_list:
            return ()
        found = ["tokens"] if self.has_tokens else []
        found += [name for name in MEASURES if getattr(self, name)]
        if self.grain == "request" and "requests" not in found:
            found.append("requests")
        return (*found, "active_days") if self.grain != "week" else tuple(found)

    def fits(self, record: Record | None, columns: Mapping[str, int] | None) -> bool:
        """Tell whether a record, or the columns of a CSV file, are of this format."""
        for text in self.proof:
            [options] = Expression.of(text).terms
            get = expression.value(options, columns)
            if get is None:
                return False
            if record is not None and get(record) is None:
                return False
        return True


@cache
def shipped() -> Mapping[str, Format]:
    """Read the table of formats that comes with the laboratory."""
    text = SHIPPED.read_text(encoding="utf-8")
    return {found.name: found for found in read(text, "formats.yaml")}


def table(own: Iterable[Format]) -> Sequence[Format]:
    """List all formats, a person's own first: they know their files best."""
    mine = {found.name: found for found in own}
    rest = (found for name, found in shipped().items() if name not in mine)
    return (*mine.values(), *rest)


def read(text: str, where: str) -> Sequence[Format]:
    """Read formats from the text of a YAML file; ``where`` names it in messages.

    Raises ``UserError`` naming the format and the key.
    """
    content = yaml_text.load(text, f"cannot read {where}, ")
    if not isinstance(content, dict) or not content:
        raise UserError(
            f"{where}: formats are needed, such as\nours: {{is: our proxy, proof: "
            "[ts, staff, in], who: staff, when: ts, input: in, written: out}"
        )
    return [_format(name, given, f"{where}, {name}") for name, given in content.items()]


def _format(name: str, given: Any, where: str) -> Format:
    if not isinstance(given, dict):
        raise UserError(f"{where}: keys are needed, such as proof, who and when.")
    known = {field.name.rstrip("_"): field for field in fields(Format)}
    del known["name"]
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            near = suggestion(key, list(known))
            raise UserError(f"{where}: there is no {key}{near}")
        values[known[key].name] = _checked(key, value, f"{where}: {key}")
    needed = ["is", "proof"]
    if not values.get("refuse") and name not in LISTS:
        needed.append("when")
        if not (values.get("who") or values.get("key")):
            raise UserError(f"{where}: who is missing, the column of the person.")
    if lacking := [key for key in needed if key not in given]:
        raise UserError(f"{where}: {lacking[0]} is missing.")
    return Format(name=name, **values)


def _checked(key: str, value: Any, where: str) -> Any:
    """Turn a value of the file into that of a format."""
    check: Callable[[Any], Any] = CHECKS.get(key, _text)
    found = check(value)
    if found is None:
        raise UserError(f"{where} is {value!r}; {NEEDED[check]} is needed.")
    return found


def _text(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        Expression.of(value)
    except ValueError:
        return None
    return value.strip()


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and value and all(map(_text, value)):
        return tuple(value)
    return None


def _truth(value: Any) -> bool | None:
    return {"yes": True, "no": False, True: True, False: False}.get(value)


def _days(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 31 else None


def _grain(value: Any) -> str | None:
    return value if value in get_args(Grain) else None


def _inside(value: Any) -> str | None:
    return value if value in get_args(Inside) else None


def _kind(value: Any) -> str | None:
    return value if value in KINDS else None


def _kinds(value: Any) -> Mapping[str, str] | None:
    if isinstance(value, dict) and set(value.values()) <= set(KINDS):
        return cast(Mapping[str, str], value)
    return None


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "is": _words,
    "refuse": _words,
    "blind": _words,
    "proof": _texts,
    "once": _texts,
    "local": _truth,
    "month_first": _truth,
    "settles": _days,
    "grain": _grain,
    "inside": _inside,
    "lacks": _kind,
    "kinds": _kinds,
}
NEEDED: Mapping[Callable[[Any], Any], str] = {
    _text: "where the value stands, as a text,",
    _words: "a text",
    _texts: "a list of columns in brackets",
    _truth: "yes or no",
    _days: "a whole number of days from 0 to 31",
    _grain: "request, day or week",
    _inside: "yes, no or test",
    _kind: f"one of {', '.join(KINDS)}",
    _kinds: f"a name of each of {', '.join(KINDS)}",
}


def names(formats: Collection[Format]) -> str:
    """Name formats in words."""
    return "; ".join(found.is_ for found in formats)
