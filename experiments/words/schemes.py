"""A scheme in plain words, incentive by incentive, for people who live under it."""

from collections.abc import Iterator

from experiments.words.groups import role_title
from model.incentive import Incentive
from model.scenario import Group, Measure, Release, Scenario, Scheme
from model.wording import percent

COUNTERS = {
    "tokens": ("tokens", "32 M a week make one point"),
    "active": ("any AI use in a week", "one point"),
    "days": ("days with any AI use", "five a week make one point"),
    "output": ("observed output", "10 half-days a week make one point"),
    "saved": ("time saved, as people report it", "a half-day a week makes one point"),
    "defects": ("spoilt work that is found", "half a half-day a week makes one point"),
    "backlog": ("work that waits", "a week of it makes one point every week"),
    "automated": ("chores given to AI", "a half-day a week makes one point"),
}
"""What a measure counts, by its field, and what makes a point."""


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


def of_groups(scenario: Scenario) -> list[tuple[str, str]]:
    """Say of each group who is in it, and what differs from everybody else's scheme."""
    return [
        (
            group.name.replace("_", " "),
            " ".join([members(group), *_differs(scenario, group)]),
        )
        for group in scenario.groups
    ]


def members(group: Group) -> str:
    """Say who is in a group."""
    if group.roles:
        roles = " and ".join(map(role_title, group.roles))
        return f"Everybody in the {roles} role{'s' * (len(group.roles) > 1)}."
    return f"{percent(group.share)} of the teams, drawn by lot."


def _differs(scenario: Scenario, group: Group) -> Iterator[str]:
    said = [*changes(scenario.scheme, group.scheme, scenario)]
    if not said and group.regime == scenario.phases:
        said = ["The scheme of everybody else."]
    yield from said
    before = group.scheme
    for phase in group.timeline:
        if phase.scheme is not None:
            new = " ".join(changes(before, phase.scheme, scenario))
            yield f"From week {phase.week} on: {new or 'nothing changes.'}"
            before = phase.scheme


def timeline(scenario: Scenario) -> Iterator[tuple[int, list[str]]]:
    """Yield the week of each phase, and a sentence for each change that it brings."""
    scheme = scenario.scheme
    for phase in scenario.timeline:
        said: list[str] = []
        if phase.scheme is not None:
            said += changes(scheme, phase.scheme, scenario)
            scheme = phase.scheme
        if phase.technology.changes:
            said.append(release(phase.technology))
        yield phase.week, said


def release(technology: Release) -> str:
    """Say what a new model brings."""
    said = {
        "gain": "a gain of {:g} at full proficiency on the most suitable task",
        "loss": "a loss of {:g} on the least suitable task",
        "price": "tokens at ${:g} per M",
    }
    news = [said[name].format(value) for name, value in technology.changes.items()]
    return f"A new model: {', '.join(news)}."


def describe(incentive: Incentive, scenario: Scenario) -> str:
    """Describe one incentive in one or two sentences."""
    text = incentive.describe(scenario.organisation, scenario.people)
    return text[:1].upper() + text[1:]


def measure(counted: Measure) -> str:
    """Say what the headline measure counts."""
    used = {name: weight for name, weight in counted.weights.items() if weight}
    if not used:
        return "Nothing is counted."
    named = {
        name: ("" if len(used) == 1 else f"{abs(weight):g} x ")
        + "{} ({})".format(*COUNTERS[name])
        for name, weight in used.items()
    }
    gains = [named[name] for name, weight in used.items() if weight > 0]
    losses = [named[name] for name, weight in used.items() if weight < 0]
    text = " less ".join([" plus ".join(gains), *losses])
    if not gains:
        text = f"against people, {' plus '.join(losses)}"
    text += "."
    if counted.cap > 0:
        text += f" Beyond {counted.cap:g} points a week nothing more is counted."
    if counted.filter > 0:
        text += (
            f" {percent(counted.filter)} of padded tokens are recognised and dropped."
        )
    return text[:1].upper() + text[1:]
