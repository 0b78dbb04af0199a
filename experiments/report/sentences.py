"""A scheme's effect in plain words, and what the dashboard alone would have said."""

from typing import NamedTuple

from experiments.statistics.effects import Effect, Effects, Panel
from experiments.statistics.harm import BY_HAND, Harm
from experiments.store.dataset import SUFFIX
from experiments.words.gaming import counters
from experiments.words.screen import number, percent, rounded
from model.principal import plan_budget, reported_padding
from model.scenario import Scenario

BEFORE = 4
"""Weeks of the baseline that stand for "before" in a naive before/after comparison."""
MOST = 0.5
"""Share of all losses (or gains) from which one channel counts as most of them."""
NOTEWORTHY = 0.2
"""Relative size from which an offsetting channel is mentioned."""

CHANNELS = {
    "output_manual": ("people working less hard", "people working harder"),
    "output_gain": ("poorer or rarer use of AI", "better or wider use of AI"),
    "output_misuse": ("AI used where it does harm", "less AI used where it does harm"),
    "output_trivial": (
        "core work put off for chores",
        "less core work put off for chores",
    ),
    "output_padding": ("padding time", "less padding time"),
    "output_dressing": ("dressing up and gestures", "less dressing up"),
    "output_rework": ("rework and sign-off", "less rework"),
    "output_strain": ("strain", "less strain"),
}
"""Each channel of output as a reason why output falls, and why it rises."""


def sentence(scheme: str, effects: Effects) -> str:
    """Say what a scheme does to reported usage and real output over the whole run."""
    usage = effects[scheme, "reported_tokens", "whole"]
    output = effects[scheme, "output", "whole"]
    if usage.is_nothing and output.is_nothing:
        same = f"exactly as under {output.baseline}"
        return f"Reported usage and real output stay {same}."
    if not _is_said(output):
        return f"{_usage_beside_unclear(usage, output)}."
    joint = "while" if _opposite(usage, output) else "and"
    clauses = [f"{_usage(usage)}{joint} real output {_moves(output)}"]
    clauses.append(_reasons(scheme, effects, rises=_rises(output)))
    return "; ".join(clause for clause in clauses if clause) + "."


def _usage_beside_unclear(usage: Effect, output: Effect) -> str:
    unclear = f"on real output {_range(output)}"
    if _is_said(usage):
        return f"{_usage(usage)}with no clear effect {unclear}"
    return f"No clear effect on reported usage {_range(usage)} or {unclear}"


def _usage(usage: Effect) -> str:
    if _is_said(usage):
        return f"Reported usage {_moves(usage)} "
    return f"No clear effect on reported usage {_range(usage)}, "


def _is_said(effect: Effect) -> bool:
    """Tell whether to name a direction: it is clear, or there is no interval at all."""
    return effect.is_clear or effect.low is None


def _rises(effect: Effect) -> bool:
    return (effect.effect or 0.0) > 0.0


def _opposite(usage: Effect, output: Effect) -> bool:
    return not usage.is_clear or _rises(usage) != _rises(output)


def _moves(effect: Effect) -> str:
    """Say how far an outcome moves, such as "rises 46 % (44 to 48)"."""
    verb = "rises" if _rises(effect) else "falls"
    if effect.percent is None:
        size = number(abs(effect.effect or 0.0))
        return f"{verb} by {size} {effect.unit} (from nothing)"
    ends = effect.percent_low, effect.percent_high
    if not _rises(effect):
        ends = _turned(ends[1]), _turned(ends[0])
    shown = rounded(abs(effect.percent), *ends)
    if not shown.low:
        return f"{verb} {shown.value} % (one replicate, no interval)"
    return f"{verb} {shown.value} % ({shown.low} to {shown.high})"


def _turned(value: float | None) -> float | None:
    return None if value is None else -value


def _range(effect: Effect) -> str:
    """Write the interval of an unclear effect and the smallest detectable effect."""
    ends = effect.percent_low, effect.percent_high
    shown = rounded(effect.percent, *ends, sign=True)
    if not shown.low:
        shown = rounded(effect.effect, effect.low, effect.high, sign=True)
        return f"({shown.low} to {shown.high} {effect.unit}{_detectable(effect)})"
    return f"({shown.low} % to {shown.high} %{_detectable(effect)})"


def _detectable(effect: Effect) -> str:
    """Write the smallest effect that this study would detect."""
    if not effect.detectable:
        return ""
    if effect.percent_detectable is None:
        size = f"{number(effect.detectable)} {effect.unit}"
    else:
        size = f"{percent(effect.percent_detectable)} %"
    return f"; smallest detectable effect {size}"


