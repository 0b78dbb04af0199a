"""What a study is going to carry out: runs of a design, or named pieces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
        What was asked for, and with it all that decides the results.
    subject
        What the runs are about, such as the curves of a study.
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
        What computes each piece, by name, in order.
    """

    request: Request
    pieces: Mapping[str, Callable[[], Content]]
    subject: Subject
