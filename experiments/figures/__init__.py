"""Charts of a study: data in, a Matplotlib figure out, one chart a file."""

from experiments.figures.channels import channels
from experiments.figures.emblem import emblem
from experiments.figures.halfwidth import halfwidth
from experiments.figures.needle import needle
from experiments.figures.rules import rules
from experiments.figures.save import FOLDER, FORMATS, rendered, save
from experiments.figures.shares import shares
from experiments.figures.tokens import Sample, tokens
from experiments.figures.trajectories import Event, trajectories
from experiments.figures.validity import validity
from experiments.figures.worlds import worlds

__all__ = [
    "FOLDER",
    "FORMATS",
    "Event",
    "Sample",
    "channels",
    "emblem",
    "halfwidth",
    "needle",
    "rendered",
    "rules",
    "save",
    "shares",
    "tokens",
    "trajectories",
    "validity",
    "worlds",
]
