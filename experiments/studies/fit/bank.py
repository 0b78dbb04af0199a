"""The bank: simulated companies of one design, kept for every panel of that design.

Each company is kept as numbers: the summaries of two panels of it, both with what real
panels hold besides, and the answers. Companies are computed in parts, each of which is
kept, so that a stopped bank goes on where it was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.config.settings import Engine
from experiments.errors import UserError
from experiments.runs.pieces import Content, fill, fill_from, kept
from experiments.store.dataset import Floats
from experiments.store.files import explained
from experiments.store.folder import Identity, folder_of, interruptible, locked
from experiments.store.manifest import is_finished
from experiments.store.sources import digest
from experiments.studies.fit.blocks import PANELS, Block
from experiments.studies.fit.companies import companies, families
from experiments.studies.fit.design import Design
from experiments.studies.fit.summaries import OUTPUT
from experiments.worlds.shipped import Worlds
from model.compiled import sources_digest
from model.workforce import Ints

BLOCK = 20
"""Companies of a part: every structure once."""
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
        "sources": digest([Block.__module__], by_value=True),
    }


def bank(design: Design, worlds: Worlds, place: Path | None, engine: Engine) -> Bank:
    """Compute what is missing of a bank, and read it.

    ``place`` is its folder; None names one after the design. Raises ``UserError`` if
    the folder holds something else. An interruption ends the program with exit code
    130; finished parts are kept.
    """
    identity = identify(design, worlds)
    folder = folder_of(place, "fit_bank", identity)
    drawn = companies(worlds, design.draws, design.seed)
    blocks = {
        block.name: block
        for first in range(0, design.draws, BLOCK)
        for block in [Block(first, design, drawn[first : first + BLOCK])]
    }
    with locked(folder), explained(folder):
        _check_folder(folder, identity)
        with interruptible(folder, blocks.__len__):
            _fill(folder, blocks, engine)
        parts = kept(folder, blocks)
    return _joined(parts, len(worlds), design.draws)


def _fill(folder: Path, blocks: Mapping[str, Block], engine: Engine) -> None:
    """Compute what is missing, on threads of this machine or on a cluster."""
    if engine.kind == "threads":
        compute = {
            name: partial(block.computed, engine.threads)
            for name, block in blocks.items()
        }
        fill(folder, compute)
        return

    def arriving(names: Sequence[str]) -> Iterator[tuple[str, Content]]:
        # Imported when asked for: Dask is an extra.
        from experiments.runs.engines import dask

        named = {blocks[name].number: name for name in names}
        works = (blocks[name] for name in names)
        with closing(dask.carried_out(works, engine)) as parts:
            for part in parts:
                yield named[part.number], json.loads(part.content)

    fill_from(folder, list(blocks), arriving)


def _check_folder(folder: Path, identity: Identity) -> None:
    """Prepare a folder for parts; refuse one that holds anything else."""
    try:
        is_finished(folder, identity, again=False)
    except UserError as error:
        # The folder of a study is chosen with out, that of a bank is not.
        text = str(error).replace("out=DIR", "study.bank=DIR")
        raise UserError(text) from None


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
