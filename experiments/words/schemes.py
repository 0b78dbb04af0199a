"""A scheme in plain words, part by part, for people who have to live with it."""

from collections.abc import Callable, Iterator
from typing import Any

from model.incentive import Counted, Incentive, Scope
from model.incentives import (
    Audit,
    Bonus,
    Budget,
    Guidance,
    Leaderboard,
    Participation,
    Quota,
    Review,
    TopBoard,
)
from model.people import Rule
from model.scenario import Measure, Scenario, Scheme

COUNTS = {
    Counted.HEADLINE: "what is counted",
    Counted.TOKENS: "tokens",
    Counted.SPEND: "money spent on tokens",
    Counted.ACTIVE: "weeks with any AI use",
    Counted.OUTPUT: "output, as far as others see it",
}
UNITS = {
    Counted.HEADLINE: "{:g} points",
    Counted.TOKENS: "{:g} M tokens",
    Counted.SPEND: "${:,.0f} of tokens",
    Counted.ACTIVE: "{:g} weeks with any AI use",
    Counted.OUTPUT: "{:g} half-days of observed output",
}
BONUS_UNITS = {
    Counted.HEADLINE: "point",
    Counted.TOKENS: "32 M tokens",
    Counted.SPEND: "$48 of tokens",
    Counted.ACTIVE: "week with any AI use",
    Counted.OUTPUT: "week's worth of observed output",
}
TITLES = {
    "bonus": "Bonus",
    "review": "Performance review",
    "leaderboard": "Leaderboard",
    "top_board": "Board of heavy users",
    "quota": "Minimum",
    "participation": "Participation target",
    "audit": "Audit",
    "budget": "Budget",
    "guidance": "Guidance",
}
RULES = {
    Rule.LOGIT: "logit",
    Rule.BEST_RESPONSE: "best response",
    Rule.SATISFICING: "satisficing",
    Rule.IMITATION: "imitation",
    Rule.PROSPECT: "prospect theory",
}
"""Rules of choice by the name that the field gives them."""


def title(name: str) -> str:
    """What people call an incentive; an incentive without an entry goes by its name."""
    return TITLES.get(name, name.replace("_", " ").capitalize())


