"""Drawings of the incentives: ``toy.py`` in this folder draws the incentive ``toy``.

Each shows what the incentive is worth by the score that one expects, and what one more
half-day adds to it. Its function ``drawing`` says what the panels hold.
"""

import importlib

from matplotlib.figure import Figure

from tools.panels import stacked


def figure(name: str) -> Figure:
    """The figure of an incentive; ``ModuleNotFoundError`` if there is no such file."""
    return stacked(importlib.import_module(f"{__name__}.{name}").drawing())
