"""Read the files of one format into a spool of numbers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Any, NoReturn

import pyarrow.parquet as pq

from experiments.errors import UserError
from experiments.exports.expression import Expression, Get, Record, value
from experiments.exports.files import Advance, Export
from experiments.exports.formats import FILE, KINDS, Format
from experiments.exports.ids import Ids
from experiments.exports.meaning import Tally
from experiments.exports.moments import days
from experiments.exports.numbers import number, with_comma
from experiments.exports.records import is_json, objects, rows, steps, within
from experiments.exports.spool import Spool
from experiments.exports.spool import rows as as_rows
from experiments.exports.text import Text

BATCH = 20_000
DELTA = (1, "1", "AGGREGATION_TEMPORALITY_DELTA")
LONGEST_WEEK = 7
UNKNOWN = float("nan")
Number = Callable[[Record], float]


@dataclass
class Read:
    """What was read of one format, and what was left out.

    Attributes
    ----------
    files, rows : int
        How many files, and rows or records in them.
    others : mapping
        Rows and tokens of what is no person, by the numbers of ``ids``.
    uncosted : int
        Rows whose cost is not known.
    """

    format: Format
    spool: Spool
    tally: Tally = field(default_factory=Tally)
    files: int = 0
    rows: int = 0
    others: Counter[int] = field(default_factory=Counter)
    others_tokens: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    uncosted: int = 0

    def add(
        self,
        export: Export,
        ids: Ids,
        zone: tzinfo,
        measure: str,
        advance: Advance,
    ) -> None:
        """Read one more file."""
        _File(self, export, ids, zone, measure, advance).read()
        self.files += 1


class _File:
    """One file that is being read."""

    def __init__(
        self,
        into: Read,
        export: Export,
        ids: Ids,
        zone: tzinfo,
        measure: str,
        advance: Advance,
    ) -> None:
        if into.format.who == FILE:
            where = f"{export.path.parent}, a file of {into.format.is_}"
            export = replace(export, instead=where)
        self._into, self._export, self._ids = into, export, ids
        self._form, self._measure, self._advance = into.format, measure, advance
        self._day = days(
            zone if self._form.grain == "request" else UTC, self._form.month_first
        )
        self._batch: list[tuple[Any, ...]] = []
        self._shown = export.shown

    def read(self) -> None:
        """Read all records into the spool."""
        if self._export.suffix == ".parquet":
            self._of_parquet()
        else:
            with self._export.opened(self._advance) as stream:
                text = Text(stream, self._shown)
                if is_json(text):
                    self._of_json(text)
                else:
                    self._of_csv(text)
        self._flush()

    def _of_csv(self, text: Text) -> None:
        found = rows(text, self._shown)
        read = with_comma if found.semicolons else number
        records = ((cells,) for cells in found.rows)
        self._take(records, found.columns, read, lambda _: f"line {found.line()}")

    def _of_json(self, text: Text) -> None:
        way = steps(self._form.each)
        records = (
            record
            for part in objects(text, self._shown)
            for record in within(part, way)
        )
        self._take(records, None, number, lambda count: f"record {count:,}")

    def _of_parquet(self) -> None:
        file = pq.ParquetFile(self._export.path)
        columns = {name.casefold(): k for k, name in enumerate(file.schema_arrow.names)}

        def records() -> Iterator[Record]:
            for batch in file.iter_batches(BATCH):
                for cells in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    yield (cells,)

        self._take(records(), columns, number, lambda count: f"row {count:,}")
        self._advance(self._export.size)

    def _take(
        self,
        records: Iterator[Record],
        columns: Mapping[str, int] | None,
        read: Callable[[Any], float],
        place: Callable[[int], str],
    ) -> None:
        """Take every record; see ``_Getters``."""
        form, into = self._form, self._into
        get = _Getters.of(form, columns, read, self._measure, self._day)
        person_of = self._person(get)
        batch, file, count = self._batch, into.files, 0
        keyed, is_request = bool(form.once), form.grain == "request"
        for count, record in enumerate(records, start=1):
            try:
                if get.only is not None and not get.only(record):
                    continue
                person = person_of(record)
                day = get.day(record)
                inputs, cached, write, written, total = get.tokens(record)
                amount = get.amount(record)
            except ValueError as error:
                get.explain(record, f"{self._shown}, {place(count)}", error)
            cost = get.cost(record)
            if person < 0:
                into.others[person] += 1
                into.others_tokens[person] += inputs + cached + write + written or total
                continue
            name = get.once(record) if keyed else None
            if name is None or name == "":
                key = whole = hash((person, day, get.whole(record)))
            else:
                key = hash(name if is_request else (person, name))
                whole = hash((key, inputs, cached, write, written, total, cost, amount))
            batch.append(
                (
                    *(key, whole, file, person, day),
                    *(inputs, cached, write, written, total, cost, amount),
                )
            )
            if len(batch) >= BATCH:
                self._flush()
        into.rows += count

    def _flush(self) -> None:
        if not self._batch:
            return
        found = as_rows(self._batch)
        self._batch.clear()
        self._into.tally.add(found)
        self._into.uncosted += int((found["cost"] != found["cost"]).sum())
        self._into.spool.add(found)

    def _person(self, get: "_Getters") -> Callable[[Record], int]:
        ids = self._ids
        if self._form.who == FILE:
            person = ids.number(self._export.stem)
            return lambda record: person

        def found(record: Record) -> int:
            program = get.program is not None and get.program(record)
            who = get.who(record) if get.who is not None else None
            if who is not None and who != "":
                return ids.number(who, program)
            key = get.key(record) if get.key is not None else None
            return ids.of_key(key) if key not in (None, "") else ids.number(None)

        return found


@dataclass(frozen=True)
class _Getters:
    """Functions of a record, for one format and header."""

    only: Callable[[Record], bool] | None
    who: Get | None
    key: Get | None
    program: Callable[[Record], bool] | None
    day: Callable[[Record], int]
    tokens: Callable[[Record], tuple[float, float, float, float, float]]
    amount: Number
    cost: Number
    once: Callable[[Record], Any]
    whole: Callable[[Record], Any]
    numbers: Mapping[str, Number]

    @classmethod
    def of(
        cls,
        form: Format,
        columns: Mapping[str, int] | None,
        read: Callable[[Any], float],
        measure: str,
        day: Callable[[Any], int],
    ) -> "_Getters":
        def plain(text: str) -> Get | None:
            if not text:
                return None
            [options] = Expression.of(text).terms
            return value(options, columns)

        def total(name: str) -> Number:
            text = getattr(form, name)
            found = Expression.of(text).total(columns, read) if text else None
            return found or _nothing

        when, until = plain(form.when), plain(form.until)
        if when is None:
            raise UserError(f"{form.is_} has no {form.when}.")
        numbers = {name: total(name) for name in (*KINDS, "total")}
        tokens = _of_one_kind(form, plain, read) if form.kind else _of_all(numbers)
        amount = _amount(form, measure, total)
        numbers |= {measure: amount} if measure != "tokens" else {}
        keys = [got for text in form.once if (got := plain(text)) is not None]
        return cls(
            only=_equal(form.only, plain),
            who=plain(form.who) if form.who != FILE else None,
            key=plain(form.key),
            program=_equal(form.program, plain),
            day=_days(when, until, day),
            tokens=tokens,
            amount=amount,
            cost=_lenient(total("cost")) if form.cost else _unknown,
            once=keys[0] if len(keys) == 1 else _all_of(keys),
            whole=lambda r: repr(r[0]) if columns is None else tuple(r[0]),
            numbers=numbers,
        )

    def explain(self, record: Record, where: str, error: ValueError) -> NoReturn:
        """Raise ``UserError`` naming what cannot be read, but never its value."""
        for name, get in {"the day": self.day, **self.numbers}.items():
            try:
                get(record)
            except ValueError as wrong:
                raise UserError(f"{where}, {name}: {wrong}.") from None
        raise UserError(f"{where}: {error}.") from None


def _all_of(keys: Sequence[Get]) -> Get:
    return lambda record: tuple(str(key(record)) for key in keys)


def _nothing(record: Record) -> float:
    del record
    return 0.0


def _unknown(record: Record) -> float:
    del record
    return UNKNOWN


def _equal(
    text: str, plain: Callable[[str], Get | None]
) -> Callable[[Record], bool] | None:
    """Make the function that tells whether ``path = value`` holds."""
    path, _, wanted = text.partition(" = ")
    get = plain(path)
    if get is None:
        return None
    return lambda record: str(get(record)).strip() == wanted


def _days(
    when: Get, until: Get | None, day: Callable[[Any], int]
) -> Callable[[Record], int]:
    if until is None:
        return lambda record: day(when(record))

    def first(record: Record) -> int:
        found = day(when(record))
        if day(until(record)) - found >= LONGEST_WEEK:
            raise ValueError("its period is longer than a week; ask for weeks")
        return found

    return first


def _of_all(
    numbers: Mapping[str, Number],
) -> Callable[[Record], tuple[float, float, float, float, float]]:
    a, b, c, d, e = numbers.values()
    return lambda record: (a(record), b(record), c(record), d(record), e(record))


def _of_one_kind(
    form: Format, plain: Callable[[str], Get | None], read: Callable[[Any], float]
) -> Callable[[Record], tuple[float, float, float, float, float]]:
    """Make the function for records that have one kind of tokens each."""
    kind, amount, delta = plain(form.kind), plain(form.amount), plain(form.delta)
    kinds = form.kinds or {}
    if kind is None or amount is None:
        raise UserError(f"{form.is_} has no {form.kind} or {form.amount}.")

    def tokens(record: Record) -> tuple[float, float, float, float, float]:
        if delta is not None and delta(record) not in DELTA:
            raise ValueError(
                "its values are running totals (cumulative), which start anew with "
                "every session; export differences (delta temporality)"
            )
        name, size = kinds.get(str(kind(record))), read(amount(record))
        a, b, c, d = (size if name == each else 0.0 for each in KINDS)
        return a, b, c, d, 0.0

    return tokens


def _amount(form: Format, measure: str, total: Callable[[str], Number]) -> Number:
    """Make the function that gives a measure other than tokens."""
    if measure == "tokens":
        return _nothing
    if measure == "active_days":
        if form.active:
            return total("active")
        return lambda record: 1.0
    if measure == "requests" and not form.requests:
        return lambda record: 1.0
    return total(measure)


def _lenient(get: Number) -> Number:
    """Read a cost; words such as Included are an unknown one."""

    def cost(record: Record) -> float:
        try:
            return get(record)
        except ValueError:
            return UNKNOWN

    return cost


def pairs(export: Export, form: Format, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Read a list: of each row the values under some names, as texts."""
    with export.opened() as stream:
        text = Text(stream, export.shown)
        if is_json(text):
            records: Iterator[Record] = (
                record
                for part in objects(text, export.shown)
                for record in within(part, ())
            )
            columns = None
        else:
            found = rows(text, export.shown)
            records, columns = ((cells,) for cells in found.rows), found.columns
        gets = [value(Expression.of(name).terms[0], columns) for name in names]
        return [
            tuple(str(get(r) or "").strip() if get else "" for get in gets)
            for r in records
        ]
