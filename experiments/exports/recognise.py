"""What a file is, by its header or its keys."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.errors import UserError
from experiments.exports.expression import Expression
from experiments.exports.files import Export, find
from experiments.exports.formats import FILE, PANEL, Format, shipped
from experiments.exports.records import is_json, objects, rows, steps, within
from experiments.exports.text import Text

LOOKED_AT = 200
"""Objects of a JSON file that are looked at; pages may begin with empty days."""
SHOWN = 6


class Recognised(NamedTuple):
    """A file and its format; None if there is nothing in it."""

    export: Export
    format: Format | None


def recognise(export: Export, formats: Sequence[Format]) -> Recognised:
    """Find the format of a file.

    Raises ``UserError`` for one that is not known, is known and of no use, or names
    nobody.
    """
    columns: Mapping[str, int] | None = None
    header: Sequence[str] = ()
    with export.opened() as stream:
        if export.suffix == ".parquet":
            header, columns = _of_parquet(export)
            found = _by_header(columns, formats)
        else:
            text = Text(stream, export.shown)
            json = is_json(text)
            if json is None:
                return Recognised(export, None)
            if json:
                found, header = _by_keys(text, export, formats)
            else:
                header, columns, *_ = rows(text, export.shown)
                found = _by_header(columns, formats)
    if found is None:
        if columns is None and not header:
            return Recognised(export, None)
        raise UserError(
            f"{export.shown} is no export that is known"
            f"{_known_names(header, formats)}.\nFor a format of your own write a "
            "mapping (docs/import.md)."
        )
    if found.refuse:
        raise UserError(f"{export.shown} is {found.is_}: {found.refuse}.")
    _check_named(export, found, columns)
    return Recognised(export, found)


def known(path: Path) -> Format | None:
    """Give the format of a raw export, or of the first one in a folder.

    None stands for a panel, and for whatever is not known.
    """
    try:
        formats = list(shipped().values())
        found = next(
            (
                one.format
                for x in find(str(path))
                if (one := recognise(x, formats)).format
            ),
            None,
        )
    except UserError:
        return None
    return None if found is None or found.name == PANEL else found


def _known_names(header: Sequence[str], formats: Sequence[Format]) -> str:
    """Name columns that are known: others may be people, if there is no header."""
    known = {
        name.casefold()
        for form in formats
        for text in (*form.proof, form.who, form.when)
        for path in Expression.of(text).paths
        for name in path.names
    }
    names = [name for name in header if name.casefold() in known]
    return f", though it has {', '.join(names[:SHOWN])}" if names else ""


def _by_header(columns: Mapping[str, int], formats: Sequence[Format]) -> Format | None:
    fitting = (f for f in formats if not f.each and f.fits(None, columns))
    return next(fitting, None)


def _by_keys(
    text: Text, export: Export, formats: Sequence[Format]
) -> tuple[Format | None, Sequence[str]]:
    """Find the first format that an object fits; else give the names of its keys."""
    ways = [(form, steps(form.each)) for form in formats]
    names: list[str] = []
    for part in islice(objects(text, export.shown), LOOKED_AT):
        for form, way in ways:
            record = next(within(part, way), None)
            if record is not None and form.fits(record, None):
                return form, ()
        if not names and isinstance(part[1], Mapping):
            names = [str(name) for name in part[1]]
    return None, names


def _of_parquet(export: Export) -> tuple[Sequence[str], Mapping[str, int]]:
    if export.inner:
        raise UserError(f"{export.shown}: Parquet is not read from a zip; unpack it.")
    try:
        names = pq.read_schema(export.path).names
    except pa.ArrowException:
        raise UserError(f"{export.shown} is not Parquet, or is damaged.") from None
    return names, {name.casefold(): place for place, name in enumerate(names)}


def _check_named(
    export: Export, form: Format, columns: Mapping[str, int] | None
) -> None:
    """Refuse CSV without any column that says whose use a row is."""
    if columns is None or form.who == FILE:
        return
    options = [x for text in (form.who, form.key) if text for x in text.split(" | ")]
    if not any(name.split(" > ")[0].casefold() in columns for name in options):
        raise UserError(
            f"{export.shown} is {form.is_}, and does not say whose use it is: it has "
            f"no column {options[0]}.\nAsk for the export of the whole team."
        )
