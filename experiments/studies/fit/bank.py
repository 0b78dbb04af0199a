"""The bank: simulated companies of one design, kept for every panel of that design.

Each company is kept as numbers: the summaries of two panels of it, both with what real
panels hold besides, and the answers. Companies are computed in parts, each of which is
kept, so that a stopped bank goes on where it was.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.errors import UserError
from experiments.runs.pieces import Content, fill, kept
from experiments.store.dataset import Floats
from experiments.store.files import explained
from experiments.store.folder import Identity, folder_of, interruptible, locked
from experiments.store.manifest import is_finished
from experiments.store.sources import digest
from experiments.studies.fit.companies import companies, families
from experiments.studies.fit.design import Design
from experiments.studies.fit.layer import overlaid
from experiments.studies.fit.living import Company, live
from experiments.studies.fit.seen import seen
from experiments.studies.fit.summaries import OUTPUT, Summaries, summaries
from experiments.worlds.shipped import Worlds
from experiments.worlds.unknowns import six_digits
from experiments.worlds.world import World
from model.compiled import sources_digest
from model.cores import cores
from model.workforce import Ints

BLOCK = 20
"""Companies of a part: every structure once."""
PANELS = 2
"""Panels of a company, each with another mixture of what the model lacks."""
DIFFERENCES = ("tokens", "genuine tokens", "output")
"""What an answer about a scheme is of, in the order of ``Company.answers``."""


class Bank(NamedTuple):
    """Panels of simulated companies, and the truth about them.

    Attributes
    ----------
    blocks, names : list of str
        Of the summaries.
    numbers : array, shape (n, d)
        Summaries of every panel; two panels of a company follow each other.
    padded : array, shape (n,)
        Share of the panel's tokens that are padded since the scheme is in force [%].
    answers : array, shape (n, a)
        What the company would answer: padded half-days, then differences by scheme.
    company, family : array of int, shape (n,)
        The number of the company, and of the world that it lives in.
    """

    blocks: list[str]
    names: list[str]
    numbers: Floats
    padded: Floats
    answers: Floats
    company: Ints
    family: Ints

    def without_output(self) -> "Bank":
        """Leave out what only a panel with output has."""
        here = [block != OUTPUT for block in self.blocks]
        return self._replace(
            blocks=[b for b, x in zip(self.blocks, here, strict=True) if x],
            names=[n for n, x in zip(self.names, here, strict=True) if x],
            numbers=self.numbers[:, here],
        )


def identify(design: Design, worlds: Worlds) -> Identity:
    """Collect what the bank depends on."""
    listed = sha256(worlds.values.tobytes()).hexdigest()[:16]
    return {
        "config": {**design.content(), "seed": design.seed, "worlds": listed},
        "schemes": {},
        "model": sources_digest(),
        "sources": digest([__name__], by_value=True),
    }


def bank(design: Design, worlds: Worlds, place: Path | None, threads: int) -> Bank:
    """Compute what is missing of a bank, and read it.

    ``place`` is its folder; None names one after the design. Raises ``UserError`` if
    the folder holds something else. An interruption ends the program with exit code
    130; finished parts are kept.
    """
    identity = identify(design, worlds)
    folder = folder_of(place, "fit_bank", identity)
    drawn = companies(worlds, design.draws, design.seed)
    compute: dict[str, Callable[[], Content]] = {
        f"companies-{first:06d}": partial(
            _part, design, drawn[first : first + BLOCK], threads
        )
        for first in range(0, design.draws, BLOCK)
    }
    with locked(folder), explained(folder):
        _check_folder(folder, identity)
        with interruptible(folder, compute.__len__):
            fill(folder, compute)
        parts = kept(folder, compute)
    return _joined(parts, len(worlds), design.draws)


def _check_folder(folder: Path, identity: Identity) -> None:
    """Prepare a folder for parts; refuse one that holds anything else."""
    try:
        is_finished(folder, identity, again=False)
    except UserError as error:
        # The folder of a study is chosen with out, that of a bank is not.
        text = str(error).replace("out=DIR", "study.bank=DIR")
        raise UserError(text) from None


def _part(design: Design, drawn: list[World], threads: int) -> Content:
    with ThreadPoolExecutor(threads or cores()) as pool:
        each = list(pool.map(partial(_company, design), drawn))
    panels = [panel for _, own in each for panel in own]
    _, first = panels[0]
    return {
        "blocks": first.blocks,
        "names": first.names,
        "answers": [answers for answers, _ in each],
        "padded": [six_digits(padded) for padded, _ in panels],
        "numbers": [
            [six_digits(x) for x in told.values.tolist()] for _, told in panels
        ],
    }


def _company(
    design: Design, world: World
) -> tuple[list[float], list[tuple[float, Summaries]]]:
    """Let a company live: its answers, and its panels."""
    company = live(design, world)
    keys = [(design.seed, world.number, place) for place in range(PANELS)]
    laid = [overlaid(company, design.start, key) for key in keys]
    return _answers(company), [shown(design, panel) for panel in laid]


def shown(design: Design, company: Company) -> tuple[float, Summaries]:
    """Give the share of padded tokens in a panel [%], and its summaries."""
    panel = seen(company.genuine + company.padded, company.output)
    told = summaries(panel, design.start, design.window)
    padded, genuine = (
        float(np.nansum(x[:, design.start :]))
        for x in (company.padded, company.genuine)
    )
    total = padded + genuine
    return 100.0 * padded / total if total > 0.0 else 0.0, told


def _answers(company: Company) -> list[float]:
    values = [company.idle, *(x for own in company.answers.values() for x in own)]
    return [six_digits(value) for value in values]


def _joined(parts: dict[str, Content], worlds: int, draws: int) -> Bank:
    first = next(iter(parts.values()))

    def rows(name: str) -> Floats:
        return np.array([row for part in parts.values() for row in part[name]])

    return Bank(
        first["blocks"],
        first["names"],
        rows("numbers"),
        rows("padded"),
        np.repeat(rows("answers"), PANELS, axis=0),
        np.repeat(np.arange(draws, dtype=np.int64), PANELS),
        np.repeat(families(worlds, draws), PANELS),
    )
