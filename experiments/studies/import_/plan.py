"""The plan of an import: which files there are, what they are, and whose secret."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from experiments.config.request import Request
from experiments.config.settings import ImportSettings
from experiments.errors import UserError
from experiments.exports.collect import Files, recognised, taken_on
from experiments.runs.plan import PiecesPlan
from experiments.store.files import sha256 as of_file
from experiments.store.table import TableRows
from experiments.studies.import_.coverage import COVERAGE, CoverageRow
from experiments.studies.import_.secret import Secret

SECRET = "study.secret="


class Import(NamedTuple):
    """What is to be imported.

    Attributes
    ----------
    taken : date or None
        The day on which the exports were taken.
    """

    files: Files
    settings: ImportSettings
    zone: tzinfo
    taken: date | None
    secret: Secret


Plan = PiecesPlan[Import]


def plan(request: Request) -> Plan:
    """Find and recognise the files; nothing but their beginnings is read."""
    settings = request.settings_as(ImportSettings)
    if request.data is None:
        raise TypeError("study=import needs data")
    zone, taken = _zone(settings.zone), taken_on(settings.taken)
    files = recognised(str(request.data), settings.measure)
    secret = Secret.of(settings.secret, request.out, files)
    study = request.config["study"] | {"secret": secret.fingerprint}
    # The study depends on the files, wherever they lie, and on the secret; neither the
    # secret nor a path to it may get into the results.
    stated = replace(
        request,
        config=request.config | {"study": study, "data": digest(files)},
        data=Path(_said(request.data)),
        overrides=tuple(
            SECRET + secret.said if text.startswith(SECRET) else text
            for text in request.overrides
        ),
    )
    return PiecesPlan(stated, {}, Import(files, settings, zone, taken, secret))


def tables(planned: Plan, rows: Sequence[CoverageRow]) -> TableRows:
    """Tabulate what was read and what was left out."""
    del planned
    return {COVERAGE: rows}


def digest(files: Files) -> str:
    """Hash the content of all files, and their names: these may be the people."""
    contents: Mapping[Path, None] = dict.fromkeys(x.path for x in files.exports)
    lines = sorted(f"{of_file(path)} {path.name}" for path in contents)
    return sha256("\n".join(lines).encode()).hexdigest()


def _said(data: Path) -> str:
    """Write what was asked for without folders; names of files may be people."""
    return data.resolve().name if data.is_dir() else "FILES"


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise UserError(
            f"study.zone={name} is no time zone; write one such as Europe/Berlin, or "
            "UTC."
        ) from None
