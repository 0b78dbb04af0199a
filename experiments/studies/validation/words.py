"""Findings in words: which count, how they are written, how many hold."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.studies.validation.kept import Findings


class Split(NamedTuple):
    """Findings by purpose; a fact without any of a kind is left out."""

    counting: Findings
    inputs: Findings
    asides: Findings  # that support explanations


def split(findings: Findings) -> Split:
    """Split findings into those that count, inputs, and asides."""

    def chosen(which: Callable[[Finding], bool]) -> Findings:
        own = {name: [f for f in every if which(f)] for name, every in findings.items()}
        return {name: some for name, some in own.items() if some}

    def is_aside(finding: Finding) -> bool:
        return finding.verdict is Verdict.ASIDE

    return Split(
        chosen(lambda f: not f.is_given and not is_aside(f)),
        chosen(lambda f: f.is_given),
        chosen(is_aside),
    )


class FindingTexts(NamedTuple):
    """An estimate and its interval as texts, with the same decimals."""

    estimate: str
    interval: str


def shown(finding: Finding) -> FindingTexts:
    """Write a finding; the half-width of its interval has two significant digits."""
    values = (finding.estimate, finding.low, finding.high)
    if not all(map(math.isfinite, values)):
        alone = "–" if math.isnan(finding.estimate) else f"{finding.estimate:.3g}"
        return FindingTexts(alone, "")
    half = (finding.high - finding.low) / 2.0 or abs(finding.estimate) / 100.0 or 1.0
    decimals = max(0, 1 - math.floor(math.log10(half)))
    estimate, low, high = (f"{value:.{decimals}f}" for value in values)
    return FindingTexts(estimate, f"[{low}, {high}]")


def unit(finding: Finding) -> str:
    """Write the unit in brackets after a blank; nothing for a plain number."""
    return "" if finding.unit == "-" else f" [{finding.unit}]"


def expected(finding: Finding) -> str:
    """Write the expected range."""
    least, most = finding.least, finding.most
    if math.isinf(least) and math.isinf(most):
        return "–"
    if math.isinf(most):
        return f"above {least:g}"
    if math.isinf(least):
        return f"below {most:g}"
    return f"{least:g} to {most:g}"


def in_full(finding: Finding) -> str:
    """Write everything about a finding in a sentence."""
    numbers = shown(finding)
    return (
        f"{finding.quantity}{unit(finding)}: {numbers.estimate} {numbers.interval}, "
        f"expected {expected(finding)}."
    )


def answer(facts: Mapping[str, Fact], findings: Findings) -> list[str]:
    """Say how many findings hold, and which were not counted."""
    said = []
    counting, inputs, _ = split(findings)
    if counting:
        verdicts = [finding.verdict for own in counting.values() for finding in own]
        counts = {verdict: verdicts.count(verdict) for verdict in Verdict}
        whole = sum(not wanting(own) for own in counting.values())
        said += [
            f"{counts[Verdict.HOLDS]} of {len(verdicts)} findings hold, "
            f"{counts[Verdict.FAILS]} do not, and of {counts[Verdict.UNKNOWN]} nothing "
            "can be said (the interval reaches across the edge of what is expected).",
            f"Of {len(counting)} facts {whole} hold{'s' * (whole == 1)} in every "
            "finding.",
        ]
    if inputs:
        many = sum(map(len, inputs.values()))
        of = ", ".join(facts[name].name for name in inputs)
        said.append(
            f"Not counted, because inputs of the model or its calibration make them: "
            f"{many} finding{'s' * (many > 1)} of {of}."
        )
    return said


def wanting(findings: Sequence[Finding]) -> list[Finding]:
    """Select the findings that do not hold or are unclear."""
    return [f for f in findings if f.verdict in (Verdict.FAILS, Verdict.UNKNOWN)]
