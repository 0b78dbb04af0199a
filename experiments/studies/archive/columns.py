"""Which columns and keys of a study's files are stable, with units and meanings.

Everything is read where it is declared: outcomes in ``model/outcomes.py``, the columns
of tables in their row classes. What is listed keeps its name, unit and meaning within a
major version of the laboratory; new columns may be added at the end. Files and columns
that are not listed may change at any time.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from experiments.statistics.effects import Effect
from experiments.statistics.point_effects import PointEffect
from experiments.statistics.ranges import End
from experiments.store.dataset import EARLY_WEEKS, SUFFIX, WEEKS, runs_schema
from experiments.store.store import FAILED_COLUMNS
from model.outcomes import OUTCOMES

FACTORS = "<factor>"
"""Stands for the columns of factors, one each, under their dotted keys."""
PERIODS = {
    "last": "over the last quarter of the run, max(1, ceil(weeks / 4)) weeks",
    "whole": "over the whole run",
    "early": f"over the first {EARLY_WEEKS} weeks",
}
OF_OUTCOME = "that of the outcome"
MEANINGS: Mapping[str, tuple[str, str]] = {
    "scheme": ("", "name of the scheme; custom if a lever was overridden"),
    "point": ("", "number of the point (world, set of levels) in the design, from 0"),
    FACTORS: (
        "that of the parameter (docs/parameters.md)",
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
    "worlds_agree": ("worlds of 9", "worlds whose mean difference has that sign"),
    "replicates": ("runs", "pairs of runs that the effect is made of"),
    "rules_agree": ("rules of 5", "rules of choice, likewise"),
    "bootstrap_low": (OF_OUTCOME, "lower end of the 95 % BCa bootstrap interval"),
    "bootstrap_high": (OF_OUTCOME, "upper end"),
    "p_value": ("", "two-sided p of the paired t test"),
    "p_holm": ("", "the same after Holm's correction over the schemes of the table"),
    "saved_by_pairing": ("share", "variance of the effect that pairing saves"),
    "detectable": (OF_OUTCOME, "smallest effect found with 80 % power at 5 %"),
    "parameter": ("", "dotted key of the parameter; empty: all as declared"),
    "value": ("that of the parameter", "where it stands"),
    "error": ("", "kind and text of the error"),
    "command": ("", "the command that repeats the run, called in the folder"),
}
OF_RANGES = {
    "percent": ("%", "effect on whole-run output in % of the baseline's mean"),
    "low": ("%", "lower end of its 95 % t interval"),
    "high": ("%", "upper end"),
}
KEYS: Mapping[str, str] = {
    "command": "the command that finds the same numbers again",
    "seed": "seed of the study",
    "commit": "version of the sources by git; null outside a repository",
    "versions": "versions of Python and of the packages that results depend on",
    "files": "SHA-256 of every data file, by name",
    "config": "the resolved config, without out, again and engine",
    "schemes": "every scheme in full: all parameters of the scenario",
    "model": "digest of the model's sources",
    "sources": "digest of all other sources that the numbers depend on",
}


def columns() -> dict[str, Any]:
    """Every listed file with its columns or keys, in order."""
    point_effects = [name for name in PointEffect._fields if name != "levels"]
    place = point_effects.index("outcome")
    head = [*point_effects[:place], FACTORS, "outcome", "period", "baseline", "unit"]
    return {
        "runs.parquet": _parquet(
            "a row a run, sorted by scheme (in the order of the study), point and "
            "replicate; a failed run has null outcomes",
            runs_schema((FACTORS,)),
            _outcomes(),
        ),
        "weeks.parquet": _parquet(
            "a row a run and week, sorted like the runs, then by week",
            WEEKS,
            {o.name: (o.unit, o.description) for o in OUTCOMES},
        ),
        "effects.csv": _table("paired effects of study=compare", Effect._fields),
        "point_effects.csv": _table(
            "paired effects of study=sweep by point",
            [*head, *point_effects[place + 1 :]],
        ),
        "ranges.csv": _table(
            "the headline of study=ranges by parameter", End._fields, OF_RANGES
        ),
        "failed.csv": _table("runs that failed; not there if none did", FAILED_COLUMNS),
        "manifest.json": {
            "rows": "one object; a folder that has one is finished",
            "keys": [{"name": k, "meaning": text} for k, text in KEYS.items()],
        },
    }


def as_json() -> str:
    """The text of ``columns.json``."""
    return json.dumps(columns(), indent=1, ensure_ascii=False) + "\n"


Said = Mapping[str, tuple[str, str]]
"""Unit and meaning by column."""


def _outcomes() -> Said:
    return {
        o.name + suffix: (o.unit, f"{o.description}, {PERIODS[period]}")
        for period, suffix in SUFFIX.items()
        for o in OUTCOMES
    }


def _parquet(rows: str, schema: pa.Schema, said: Said) -> dict[str, Any]:
    return {
        "rows": rows,
        "columns": [
            _column(field.name, said) | {"type": str(field.type)} for field in schema
        ],
    }


def _table(rows: str, names: Iterable[str], said: Said | None = None) -> dict[str, Any]:
    return {
        "rows": f"{rows}; an empty field is what cannot be known",
        "columns": [_column(name, said or {}) for name in names],
    }


def _column(name: str, said: Said) -> dict[str, str]:
    unit, meaning = said[name] if name in said else MEANINGS[name]
    return {"name": name, "unit": unit, "meaning": meaning}