def parts(scheme: Scheme, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Title and description of the measure and of every part that has weight."""
    yield "What is counted", measure(scheme.measure)
    for name, part in scheme.incentives.items():
        if part.has_weight():
            yield title(name), describe(part, scenario)


def absent(scheme: Scheme) -> list[str]:
    """Titles of the parts that the scheme does without."""
    return [
        title(name).lower()
        for name, part in scheme.incentives.items()
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
            yield f"{title(name)} {verb}: {describe(part, scenario)}"
        elif old.has_weight():
            yield f"{title(name)} ends."


def describe(part: Incentive, scenario: Scenario) -> str:
    """One incentive in one or two sentences."""
    if type(part) not in DESCRIPTIONS:
        values = ", ".join(f"{name} {value}" for name, value in part)
        return f"{(type(part).__doc__ or '').splitlines()[0]} ({values})"
    text = DESCRIPTIONS[type(part)](part, scenario)
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
            f" {_percent(counted.filter)} of padded tokens are recognised and dropped."
        )
    return text[:1].upper() + text[1:]


def _bonus(part: Bonus, scenario: Scenario) -> str:
    pay = part.rate * scenario.organisation.half_day_value
    return (
        f"about ${pay:,.0f} for every {BONUS_UNITS[part.measure]}, "
        f"paid {_every(part.weeks)}."
    )


def _review(part: Review, scenario: Scenario) -> str:
    stake = _money(part.stake, part.weeks, scenario)
    text = (
        f"{_every(part.weeks)} everybody is ranked; the best place is worth {stake} "
        "more than the last. "
    )
    if part.weight == 0:
        text += "Officially it goes by output alone, as far as others see it."
    else:
        left = 1 - part.shift * part.weight
        text += (
            f"It goes by {COUNTS[part.measure]} ({_percent(part.weight)}) and by "
            f"observed output ({_percent(left)})."
        )
    if part.visible and scenario.people.suspected_weight > part.weight:
        text += (
            " Managers see each person's usage: "
            f"{_percent(scenario.people.suspicious)} of people suspect that it counts "
            f"for {_percent(scenario.people.suspected_weight)}."
        )
    return text


def _leaderboard(part: Leaderboard, scenario: Scenario) -> str:
    among = "in the own team" if part.scope is Scope.TEAM else "in the organisation"
    return (
        f"every week everybody sees everybody's rank {among} by "
        f"{COUNTS[part.measure]}; to the average person the first place is worth as "
        f"much as {_money(part.status, 1, scenario)} a week more than the last."
    )


def _top_board(part: TopBoard, scenario: Scenario) -> str:
    listed = max(1.0, part.share * scenario.organisation.employees)
    return (
        f"every week the top {_percent(part.share)} by {COUNTS[part.measure]} are "
        f"listed by name ({listed:.3g} of {scenario.organisation.employees:,} people); "
        f"a place on the list is worth as much as {_money(part.prize, 1, scenario)} a "
        "week to the average person."
    )


def _quota(part: Quota, scenario: Scenario) -> str:
    text = (
        f"{_every(part.weeks)} everybody must reach at least "
        f"{UNITS[part.measure].format(part.amount)}, or be flagged; the flag costs a "
        f"career as much as {_money(part.penalty, part.weeks, scenario)}"
    )
    if part.visible and part.shame > 0:
        shame = _money(part.shame, part.weeks, scenario)
        text += f", and being seen by team-mates as much as {shame} more"
    return text + "."


def _participation(part: Participation, scenario: Scenario) -> str:
    whom = "each team" if part.scope is Scope.TEAM else "the organisation"
    return (
        f"{_percent(part.target)} of {whom} are to use AI at least once a week; far "
        "below the target, staying away costs a person as much as "
        f"{_money(part.penalty, 1, scenario)} a week. How much they use it does not "
        "matter."
    )


def _audit(part: Audit, scenario: Scenario) -> str:
    whom = "everybody"
    if part.top_share > 0:
        whom = f"the heaviest {_percent(part.top_share)} of users"
    cost = part.sanction * scenario.organisation.half_day_value
    return (
        f"{_percent(part.probability)} of the half-days of {whom} are looked at; "
        f"padding is recognised in {_percent(part.sensitivity)} of cases, real use "
        f"taken for padding in {_percent(part.false_positive)}. Being found out costs "
        f"as much as ${cost:,.0f}."
    )


def _budget(part: Budget, scenario: Scenario) -> str:
    lines = []
    if part.cap > 0:
        lines.append(
            f"each person has ${part.cap:,.0f} of tokens {_every(part.weeks)}; then "
            "there are none until the window ends."
        )
    if part.chargeback > 0:
        lines.append(
            f"people feel {_percent(part.chargeback)} of the price of their tokens."
        )
    return " Besides, ".join(lines)


def _guidance(part: Guidance, scenario: Scenario) -> str:
    del scenario  # nothing in it depends on the organisation
    lines = []
    if part.judgement > 0:
        lines.append(
            f"removes {_percent(part.judgement)} of the error in judging which tasks "
            "suit AI"
        )
    if part.conscience > 0:
        lines.append(
            f"makes padding feel worse, by {part.conscience:g} half-days each time"
        )
    if part.training > 0:
        lines.append(
            f"trains people {_percent(part.training)} of the way to their best each "
            "week"
        )
    return "It " + "; ".join(lines) + "."


DESCRIPTIONS: dict[type[Incentive], Callable[[Any, Scenario], str]] = {
    Bonus: _bonus,
    Review: _review,
    Leaderboard: _leaderboard,
    TopBoard: _top_board,
    Quota: _quota,
    Participation: _participation,
    Audit: _audit,
    Budget: _budget,
    Guidance: _guidance,
}


def _every(weeks: int) -> str:
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _money(stake: float, weeks: int, scenario: Scenario) -> str:
    """A stake per half-day of a window, in dollars."""
    dollars = stake * 10 * weeks * scenario.organisation.half_day_value
    digits = 1 if dollars < 100 else 2 if dollars < 1000 else 3
    rounded = float(f"{dollars:.{digits}g}")
    return f"${rounded:,.0f}"
