"""Units and meanings of columns that many files share; tables add their own."""

from collections.abc import Mapping

from experiments.store.dataset import EARLY_WEEKS

Meaning = tuple[str, str]
"""Unit and meaning of a column."""

FACTORS = "<factor>"
"""Stands for the columns of factors, one each, under their dotted keys."""
PERIODS = {
    "last": "over the last quarter of the run, max(1, ceil(weeks / 4)) weeks",
    "whole": "over the whole run",
    "early": f"over the first {EARLY_WEEKS} weeks",
}
OF_OUTCOME = "that of the outcome"
OF_PARAMETER = "that of the parameter"
OF_QUANTITY = "that of the quantity"
MEANINGS: Mapping[str, Meaning] = {
    "scheme": ("", "name of the scheme; custom if a lever was overridden"),
    "point": ("", "number of the point (world, set of levels) in the design, from 0"),
    FACTORS: (
        f"{OF_PARAMETER} (docs/parameters.md)",
        "level of a factor under its dotted key, such as quota.amount; of a choice "
        "its code in runs.parquet, its name in tables",
    ),
    "replicate": ("", "number of the replicate, from 0: same people, same luck"),
    "seed": ("", "seed of the study"),
    "week": ("weeks", "week of the run, from 0; the warm-up is not counted"),
    "outcome": ("", "name of the outcome"),
    "period": ("", "; ".join(f"{name}: {text}" for name, text in PERIODS.items())),
    "baseline": ("", "scheme with which the others are compared"),
    "unit": ("", "unit of the outcome"),
    "baseline_mean": (OF_OUTCOME, "mean of the baseline over replicates"),
    "effect": (OF_OUTCOME, "mean over replicates of the scheme less the baseline"),
    "low": (OF_OUTCOME, "lower end of the 95 % t interval of the effect"),
    "high": (OF_OUTCOME, "upper end"),
    "percent": ("%", "effect over the size of the baseline's mean"),
    "percent_low": ("%", "lower end of its interval"),
    "percent_high": ("%", "upper end"),
    "same_sign": ("share", "replicates whose difference has the sign of the effect"),
    "replicates": ("runs", "pairs of runs that the effect is made of"),
    "parameter": ("", "dotted key of the parameter"),
}
