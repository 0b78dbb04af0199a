"""Tokens of everybody in a run: what they were used for, and what a dashboard shows."""

from model import Run
from model.workforce import Floats

HONEST = ("genuine_tokens", "trivial_tokens")
"""Records of use that is no padding: on core tasks and on chores."""
REPORTED = (*HONEST, "padded_tokens")
"""Records of all use."""


def honest(run: Run) -> Floats:
    """Tokens of core and trivial use [M], shape (weeks, people)."""
    tokens: Floats = run.history("genuine_tokens") + run.history("trivial_tokens")
    return tokens


def reported(run: Run) -> Floats:
    """All tokens [M], shape (weeks, people); nothing is filtered."""
    tokens: Floats = honest(run) + run.history("padded_tokens")
    return tokens
