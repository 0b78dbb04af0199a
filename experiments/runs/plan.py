"""The plan of a study: the runs of a design, or named pieces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from experiments.config.request import Request
from experiments.designs.design import Design
from experiments.runs.pieces import Content

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class RunsPlan(Generic[Subject]):
    """A plan of runs.

    Attributes
    ----------
    request : Request
        The request, with everything that decides the results.
    subject
        What the study needs to know beyond the design, such as its curves.
    """

    request: Request
    design: Design
    subject: Subject


@dataclass(frozen=True)
class PiecesPlan(Generic[Subject]):
    """A plan of pieces.

    Attributes
    ----------
    pieces : mapping
        Functions that compute the pieces, by name, in order.
    following : mapping
        Functions that compute pieces from all of these, likewise.
    """

    request: Request
    pieces: Mapping[str, Callable[[], Content]]
    subject: Subject
    following: Mapping[str, Callable[[Mapping[str, Content]], Content]] = field(
        default_factory=dict
    )
