"""What is kept of facts: findings as rows, and what they say."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.facts.finding import Fact, Finding, Verdict
from experiments.pieces import Content
from experiments.trial import Trial

FINDINGS = "findings.csv"
COLUMNS = (
    "module",
    "fact",
    "claim",
    *Finding._fields,
    "verdict",
    "given",
    "explanation",
)
SHARED = ("fact", "claim", "given", "explanation")
Found = Mapping[str, Sequence[Finding]]
"""Findings by module."""


def piece(fact: Fact, trial: Trial) -> Content:
    """All findings of a fact."""
    return {
        "fact": fact.name,
        "claim": fact.claim,
        "given": fact.given,
        "explanation": fact.explanation,
        "findings": [
            {**finding._asdict(), "verdict": finding.verdict.value}
            for finding in fact.find(trial)
        ],
    }


def tables(pieces: Mapping[str, Content]) -> Mapping[str, str]:
    """``findings.csv``: a row a finding; an empty bound is none."""
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    lines.writeheader()
    for name, content in pieces.items():
        shared = {key: content[key] for key in SHARED}
        lines.writerows(
            {"module": name, **shared, **row} for row in content["findings"]
        )
    return {FINDINGS: text.getvalue()}


ABSENT = {"least": -math.inf, "most": math.inf}


def findings_of(content: Content) -> list[Finding]:
    """The findings of a piece; a missing bound is infinite, a missing value NaN."""
    return [
        Finding(**{name: _number(name, row[name]) for name in Finding._fields})
        for row in content["findings"]
    ]


def _number(name: str, value: Any) -> Any:
    return ABSENT.get(name, math.nan) if value is None else value


def interval(finding: Finding) -> str:
    """Estimate, interval and unit."""
    unit = "" if finding.unit == "-" else f" {finding.unit}"
    return f"{finding.estimate:.3g} [{finding.low:.3g}, {finding.high:.3g}]{unit}"


def expected(finding: Finding) -> str:
    """The range expected."""
    least, most = finding.least, finding.most
    if math.isinf(least) and math.isinf(most):
        return "any"
    if math.isinf(most):
        return f"above {least:g}"
    if math.isinf(least):
        return f"below {most:g}"
    return f"{least:g} to {most:g}"


def about(trial: Trial) -> str:
    """How much was simulated."""
    return (
        f"{trial.people:,} people in each organisation, {trial.replicates} replicates, "
        f"seed {trial.seed}."
    )


def answer(facts: Mapping[str, Fact], found: Found) -> list[str]:
    """How many findings hold, and what was not counted."""
    counting = [
        f.verdict for name, fact in facts.items() if not fact.given for f in found[name]
    ]
    counts = {verdict: counting.count(verdict) for verdict in Verdict}
    given = [fact.name for fact in facts.values() if fact.given]
    return [
        f"{counts[Verdict.HOLDS]} of {len(counting)} findings hold, "
        f"{counts[Verdict.FAILS]} do not, and of {counts[Verdict.UNKNOWN]} nothing can "
        "be said (the interval reaches across the edge of what is expected).",
        "Not counted, because they are inputs of the model or were used in its "
        f"calibration: {', '.join(given) or 'none'}.",
    ]
