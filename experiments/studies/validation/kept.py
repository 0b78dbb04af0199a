"""Stored results of facts: the pieces, and the rows of ``findings.csv``."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from experiments.runs.pieces import Content
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.store.meanings import OF_QUANTITY
from experiments.store.table import Table, TableRows

NUMBERS = tuple(name for name in Finding._fields if name != "is_given")
Findings = Mapping[str, Sequence[Finding]]
"""Findings by module."""


class FindingRow(NamedTuple):
    """One row of ``findings.csv``; ``given`` says why a finding does not count."""

    module: str
    fact: str
    claim: str
    quantity: str
    unit: str
    estimate: float
    low: float
    high: float
    least: float
    most: float
    verdict: Verdict
    given: str
    explanation: str

    @property
    def finding(self) -> Finding:
        """The finding of the row."""
        return Finding(
            self.quantity,
            self.unit,
            self.estimate,
            self.low,
            self.high,
            self.least,
            self.most,
            is_given=bool(self.given),
        )


FINDINGS = Table(
    "findings.csv",
    FindingRow,
    "a finding beside the range that its stylised fact asks for",
    {
        "module": ("", "file of the fact in experiments/studies/validation/facts"),
        "fact": ("", "name of the fact in docs/evidence.md"),
        "claim": ("", "the fact in one sentence"),
        "quantity": ("", "what is estimated, in words"),
        "unit": ("", "unit of the quantity; -: a plain number"),
        "estimate": (OF_QUANTITY, "mean over replicates"),
        "low": (OF_QUANTITY, "lower end of its 95 % t interval"),
        "high": (OF_QUANTITY, "upper end"),
        "least": (OF_QUANTITY, "lower end of the range expected"),
        "most": (OF_QUANTITY, "upper end"),
        "verdict": ("", "holds, does not hold, cannot say; explains: no range"),
        "given": ("", "why it does not count: an input of the model makes it"),
        "explanation": ("", "why it comes out as it does"),
    },
)


def piece(fact: Fact, trial: Trial) -> Content:
    """Compute all findings of a fact.

    Raises ``ValueError`` if there are none, or an input does not say why it is one.
    """
    findings = fact.find(trial)
    if not findings:
        raise ValueError(f"{fact.name} finds nothing")
    if not fact.given and any(finding.is_given for finding in findings):
        raise ValueError(f"{fact.name} has an input, but does not say why")
    return {
        "fact": fact.name,
        "claim": fact.claim,
        "given": fact.given,
        "explanation": fact.explanation,
        "findings": [
            {**finding._asdict(), "verdict": finding.verdict.value}
            for finding in findings
        ],
    }


def tables(pieces: Mapping[str, Content]) -> TableRows:
    """Make the rows of ``findings.csv`` from all pieces."""
    return {
        FINDINGS: [
            FindingRow(
                module=module,
                fact=content["fact"],
                claim=content["claim"],
                **{name: row[name] for name in NUMBERS},
                verdict=Verdict(row["verdict"]),
                given=content["given"] if row["is_given"] else "",
                explanation=content["explanation"],
            )
            for module, content in pieces.items()
            for row in content["findings"]
        ]
    }


def findings_of(content: Content) -> list[Finding]:
    """Read the findings of a piece."""
    return [
        Finding(**{name: row[name] for name in Finding._fields})
        for row in content["findings"]
    ]
