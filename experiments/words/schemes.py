"""A scheme in plain words, part by part, for people who have to live with it."""

from collections.abc import Iterator

from model.incentive import Incentive
from model.people import Rule
from model.scenario import Measure, Scenario, Scheme
from model.wording import percent

RULES = {
    Rule.LOGIT: "logit",
    Rule.BEST_RESPONSE: "best response",
    Rule.SATISFICING: "satisficing",
    Rule.IMITATION: "imitation",
    Rule.PROSPECT: "prospect theory",
}
"""Rules of choice by the name that the field gives them."""


def parts(scheme: Scheme, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Title and description of the measure and of every part that has weight."""
    yield "What is counted", measure(scheme.measure)
    for part in scheme.incentives.values():
        if part.has_weight():
            yield part.title, describe(part, scenario)


def absent(scheme: Scheme) -> list[str]:
    """Titles of the parts that the scheme does without."""
    return [
        part.title.lower()
        for part in scheme.incentives.values()
        if not part.has_weight()
    ]


def changes(before: Scheme, after: Scheme, scenario: Scenario) -> Iterator[str]:
    """What a new phase changes, one sentence each."""
    if before.measure != after.measure:
        yield f"What is counted changes: {measure(after.measure)}"
    for name, part in after.incentives.items():
        old = before.incentives[name]
        if part == old:
            continue
        if part.has_weight():
            verb = "changes" if old.has_weight() else "starts"
            yield f"{part.title} {verb}: {describe(part, scenario)}"
        elif old.has_weight():
            yield f"{part.title} ends."


def describe(part: Incentive, scenario: Scenario) -> str:
    """One incentive in one or two sentences."""
    text = part.describe(scenario.organisation, scenario.people)
    return text[:1].upper() + text[1:]


def measure(counted: Measure) -> str:
    """What the headline measure counts."""
    weights = {
        "tokens (32 M a week make one point)": counted.tokens,
        "any AI use in a week (one point)": counted.active,
        "observed output (10 half-days a week make one point)": counted.output,
    }
    used = {name: weight for name, weight in weights.items() if weight > 0}
    if not used:
        return "Nothing is counted."
    single = len(used) == 1
    named = [n if single else f"{weight:g} x {n}" for n, weight in used.items()]
    text = " plus ".join(named) + "."
    if counted.cap > 0:
        text += f" Beyond {counted.cap:g} points a week nothing more is counted."
    if counted.filter > 0:
        text += (
            f" {percent(counted.filter)} of padded tokens are recognised and dropped."
        )
    return text[:1].upper() + text[1:]