def _reasons(scheme: str, effects: Effects, rises: bool) -> str:
    """Name the main channel of a change, and the main one against it."""
    with_it: dict[str, float] = {}
    against: dict[str, float] = {}
    for name, words in CHANNELS.items():
        change = effects[scheme, name, "whole"].effect or 0.0
        if change != 0.0:
            side = with_it if (change > 0.0) == rises else against
            side[words[change > 0.0]] = abs(change)
    if not with_it:
        return ""
    total = sum(with_it.values())
    main = max(with_it, key=lambda words: with_it[words])
    most = "most" if with_it[main] >= MOST * total else "the largest part"
    text = f"{most} of the {'gain' if rises else 'loss'} is {main}"
    if against:
        offset = max(against, key=lambda words: against[words])
        if against[offset] >= NOTEWORTHY * total:
            text += f", partly offset by {offset}"
    return text


def harm_sentence(harm: Harm) -> str:
    """Say when a harm ends, and what comes after it."""
    ends = harm.after_percent, harm.after_low, harm.after_high
    during, after = percent(harm.during_percent), rounded(*ends, sign=True)
    what = "Less real work than by hand" if harm.baseline == BY_HAND else "Harms"
    return (
        f"{what} {span_of(harm)} (real output {during} %); afterwards {after.value} % "
        f"({after.low} to {after.high})."
    )


def span_of(harm: Harm) -> str:
    """Say from when, if not from the beginning, and until when a harm lasts."""
    since = f"from week {harm.first} " if harm.first else ""
    return f"{since}until week {harm.last}"


def told_of(panel: Panel, name: str, scenario: Scenario) -> list[str]:
    """Say what a reader asks of a scheme that counts active people or time saved."""
    said = []
    if hangs_on(scenario, "active", "days"):
        said.append(hollow_sentence(panel, name))
    if hangs_on(scenario, "saved"):
        said.append(saved_sentence(panel, name))
    return said


def hangs_on(scenario: Scenario, *names: str) -> bool:
    """Tell whether anything hangs on a counter, in any phase of the timeline."""
    return any(
        set(names) & {*counters(part, phase.scheme.measure)}
        for phase in scenario.phases
        for part in phase.scheme.incentives.values()
        if part.has_weight()
    )


def saved_sentence(panel: Panel, scheme: str) -> str:
    """Say how much time people say that AI saves them, and how much it does."""
    told, saved = (
        number(panel.mean(scheme, name + SUFFIX["whole"]) or 0.0)
        for name in ("reported_saved", "saved")
    )
    return (
        f"People report that AI saves them {told} half-days a week; it saves {saved}, "
        "before mates do again what it spoilt."
    )


def hollow_sentence(panel: Panel, scheme: str) -> str:
    """Say who counts as active, and how many of them without any core work."""
    active, hollow, trivial = (
        percent(100.0 * (panel.mean(scheme, name + SUFFIX["whole"]) or 0.0))
        for name in ("active_share", "hollow_active_share", "trivial_active_share")
    )
    return (
        f"{active} % of people count as active in a week; of these {hollow} % only by "
        "padding or by a gesture, a prompt of a minute or two, and "
        f"{trivial} % only by trivial use."
    )


class Naive(NamedTuple):
    """What a principal sees who looks at nothing but the dashboard.

    Attributes
    ----------
    growth : float or None
        Reported tokens of the last quarter over those before the scheme, less 1.
    budget, false_demand : float
        Next year's token budget from the last quarter, and padding's share of it
        [$ per employee and year].
    """

    growth: float | None
    budget: float
    false_demand: float


def naive(panel: Panel, scheme: str, before: float | None, scenario: Scenario) -> Naive:
    """Compute what the dashboard alone shows of a scheme, without a baseline."""
    reported = panel.mean(scheme, "reported_tokens") or 0.0
    genuine, trivial, padded = (
        panel.mean(scheme, f"{kind}_tokens") or 0.0
        for kind in ("genuine", "trivial", "padded")
    )
    padding = reported_padding(reported, genuine, trivial, padded)
    next_year = plan_budget(reported, padding, scenario, scenario.weeks - 1)
    growth = reported / before - 1.0 if before else None
    return Naive(growth, next_year.budget, next_year.false_demand)


def naive_sentence(view: Naive) -> str:
    """Say what the dashboard tells alone, and which budget follows from it."""
    if view.growth is None:
        story = "has nothing to compare with"
    else:
        way = "up" if view.growth >= 0.0 else "down"
        story = f"would have said: usage {way} {percent(100.0 * abs(view.growth))} %"
    text = (
        f"A before/after look at the dashboard {story}. Next year's token budget: "
        f"${view.budget:,.0f} an employee"
    )
    if view.budget <= 0.0 or view.false_demand < 0.5:
        return f"{text}."
    share = percent(100.0 * view.false_demand / view.budget)
    return f"{text}, of which ${view.false_demand:,.0f} ({share} %) pay for padding."
