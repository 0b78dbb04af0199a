"""Stylised facts of the evidence, each as an estimator run on simulated panels.

A module here is named after what it shows and exposes ``FACT``.
"""

import importlib

from experiments.statistics.finding import Fact

NAMES = (
    "pressure",  # F1
    "contagion",  # F2
    "shortfall",  # F3
    "bunching",  # F4
    "deadline",  # F5
    "diversion",  # F6
    "base_rate",  # F7
    "sanctions",  # F8
    "benefit",  # F9
    "able_gamers",  # F11
    "status",  # F14
    "rank_response",  # F15
    "tournament",  # F16
    "monitoring",  # F17
    "in_group",  # F20
    "spillover",  # F21
    "fake_stock",  # F22
    "heavy_tail",  # F23
    "persistence",  # F24
    "congestion",  # F25
    "review_queue",  # F25, queues
    "skill_compression",  # section 2
    "office_use",  # section 9
    "gestures",  # section 12
    "tiers",  # section 12
)
"""Facts that the model can speak to, in the order of the evidence."""


def load(name: str) -> Fact:
    """Load the fact of a module, which is imported only then."""
    fact: Fact = importlib.import_module(
        f"experiments.studies.validation.facts.{name}"
    ).FACT
    return fact
