"""Each result of ``model/theory`` beside the simulation, one result a file.

A module here has the name of its module in ``model/theory`` and exposes ``RESULT``.
"""

import importlib

from experiments.statistics.check import Result

NAMES = (
    "choice_shares",
    "best_response",
    "needle",
    "deterrence",
    "notch",
    "standing",
    "tournament",
    "leaderboard",
    "norm",
    "spread",
    "selection",
    "alignment",
    "margins",
    "multitask",
    "chores",
    "exhaustion",
    "turnover",
    "roles",
    "groups",
    "dismissal",
    "planning",
)


def load(name: str) -> Result:
    """Load the result of a name, whose module is imported only then."""
    result: Result = importlib.import_module(
        f"experiments.studies.verification.results.{name}"
    ).RESULT
    return result
