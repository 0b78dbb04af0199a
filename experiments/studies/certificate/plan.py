"""The plan of a certificate: worlds in blocks, then what follows from them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np

from experiments.config.paths import expanded
from experiments.config.request import Request, schemes
from experiments.config.settings import CertificateSettings
from experiments.errors import UserError
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.store.dataset import Floats
from experiments.store.table import TableRows
from experiments.studies.certificate.arms import Arms
from experiments.studies.certificate.deciding import Deciding, deciding
from experiments.studies.certificate.kept.deciders import of_deciders
from experiments.studies.certificate.kept.information import of_information
from experiments.studies.certificate.kept.least import of_least
from experiments.studies.certificate.kept.rivals import of_rivals
from experiments.studies.certificate.kept.shares import of_shares
from experiments.studies.certificate.kept.turned import of_turns
from experiments.studies.certificate.least_favourable import (
    MEMBERS,
    least_favourable,
)
from experiments.studies.certificate.subject import Certificate
from experiments.studies.certificate.turns import turn
from experiments.worlds import shipped
from experiments.worlds.shipped import FOLDER, Worlds, current, load
from experiments.worlds.unknowns import drawn

BLOCK = 25
"""Worlds of a piece."""
UNIFORM = FOLDER / "uniform"
"""The list whose numbers are drawn evenly over their spans."""
OWN, EVEN, OTHERS = "own", "uniform", "others"
TURNS, LEAST = "turns", "least"


Plan = PiecesPlan[Certificate]
Pieces = Mapping[str, Content]


def plan(request: Request) -> Plan:
    """Plan all worlds; refuse a list of worlds that belongs to another model."""
    settings = request.settings_as(CertificateSettings)
    if request.scheme == settings.baseline:
        raise UserError(
            f"study=certificate looks at one scheme against {settings.baseline}; name "
            "another one, such as scheme=monthly_minimum."
        )
    worlds, even = _lists(settings)
    subject = _subject(request, settings, worlds, even)
    pieces: dict[str, Callable[[], Content]] = {
        **_blocks(OWN, subject.arms, worlds, subject.run_in),
        **_blocks(EVEN, subject.arms, even, subject.even_in),
    }
    if subject.others and subject.rivals_in:
        pieces |= _blocks(OTHERS, subject.rivals, worlds, subject.rivals_in)
    following = {TURNS: partial(_turns, subject, settings.turned)}
    if settings.search and not settings.fit:  # a search leaves what a panel speaks for
        following[LEAST] = partial(_least, subject, settings.search)
    # The lists are files beside the config, and decide every number; where they lie
    # does not.
    lists = sha256(worlds.values.tobytes() + even.values.tobytes()).hexdigest()[:16]
    study = {**request.config["study"], "fit": settings.fit is not None}
    stated = replace(request, config=request.config | {"worlds": lists, "study": study})
    return PiecesPlan(stated, pieces, subject, following)


def _lists(settings: CertificateSettings) -> tuple[Worlds, Worlds]:
    """Read the worlds, and those of the prior that they are held against."""
    worlds = current()
    if settings.fit is not None:
        return fitted(expanded(settings.fit, "study.fit=")), worlds
    return worlds, current(UNIFORM) if settings.uniform_worlds else worlds


def fitted(folder: Path) -> Worlds:
    """Read the worlds of a fit.

    Raises ``UserError`` if there are none, or if they were found with another model.
    """
    listed = shipped.LISTED  # a table of study=worlds
    path = folder / listed.name
    if not path.exists():
        raise UserError(
            f"study.fit={folder} holds no worlds of a fit; name the folder of a "
            "finished study=fit."
        )
    if not listed.read(path):
        raise UserError(
            f"study.fit={folder} lists no worlds: nothing in the model is like that "
            "panel, so that no certificate can be about its company."
        )
    worlds = load(folder)
    if not worlds.is_of_this_model():
        raise UserError(
            f"study.fit={folder} was made with another model; fit the panel again."
        )
    return worlds


def _subject(
    request: Request, settings: CertificateSettings, worlds: Worlds, even: Worlds
) -> Certificate:
    every = schemes(request)
    base = {settings.baseline: every[settings.baseline]}
    own = base | {request.scheme: every[request.scheme]}
    others = {name: x for name, x in every.items() if name != request.scheme}
    arms, rivals = (
        Arms(named, settings.baseline, request.seed, request.threads)
        for named in (own, others)
    )
    keys = [row.key for row in drawn()]
    moving = arms.at_work(worlds.first(2), keys)
    return Certificate(
        request.scheme,
        arms,
        rivals,
        worlds,
        min(settings.worlds, len(worlds)),
        min(settings.rival_worlds, settings.worlds, len(worlds)),
        even,
        min(settings.uniform_worlds, len(even)),
        settings.fit is not None,
        tuple(key for key in keys if key in moving),
        tuple(key for key in keys if key not in moving),
    )


def _blocks(
    name: str, arms: Arms, worlds: Worlds, count: int
) -> dict[str, Callable[[], Content]]:
    """Plan the pieces of the first few worlds."""
    return {
        f"{name}-{first}": partial(
            _block, arms, worlds, first, min(count, first + BLOCK)
        )
        for first in range(0, count, BLOCK)
    }


def _block(arms: Arms, worlds: Worlds, first: int, last: int) -> Content:
    """Give the effects in some worlds [%], a list for each."""
    return arms.effects([worlds[k] for k in range(first, last)]).tolist()


def joined(pieces: Pieces, name: str) -> Floats:
    """Put the effects of blocks together, shape (worlds, schemes)."""
    blocks = [x for key, x in pieces.items() if key.startswith(f"{name}-")]
    rows = [row for block in blocks for row in block]
    return np.array(rows, np.float64) if rows else np.zeros((0, 1))


def decided(subject: Certificate, pieces: Pieces) -> Deciding:
    """Find what decides, by the effects of the scheme in all of its worlds."""
    effects = joined(pieces, OWN)[:, 0]
    return deciding(effects, subject.worlds, subject.keys, subject.inert, subject.seed)


def _turns(subject: Certificate, most: int, pieces: Pieces) -> Content:
    """Run bad worlds again with one value changed."""
    found = decided(subject, pieces)
    numbers = np.flatnonzero(found.bad)[:most].tolist()
    bad = [subject.worlds[k] for k in numbers]
    turned = turn(found, bad, subject.arms)
    return {"worlds": numbers, "turned": [one._asdict() for one in turned]}


def _least(subject: Certificate, looks: int, pieces: Pieces) -> Content:
    """Search for the least favourable world from the worst ones."""
    effects = joined(pieces, OWN)[:, 0]
    worst = np.argsort(effects, kind="stable")[:MEMBERS].tolist()
    found = least_favourable(
        [subject.worlds[k] for k in worst],
        subject.keys,
        looks,
        subject.arms,
        subject.seed,
    )
    if found is None:
        return None
    world = found.world
    return {
        **found._asdict(),
        "world": {
            "rule": int(world.rule),
            "law": int(world.law),
            "values": dict(world.values),
        },
    }


def tables(planned: Plan, pieces: Pieces) -> TableRows:
    """Tabulate shares, what decides, the turn test, what to measure, and rivals."""
    subject = planned.subject
    own, even = (joined(pieces, name)[:, 0] for name in (OWN, EVEN))
    found = decided(subject, pieces)
    return {
        **of_shares(subject, own, even),
        **of_deciders(subject, own, found),
        **of_turns(own, found, pieces[TURNS]),
        **of_information(subject, own),
        **of_least(subject, pieces.get(LEAST)),
        **of_rivals(subject, own, joined(pieces, OTHERS)),
    }
