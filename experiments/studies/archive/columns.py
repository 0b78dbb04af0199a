"""Which columns and keys of a study's files are stable, with units and meanings.

Outcomes are declared in ``model/outcomes.py``, tables beside their row classes. A
listed column keeps its name, unit and meaning within a major version of the laboratory;
new columns may be added at the end. Files and columns that are not listed may change at
any time.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import pyarrow as pa

from experiments.config.settings import module_of
from experiments.exports import panel_file
from experiments.store.dataset import (
    GROUPS,
    MOST_PEOPLE,
    PEOPLE,
    ROLES,
    SUFFIX,
    WEEKS,
    runs_schema,
)
from experiments.store.folder import MANIFEST
from experiments.store.meanings import FACTORS, MEANINGS, PERIODS, Meaning
from experiments.store.store import FAILED
from experiments.store.table import Table
from model.by_part import OF_PARTS
from model.outcomes import OUTCOMES

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


def tables_of(study: str) -> set[Table[Any]]:
    """Collect the tables that the modules of a study declare."""
    name = module_of(study)
    import_module(name)
    modules = [m for n, m in sys.modules.items() if f"{n}.".startswith(f"{name}.")]
    return {x for m in modules for x in vars(m).values() if isinstance(x, Table)}


def columns(tables: Iterable[Table[Any]]) -> dict[str, Any]:
    """Describe every file with its columns or keys, in order.

    Raises ``ValueError`` if two tables have the same name.
    """
    own: dict[str, Table[Any]] = {}
    for table in (*tables, FAILED):
        if own.setdefault(table.name, table) != table:
            raise ValueError(f"two tables are called {table.name}")
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
        "people.parquet": _parquet(
            "a row a person at the end of a run at the centre, in the first "
            f"{MOST_PEOPLE} slots, sorted by scheme (in the order of the study), "
            "replicate and employee; a failed run has none; only where schemes are "
            "compared",
            PEOPLE,
            {
                "employee": ("", "number of the slot, from 0: the same in all runs"),
                "welfare": (
                    "half-days per half-day",
                    "what the person's time was worth to themselves, over the weeks of "
                    "the run that they were there; null for who has just come",
                ),
                "role": ("", "name of the person's role; everybody of one crowd"),
                "generation": (
                    "people",
                    "who had the slot before: the same number is the same person",
                ),
                "tenure": ("weeks", "in the job, those of the warm-up included"),
                "output": ("half-days per week", "real output, over the same weeks"),
                "reward": (
                    "half-days per half-day",
                    "what incentives paid, less what they took; a part of welfare",
                ),
                "skill": ("sd", "standard normal"),
                "conscience": ("half-days", "what a padded half-day costs the person"),
                "never_gamer": ("", "whether the person never pads, whatever it pays"),
                "usual_use": (
                    "M tokens per week",
                    "genuine and trivial use at the end of the warm-up, a slow "
                    "average; null for who came later",
                ),
            },
        ),
        "roles.parquet": _parquet(
            "a row a role of a run at the centre, sorted like the runs; a failed run "
            "has none; not there of one crowd",
            ROLES,
            {
                "role": ("", "name of the role"),
                "people": ("people", "how many have the role"),
                **{
                    o.name: (o.unit, f"{o.description}, {PERIODS['whole']}")
                    for o in OF_PARTS
                },
            },
        ),
        "groups.parquet": _parquet(
            "a row a group of a run at the centre, where the scheme has groups, and in "
            "the organisations beside it that have all people under one scheme; a "
            "failed run has none",
            GROUPS,
            {
                "group": ("", "name of the group; everybody_else is in none"),
                "people": ("people", "how many are in it"),
                **{
                    o.name: (o.unit, f"{o.description}, {PERIODS['whole']}")
                    for o in OF_PARTS
                },
            },
        ),
        panel_file.NAME: _parquet(
            "a row a person and week that is known, sorted by employee, then by week; "
            "of study=import. The column of the measure is named after it (requests, "
            "messages, credits, cost or active_days instead of tokens)",
            panel_file.schema("tokens"),
            panel_file.MEANINGS,
        ),
        **{name: _table(own[name]) for name in sorted(own)},
        MANIFEST: {
            "rows": "one object; a folder that has one is finished",
            "keys": [{"name": k, "meaning": text} for k, text in KEYS.items()],
        },
    }


def as_json(listed: Mapping[str, Any]) -> str:
    """Write the text of ``columns.json``."""
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


def _outcomes() -> Mapping[str, Meaning]:
    return {
        o.name + suffix: (o.unit, f"{o.description}, {PERIODS[period]}")
        for period, suffix in SUFFIX.items()
        for o in OUTCOMES
    }


def _parquet(
    rows: str, schema: pa.Schema, outcomes: Mapping[str, Meaning]
) -> dict[str, Any]:
    said = {**MEANINGS, **outcomes}
    columns = []
    for field in schema:
        unit, meaning = said[field.name]
        kind = str(field.type)
        columns.append(
            {"name": field.name, "unit": unit, "meaning": meaning, "type": kind}
        )
    return {"rows": rows, "columns": columns}


def _table(table: Table[Any]) -> dict[str, Any]:
    return {
        "rows": f"{table.about}; an empty field is what cannot be known",
        "columns": [column._asdict() for column in table.columns],
    }
