"""The tables of a fit: answers, unknowns, structures, checks, and summaries."""

from typing import NamedTuple

from experiments.store.meanings import OF_PARAMETER, OF_QUANTITY
from experiments.store.table import Table

_PRIOR = "of all simulated companies, before your panel was looked at"
_OWN = "given your panel"


class Told(NamedTuple):
    """What is told of something asked: a row of answers.csv.

    Attributes
    ----------
    width : float
        Width of the 90 % interval over that of the prior, in normal scores.
    held : float
        Share of held-out companies whose truth lies in their 90 % interval.
    """

    scheme: str
    what: str
    unit: str
    prior_low: float
    prior_middle: float
    prior_high: float
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    width: float
    prior_below: float
    below: float
    held: float


_TOLD = {
    "what": ("", "what is asked"),
    "unit": ("", "its unit"),
    "prior_low": (OF_QUANTITY, f"5 % {_PRIOR}"),
    "prior_middle": (OF_QUANTITY, f"the middle {_PRIOR}"),
    "prior_high": (OF_QUANTITY, f"95 % {_PRIOR}"),
    "low": (OF_QUANTITY, f"5 % {_OWN}"),
    "lower": (OF_QUANTITY, f"25 % {_OWN}"),
    "middle": (OF_QUANTITY, f"the middle {_OWN}"),
    "upper": (OF_QUANTITY, f"75 % {_OWN}"),
    "high": (OF_QUANTITY, f"95 % {_OWN}"),
    "width": (
        "share",
        "width of the 90 % interval over that before your panel, in normal scores",
    ),
    "prior_below": ("share", f"below 0 {_PRIOR}"),
    "below": ("share", f"chance below 0 {_OWN}"),
    "held": ("share", "held-out companies whose 90 % interval holds the truth"),
}
ANSWERS = Table(
    "answers.csv",
    Told,
    "what your panel says about the scheme in force and what may come next",
    {
        "scheme": (
            "",
            "go on: the scheme in force against what was before it; else that scheme "
            "against going on; empty: no difference",
        ),
        **_TOLD,
    },
)


class Unknown(NamedTuple):
    """What is told of a number of the model: a row of unknowns.csv."""

    key: str
    unit: str
    prior_low: float
    prior_middle: float
    prior_high: float
    low: float
    middle: float
    high: float
    width: float
    held: float


UNKNOWNS = Table(
    "unknowns.csv",
    Unknown,
    "what your panel says about numbers of the model",
    {
        "key": ("", "dotted key"),
        "unit": ("", "its unit"),
        **{
            name: (OF_PARAMETER if unit == OF_QUANTITY else unit, text)
            for name, (unit, text) in _TOLD.items()
            if name in Unknown._fields[2:]
        },
    },
)


class Alternative(NamedTuple):
    """The weight of a structure: a row of structures.csv."""

    structure: str
    alternative: str
    prior: float
    weight: float


STRUCTURES = Table(
    "structures.csv",
    Alternative,
    "how well rules of choice and laws of rework go with your panel",
    {
        "structure": ("", "key of the structure"),
        "alternative": ("", "rule of choice or law of rework"),
        "prior": ("share", "its share of simulated companies"),
        "weight": ("share", "its share given your panel"),
    },
)


class Check(NamedTuple):
    """A check of misfit: a row of misfit.csv."""

    check: str
    value: float
    limit: float
    outside: bool


MISFIT = Table(
    "misfit.csv",
    Check,
    "whether your panel looks like anything that the model makes",
    {
        "check": (
            "",
            "cloud: distance to all companies; draws: to those used; range: out of "
            "their range",
        ),
        "value": ("", "distance of your panel"),
        "limit": ("", "95 of 100 simulated companies lie below it"),
        "outside": ("", "true: your panel lies above it"),
    },
)


class Away(NamedTuple):
    """A summary of the panel: a row of summaries.csv."""

    summary: str
    block: str
    value: float
    low: float
    high: float
    away: float


SUMMARIES = Table(
    "summaries.csv",
    Away,
    "summaries of your panel beside those of the companies used, the furthest first",
    {
        "summary": ("", "what is computed of a panel"),
        "block": ("", "kind of summary"),
        "value": ("", "its value in your panel"),
        "low": ("", "5 % of the companies used"),
        "high": ("", "95 % of the companies used"),
        "away": ("", "how far it is from their mean, in their spread"),
    },
)
