"""What a study of fingerprints estimates: one piece, from a reader's own file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from experiments.config.request import Request
from experiments.config.settings import FingerprintsSettings
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
from experiments.studies.fingerprints.usage_file import Usage, read

PIECE = "fingerprints"


class Fingerprints(NamedTuple):
    """The panel and what is estimated from it.

    Attributes
    ----------
    name : str
        That of the file.
    """

    name: str
    usage: Usage
    analysis: Analysis


Plan = PiecesPlan[Fingerprints]


def plan(request: Request) -> Plan:
    """Read the panel and estimate everything from it: that takes no time."""
    settings, path = request.settings_as(FingerprintsSettings), request.data
    if path is None:
        raise TypeError("study=fingerprints needs a file of data")
    usage = read(path)
    analysis = analyse(usage, settings)
    # The study is about what stands in the file, wherever it lies.
    stated = replace(request, config=request.config | {"data": sha256(path)})
    pieces = {PIECE: lambda: [row._asdict() for row in rows(analysis)]}
    return PiecesPlan(stated, pieces, Fingerprints(path.name, usage, analysis))


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate every quantity; an empty field is what is not known."""
    del planned
    return {FINGERPRINTS: [QuantityRow(**row) for row in pieces[PIECE]]}
