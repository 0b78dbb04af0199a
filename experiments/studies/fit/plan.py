"""The plan of a fit: a panel, the design that it asks for, and one piece."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.config.paths import expanded
from experiments.config.request import Request
from experiments.config.settings import Engine, FitSettings
from experiments.errors import UserError
from experiments.exports.usage.file import M_TOKENS, Usage, read
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.store.files import sha256
from experiments.store.table import TableRows
from experiments.studies.fit.bank import Bank, bank, identify
from experiments.studies.fit.companies import companies
from experiments.studies.fit.design import Design, design_of
from experiments.studies.fit.fitting import fitted, restored
from experiments.studies.fit.known import Known
from experiments.studies.fit.learning import sklearn
from experiments.studies.fit.seen import Seen, seen
from experiments.studies.fit.summaries import averaged
from experiments.studies.fit.targets import targets
from experiments.worlds.shipped import Worlds, current

PIECE = "fit"
ENOUGH_OUTPUT = 0.8
"""Share of known weeks in which output must be known, too."""


class Fit(NamedTuple):
    """A panel, and the design of the bank that it is held against.

    Attributes
    ----------
    name : str
        Name of the file.
    place : Path or None
        Folder of the bank; None: named after the design.
    """

    name: str
    usage: Usage
    panel: Seen
    design: Design
    worlds: Worlds
    place: Path | None
    engine: Engine

    @property
    def groups(self) -> int:
        """Groups into which a large company is cut."""
        return max(1, round(self.panel.present / self.design.people))

    def bank(self) -> Bank:
        """Make the bank, or what is missing of it."""
        return bank(self.design, self.worlds, self.place, self.engine)


Plan = PiecesPlan[Fit]


def plan(request: Request) -> Plan:
    """Read the panel; refuse one that cannot be fitted, before anything is simulated.

    Raises ``UserError``, also if scikit-learn is not installed or the list of worlds
    belongs to another model.
    """
    settings, path = request.settings_as(FitSettings), request.data
    if path is None:
        raise TypeError("study=fit needs a file of data")
    sklearn()
    usage = read(path, request.study)
    if usage.unit != M_TOKENS:
        raise UserError(
            f"data={path} counts {usage.unit}; the model knows tokens alone.\nMake a "
            "panel of tokens, with study=import study.measure=tokens."
        )
    panel = seen(usage.tokens, _output(path, usage))
    design = design_of(request, panel)
    place = None
    if settings.bank is not None:
        place = expanded(settings.bank, "study.bank=")
    worlds = current()
    subject = Fit(path.name, usage, panel, design, worlds, place, request.engine)
    # The content of the file counts, not its place; of the bank, what it is made of.
    asked = {**request.config["study"], "bank": identify(design, worlds)["config"]}
    config = {**request.config, "data": sha256(path), "study": asked}
    stated = replace(request, config=config)
    return PiecesPlan(stated, {PIECE: partial(_fitted, subject)}, subject)


def _output(path: Path, usage: Usage) -> np.ndarray | None:
    if usage.output is None:
        return None
    known = np.isfinite(usage.tokens)
    there = float(np.isfinite(usage.output[known]).mean())
    if there < ENOUGH_OUTPUT:
        raise UserError(
            f"data={path}: output is known in {100 * there:.0f} % of the weeks of "
            f"people; at least {100 * ENOUGH_OUTPUT:.0f} % are needed.\nFill the gaps, "
            "or leave the column out: then nothing is told from output."
        )
    return usage.output


def make_bank(planned: Plan) -> None:
    """Make the bank, or what is missing of it, in its own folder."""
    planned.subject.bank()


def _fitted(subject: Fit) -> Content:
    """Fit the panel to its bank."""
    design, with_output = subject.design, subject.panel.output is not None
    made = subject.bank()
    known = Known(
        made if with_output else made.without_output(),
        companies(subject.worlds, design.draws, design.seed),
        targets(design, with_output),
        subject.worlds,
        design.seed,
    )
    told = averaged(
        subject.panel, subject.groups, design.start, design.window, design.seed
    )
    return fitted(known, told)


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate answers, unknowns, structures, misfit and a list of worlds."""
    del planned
    return restored(pieces[PIECE])
