"""A scheme in plain words, incentive by incentive, for people who live under it."""

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
"""Names of the rules of choice in the literature."""


def contents(scheme: Scheme, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield title and description of the measure and of each incentive with weight."""
    yield "What is counted", measure(scheme.measure)
    for incentive in scheme.incentives.values():
        if incentive.has_weight():
            yield incentive.title, describe(incentive, scenario)


def absent(scheme: Scheme) -> list[str]:
    """List the titles of the incentives without weight."""
    return [
        incentive.title.lower()
        for incentive in scheme.incentives.values()
        if not incentive.has_weight()
    ]


def changes(before: Scheme, after: Scheme, scenario: Scenario) -> Iterator[str]:
    """Yield a sentence for each change that a new phase brings."""
    if before.measure != after.measure:
        yield f"What is counted changes: {measure(after.measure)}"
    for name, new in after.incentives.items():
        old = before.incentives[name]
        if new == old:
            continue
        if new.has_weight():
            verb = "changes" if old.has_weight() else "starts"
            yield f"{new.title} {verb}: {describe(new, scenario)}"
        elif old.has_weight():
            yield f"{new.title} ends."


def describe(incentive: Incentive, scenario: Scenario) -> str:
    """Describe one incentive in one or two sentences."""
    text = incentive.describe(scenario.organisation, scenario.people)
    return text[:1].upper() + text[1:]


def measure(counted: Measure) -> str:
    """Say what the headline measure counts."""
    weights = {
        "tokens (32 M a week make one point)": counted.tokens,
        "any AI use in a week (one point)": counted.active,
        "days with any AI use (five a week make one point)": counted.days,
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
