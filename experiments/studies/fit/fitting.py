"""The fit of one panel: all numbers of its tables, out of a bank."""

from typing import Any

import numpy as np

from experiments.runs.pieces import Content
from experiments.store.dataset import Floats
from experiments.store.table import Table, TableRows
from experiments.studies.fit import kept
from experiments.studies.fit.bank import Bank
from experiments.studies.fit.held_out import HeldOut, held_out
from experiments.studies.fit.known import Known
from experiments.studies.fit.listed import listed
from experiments.studies.fit.misfit import Cloud
from experiments.studies.fit.posterior import ENDS, Draws, Engine, quantiles
from experiments.studies.fit.summaries import Summaries
from experiments.studies.fit.targets import structures, values
from experiments.words.structures import STRUCTURES
from experiments.worlds.shipped import LISTED, ORIGIN

KEPT = {
    table.name: table
    for table in (
        *(kept.ANSWERS, kept.UNKNOWNS, kept.STRUCTURES, kept.MISFIT, kept.SUMMARIES),
        LISTED,
        ORIGIN,
    )
}
"""The tables of a fit, by name."""


def fitted(known: Known, panel: Summaries) -> Content:
    """Fit a panel with these summaries; rows of every table by its name."""
    bank = known.bank
    truth = values(bank, known.drawn, known.asked)
    codes = structures(bank, known.drawn)
    held = held_out(bank, truth, codes, known.seed)
    engine = Engine.of(bank.numbers, truth, codes, bank.family, known.seed)
    draws = engine.draws(panel.values)
    told = _told(known, truth, draws, held)
    misfit = _misfit(bank, panel, draws, held)
    # Where nothing in the model is like the panel, no world is.
    outside = any(check.outside for check in misfit[kept.MISFIT])
    worlds, origin = ([], known.worlds.origin) if outside else listed(known, draws)
    rows: dict[Table[Any], list[Any]] = {
        kept.ANSWERS: told[0],
        kept.UNKNOWNS: told[1],
        kept.STRUCTURES: _structures(codes, draws),
        **misfit,
        LISTED: worlds,
        ORIGIN: [origin],
    }
    return {
        table.name: [row._asdict() for row in of_table]
        for table, of_table in rows.items()
    }


def restored(content: Content) -> TableRows:
    """Turn what ``fitted`` gave back into rows of tables."""
    return {
        KEPT[name]: [KEPT[name].row(**row) for row in rows]
        for name, rows in content.items()
    }


def _told(
    known: Known, truth: Floats, draws: Draws, held: HeldOut
) -> tuple[list[kept.Told], list[kept.Unknown]]:
    """Make the rows of answers and of unknowns."""
    even = np.full(len(truth), 1.0 / len(truth))
    prior = quantiles(truth, even, ENDS)
    here = quantiles(draws.values, draws.weights, ENDS)
    columns = {  # in the order of the fields of both tables
        "prior_low": prior[0],
        "prior_middle": prior[2],
        "prior_high": prior[4],
        "low": here[0],
        "lower": here[1],
        "middle": here[2],
        "upper": here[3],
        "high": here[4],
        "width": draws.width,
        "prior_below": np.mean(truth < 0.0, axis=0),
        "below": draws.weights @ (draws.values < 0.0),
        "held": held.within(0.9),
    }
    answers, unknowns = [], []
    for k, target in enumerate(known.asked):
        numbers = {name: float(own[k]) for name, own in columns.items()}
        if target.is_unknown:
            there = {n: x for n, x in numbers.items() if n in kept.Unknown._fields}
            unknowns.append(kept.Unknown(key=target.what, unit=target.unit, **there))
        else:
            names = (target.scheme, target.what, target.unit)
            answers.append(kept.Told._make((*names, *numbers.values())))
    return answers, unknowns


def _structures(codes: Floats, draws: Draws) -> list[kept.Alternative]:
    prior, weight = codes.mean(axis=0), draws.weights @ codes[draws.places]
    named = [
        (structure.key, name)
        for structure in STRUCTURES
        for _, name in sorted(structure.names.items())
    ]
    return [
        kept.Alternative(*names, float(a), float(b))
        for names, a, b in zip(named, prior, weight, strict=True)
    ]


def _misfit(
    bank: Bank, panel: Summaries, draws: Draws, held: HeldOut
) -> dict[Table[Any], list[Any]]:
    cloud = Cloud.of(bank.numbers)
    found = cloud.misfit(panel.values, draws)
    checks = [
        kept.Check(name, value, limit, value > limit)
        for name, value, limit in zip(
            found._fields, found, held.limits.tolist(), strict=True
        )
    ]
    away = cloud.away(panel.values, draws)
    low, high = quantiles(bank.numbers[draws.places], draws.weights, ENDS[[0, -1]])
    order = np.argsort(-np.abs(away), kind="stable")
    rows = [
        kept.Away(
            panel.names[k],
            panel.blocks[k],
            *(float(x[k]) for x in (panel.values, low, high, away)),
        )
        for k in order
    ]
    return {kept.MISFIT: checks, kept.SUMMARIES: rows}
