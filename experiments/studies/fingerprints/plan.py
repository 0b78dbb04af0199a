"""The plan of a study of fingerprints: one piece, from a reader's own file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from experiments.config.request import Request
from experiments.config.settings import FingerprintsSettings
from experiments.exports.usage.file import Usage, read
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.store.files import sha256
from experiments.store.table import TableRows
from experiments.studies.fingerprints.analysis import (
    FINGERPRINTS,
    Analysis,
    QuantityRow,
    analyse,
    rows,
)

PIECE = "fingerprints"


class Fingerprints(NamedTuple):
    """The panel and the analysis of it.

    Attributes
    ----------
    name : str
        Name of the file.
    """

    name: str
    usage: Usage
    analysis: Analysis


Plan = PiecesPlan[Fingerprints]


def plan(request: Request) -> Plan:
    """Read the panel and estimate everything at once, which takes no time."""
    settings, path = request.settings_as(FingerprintsSettings), request.data
    if path is None:
        raise TypeError("study=fingerprints needs a file of data")
    usage = read(path, request.study)
    analysis = analyse(usage, settings)
    # The study depends on the content of the file, not on where it lies.
    stated = replace(request, config=request.config | {"data": sha256(path)})
    pieces = {PIECE: lambda: [row._asdict() for row in rows(analysis)]}
    return PiecesPlan(stated, pieces, Fingerprints(path.name, usage, analysis))


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate every quantity; an empty field is an unknown value."""
    del planned
    return {FINGERPRINTS: [QuantityRow(**row) for row in pieces[PIECE]]}
