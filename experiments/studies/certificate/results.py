"""The tables of a finished certificate, read back."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from experiments.statistics.between_schemes import REGRET, RIVALS, Rivals, Standing
from experiments.statistics.worlds import IN_WORLDS, InWorlds
from experiments.store.table import Table
from experiments.studies.certificate.kept.deciders import (
    CONTRASTS,
    CORNER,
    THIRDS,
    Contrast,
    CornerRow,
    Group,
)
from experiments.studies.certificate.kept.information import INFORMATION, Information
from experiments.studies.certificate.kept.least import (
    LEAST,
    LEAST_VALUES,
    LeastRow,
    LeastValue,
)
from experiments.studies.certificate.kept.shares import (
    PRIORS,
    WORLD_EFFECTS,
    Prior,
    WorldEffect,
)
from experiments.studies.certificate.kept.turned import TURNS, Turn


class Found(NamedTuple):
    """What was found about one scheme, a list of rows for each table."""

    scheme: str
    baseline: str
    in_worlds: list[InWorlds]
    priors: list[Prior]
    effects: list[WorldEffect]
    contrasts: list[Contrast]
    thirds: list[Group]
    corner: list[CornerRow]
    turns: list[Turn]
    information: list[Information]
    least: list[LeastRow]
    least_values: list[LeastValue]
    rivals: list[Rivals]
    standings: list[Standing]

    @property
    def whole(self) -> InWorlds:
        """The row over all worlds."""
        return next(row for row in self.in_worlds if row.among == "all")

    @property
    def always(self) -> Literal["falls", "little", "rises"] | None:
        """What output does in every single world; None if worlds differ."""
        names: tuple[Literal["falls", "little", "rises"], ...]
        names = ("falls", "little", "rises")
        return next((x for x in names if getattr(self.whole, x) == 1.0), None)

    @property
    def deciders(self) -> list[Contrast]:
        """What decides; none where nothing single does."""
        return [row for row in self.contrasts if row.decides]

    def groups(self, key: str) -> list[Group]:
        """The thirds of an unknown, or the alternatives of a structure."""
        return [row for row in self.thirds if row.key == key]


def found(scheme: str, baseline: str, rows: Callable[[Table[Any]], list[Any]]) -> Found:
    """Read all tables of a certificate."""
    return Found(
        scheme,
        baseline,
        rows(IN_WORLDS),
        rows(PRIORS),
        rows(WORLD_EFFECTS),
        rows(CONTRASTS),
        rows(THIRDS),
        rows(CORNER),
        rows(TURNS),
        rows(INFORMATION),
        rows(LEAST),
        rows(LEAST_VALUES),
        rows(RIVALS),
        rows(REGRET),
    )
