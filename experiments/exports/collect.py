"""From what somebody points to, to sources that are read and counted once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from typing import NamedTuple

from experiments.errors import UserError
from experiments.exports.duplicates import counted
from experiments.exports.files import MAPPINGS, Advance, Export, find
from experiments.exports.formats import FILE, Format, names, read, shipped, table
from experiments.exports.ids import KEYS, Ids, aliases
from experiments.exports.meaning import MixedError
from experiments.exports.moments import days
from experiments.exports.panel import Seat, Source
from experiments.exports.reading import Read, pairs
from experiments.exports.recognise import Recognised, recognise
from experiments.exports.spool import Spool

MOST_EXTENDED = 0.05
"""Share of ids that may be another id with something added."""


class Files(NamedTuple):
    """What somebody points to, sorted by what it is.

    Attributes
    ----------
    uses : mapping
        Files of each format that counts use.
    lists : sequence of Recognised
        Lists of aliases and of seats.
    mappings : sequence of Export
        Formats of somebody's own.
    empty : int
        How many files have nothing in them.
    """

    uses: Mapping[str, Sequence[Export]]
    lists: Sequence[Recognised]
    mappings: Sequence[Export]
    formats: Mapping[str, Format]
    empty: int

    @property
    def exports(self) -> list[Export]:
        """All files with something in them."""
        return [
            *(export for some in self.uses.values() for export in some),
            *(found.export for found in self.lists),
            *self.mappings,
        ]


class Collected(NamedTuple):
    """Sources, what was left out of them, and who is in them."""

    sources: Sequence[Source]
    reads: Sequence[Read]
    dropped: Sequence[int]
    seats: Sequence[Seat]
    ids: Ids
    aliases: int


def recognised(asked: str, measure: str) -> Files:
    """Find and recognise all files of ``data=``.

    Raises ``UserError`` if a file is not known, or none has the measure.
    """
    found = find(asked)
    mappings = [export for export in found if export.suffix in MAPPINGS]
    own = [form for export in mappings for form in read(_text(export), export.shown)]
    formats = table(own)
    uses: dict[str, list[Export]] = {}
    lists, empty = [], 0
    refused: list[tuple[Export, UserError]] = []
    for export in found:
        if export.suffix in MAPPINGS:
            continue
        try:
            one = recognise(export, formats)
        except UserError as error:
            refused.append((export, error))
            continue
        if one.format is None:
            empty += 1
        elif one.format.is_list:
            lists.append(one)
        else:
            uses.setdefault(one.format.name, []).append(export)
    if refused:
        raise _without_name(*refused[0], uses)
    by_name = {form.name: form for form in formats}
    lacking = [by_name[name] for name in uses if measure not in by_name[name].measures]
    if not uses:
        raise UserError(f"data={asked}: no file has any use of AI in it.")
    if lacking:
        some = [form for form in map(by_name.get, uses) if form is not None]
        common = [m for m in some[0].measures if all(m in f.measures for f in some)]
        also = (
            f"All files have {', '.join(common)}: study.measure={common[0]}."
            if common
            else "Import them without the others, with a measure of their own."
        )
        raise UserError(
            f"{names(lacking)}: it has no {measure.replace('_', ' ')}, only "
            f"{', '.join(lacking[0].measures).replace('_', ' ')}.\n{also}"
        )
    return Files(uses, lists, mappings, by_name, empty)


def _without_name(
    export: Export, error: UserError, uses: Mapping[str, Sequence[Export]]
) -> UserError:
    """Take the name of a file out of a message if its like are named after people."""
    folder = export.path.parent
    for name, others in uses.items():
        form = shipped().get(name)
        if form and form.who == FILE and folder in {x.path.parent for x in others}:
            where = f"{folder}, a file beside those of {form.is_}"
            return UserError(str(error).replace(export.shown, where))
    return error


def _text(export: Export) -> str:
    with export.opened() as stream:
        try:
            return stream.read(1 << 20).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UserError(f"{export.shown} is not text in UTF-8.") from None


def collected(
    files: Files, measure: str, zone: tzinfo, keep: bool, advance: Advance
) -> Collected:
    """Read all files.

    Raises ``UserError`` for the first thing that cannot be right; its message holds no
    id.
    """
    known = _aliases(files)
    ids = Ids(known, keep)
    sources, reads, dropped = [], [], []
    for name, exports in files.uses.items():
        form = files.formats[name]
        _check_zone(form, zone)
        with Spool() as spool:
            one = Read(form, spool)
            for export in exports:
                one.add(export, ids, zone, measure, advance)
            _check_people(one)
            sums, twice = counted(spool, form)
        try:
            meaning = one.tally.meaning(form)
        except MixedError as mixed:
            raise UserError(
                f"{form.is_}: {mixed}.\nAdding them up would count some tokens twice. "
                "Give files of one version at a time, or ask who made them."
            ) from None
        sources.append(Source(form, sums, meaning, one.tally.evidence))
        reads.append(one)
        dropped.append(twice)
    seats = [seat for found in files.lists for seat in _seats(found, ids)]
    _check_extended(ids)
    return Collected(sources, reads, dropped, seats, ids, len(known))


def _aliases(files: Files) -> dict[str, str]:
    found: dict[str, str] = {}
    for export, form in files.lists:
        if form is not None and form.name == "aliases":
            rows = pairs(export, form, ("id", "person"))
            new = aliases([(one, person) for one, person in rows], export.shown)
            for name, person in new.items():
                if found.setdefault(name, person) != person:
                    raise UserError(
                        f"{export.shown}: an id has another person in another list."
                    )
    return found


def _seats(found: Recognised, ids: Ids) -> list[Seat]:
    export, form = found
    if form is None or form.name == "aliases":
        return []
    day = days(UTC)
    columns = ("id", "from", "to") if form.name == "roster" else (form.who, "", "")
    seats = []
    for row, (one, first, last) in enumerate(pairs(export, form, columns), start=1):
        try:
            person = ids.number(one)
            if person >= 0:
                ends = (day(text) if text else None for text in (first, last))
                seats.append(Seat(person, *ends))
        except ValueError as error:
            raise UserError(f"{export.shown}, row {row}: {error}.") from None
    return seats


def _check_zone(form: Format, zone: tzinfo) -> None:
    if zone is not UTC and form.grain != "request":
        raise UserError(
            f"{form.is_} has sums over days of UTC, which no zone can move; leave "
            "study.zone out, or give requests."
        )


def _check_people(one: Read) -> None:
    """Refuse a format that names keys alone, as long as no alias says whose."""
    form = one.format
    if form.key and one.others[KEYS] == one.rows:
        raise UserError(
            f"{form.is_} names keys and no people.\nPut a file with columns id,person "
            "beside it that says whose each key is; or study.others=keep, if every key "
            "has one person."
        )


def _check_extended(ids: Ids) -> None:
    extended = ids.extended()
    if extended > MOST_EXTENDED * len(ids):
        raise UserError(
            f"{extended} of {len(ids)} ids are another id with something added, such "
            "as p7 and p7-laptop: a person may have two.\nPut a file with columns "
            "id,person beside the exports that says whose they are."
        )


def taken_on(text: str | None) -> date | None:
    """Read the day on which exports were taken; raises ``UserError``."""
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise UserError(
            f"study.taken is {text!r}; a day such as 2026-11-09 is needed, on which "
            "the exports were taken."
        ) from None
