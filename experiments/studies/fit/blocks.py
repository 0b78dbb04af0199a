"""A part of a bank: a few companies, computed anywhere."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.runs.engines import Part
from experiments.runs.pieces import Content, plain
from experiments.studies.fit.design import Design
from experiments.studies.fit.layer import overlaid
from experiments.studies.fit.living import Company, live
from experiments.studies.fit.seen import seen
from experiments.studies.fit.summaries import Summaries, summaries
from experiments.worlds.unknowns import six_digits
from experiments.worlds.world import World
from model.cores import cores

PANELS = 2
"""Panels of a company, each with another mixture of what the model lacks."""


class Block(NamedTuple):
    """A few companies of a bank; all that is needed to compute them.

    Attributes
    ----------
    number : int
        That of the first company.
    """

    number: int
    design: Design
    drawn: list[World]

    @property
    def name(self) -> str:
        """Name of its piece."""
        return f"companies-{self.number:06d}"

    @property
    def employees(self) -> int:
        """People of a company."""
        return self.design.people

    def computed(self, threads: int) -> Content:
        """Compute the companies side by side; 0 threads are all cores."""
        with ThreadPoolExecutor(threads or cores()) as pool:
            each = list(pool.map(partial(_company, self.design), self.drawn))
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

    def carry_out(self) -> Part:
        """Compute the companies on one thread of a worker."""
        content = json.dumps(plain(self.computed(1))).encode()
        return Part(self.number, content, len(self.drawn))


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
