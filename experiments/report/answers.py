"""The answer of a study in a few sentences, computed from its data."""

from collections.abc import Sequence

from experiments.report.sentences import (
    harm_sentence,
    hollow_sentence,
    saved_sentence,
    sentence,
    span_of,
)
from experiments.statistics.effects import Effect, Effects, Panel
from experiments.statistics.harm import Harm
from experiments.statistics.worlds import CLEAR
from experiments.words.screen import joined, number, percent, rounded

COSTS = {
    "output_padding": "padding",
    "output_dressing": "dressing up and gestures",
    "output_rework": "rework and sign-off",
    "output_strain": "strain",
}
"""Channels through which output can only be lost."""


def of_comparison(
    effects: Effects,
    others: Sequence[str],
    baseline: str,
    ends: Sequence[Harm],
    elsewhere: str,
    own: str = "",
) -> list[str]:
    """Say what schemes do to usage and output; ``others`` begins with the best.

    ``elsewhere`` says what holds in other worlds, and comes first: all that follows is
    about the world as given. ``ends`` are the harms that end within the run; ``own`` is
    the scheme that was asked for, which is named wherever it stands.
    """
    if not others:
        return [f"Nothing was compared with {baseline}."]
    outputs = {name: effects[name, "output", "whole"] for name in others}
    usages = {name: effects[name, "reported_tokens", "whole"] for name in others}
    said = [elsewhere, _counts(outputs, usages, baseline)]
    best, worst = others[0], others[-1]
    if len(others) == 1:
        said.append(f"{best}: {_lower(sentence(best, effects))}")
    else:
        if own in others[1:-1]:
            said.append(f"{own}: {_lower(sentence(own, effects))}")
        said.append(f"Most real work: {best}. {sentence(best, effects)}")
        said.append(f"Least real work: {worst}. {sentence(worst, effects)}")
        said.append(_dashboard(outputs, usages, others))
    said.append(_ended(ends))
    return [text for text in said if text]


def _ended(ends: Sequence[Harm]) -> str:
    """Name the harms that end and that are more than about nothing while they last."""
    named = [
        f"{harm.scheme} {span_of(harm)}"
        for harm in ends
        if harm.during_percent < -CLEAR
    ]
    if not named:
        return ""
    return (
        f"A harm of more than {CLEAR} % that ends within the run: {'; '.join(named)}."
    )


def _counts(
    outputs: dict[str, Effect], usages: dict[str, Effect], baseline: str
) -> str:
    total = len(outputs)
    up = [name for name, usage in usages.items() if _way(usage) > 0]
    more, less, same = (
        sum(_way(outputs[name]) == way for name in up) for way in (1, -1, 0)
    )
    text = (
        f"In the world as given, {len(up)} of {total} scheme{'s' * (total > 1)} "
        f"clearly {_verb(len(up), 'raise')} reported usage over {baseline}. "
        f"Of these, {more} also {_verb(more, 'raise')} real output, {less} "
        f"{_verb(less, 'lower')} it, and {same} "
        f"{'has' if same == 1 else 'have'} no clear effect on it"
        f"{_detectable([outputs[name] for name in up])}."
    )
    if any(usage.low is None for usage in usages.values()):
        text += " (One replicate: the signs have no interval.)"
    return text


def _verb(count: int, verb: str) -> str:
    return verb + "s" * (count == 1)


def _detectable(outputs: Sequence[Effect]) -> str:
    """State the smallest detectable effect where no effect is clear."""
    sizes = [
        effect.percent_detectable
        for effect in outputs
        if _way(effect) == 0 and effect.percent_detectable
    ]
    if not sizes:
        return ""
    low, high = percent(min(sizes)), percent(max(sizes))
    size = f"{low} %" if low == high else f"{low} to {high} %"
    return f" (smallest detectable effect: {size})"


def _way(effect: Effect) -> int:
    """Give the sign of an effect; 0 if its interval holds 0."""
    if not effect.effect or not (effect.is_clear or effect.low is None):
        return 0
    return 1 if effect.effect > 0.0 else -1


def _dashboard(
    outputs: dict[str, Effect], usages: dict[str, Effect], others: Sequence[str]
) -> str:
    """Name the scheme that the dashboard alone would suggest."""
    top = max(others, key=lambda name: usages[name].effect or 0.0)
    place = list(others).index(top) + 1
    moved = rounded(outputs[top].percent, None, None, sign=True).value
    return (
        f"Who sees the dashboard alone would choose {top}, where reported usage rises "
        f"most. By real output ({moved or '–'} %) it is number {place} of "
        f"{len(others)}."
    )


def of_run(panel: Panel, scheme: str, ends: Sequence[Harm]) -> list[str]:
    """Say what people do under one scheme, without a baseline."""

    def mean(name: str) -> float:
        return panel.mean(scheme, name + "_mean") or 0.0

    def in_percent(share: float) -> str:
        return f"{percent(100.0 * share)} %"

    manual, output = mean("output_manual"), mean("output")
    core, chores = mean("genuine_share"), mean("trivial_share")
    by_chores = mean("output_trivial")
    costs = [
        f"{what} {number(-mean(name))}" for name, what in COSTS.items() if mean(name)
    ]
    costs = costs or ["nothing else"]
    change = 100.0 * (output - manual) / manual if manual else 0.0
    way = "more" if change >= 0.0 else "less"
    return [
        f"The dashboard reports {number(mean('reported_tokens'))} M tokens per "
        f"employee-week. Genuine AI use takes {in_percent(core + chores)} of "
        f"half-days: {in_percent(core)} on core work, {in_percent(chores)} trivial. "
        f"Padding takes {in_percent(mean('padding_share'))} of half-days and is "
        f"{in_percent(mean('padded_token_share'))} of all tokens.",
        f"Real output is {number(output)} half-days per employee-week, "
        f"{percent(abs(change))} % {way} than if all work had been manual: AI gains "
        f"{number(mean('output_gain'))}, use below break-even loses "
        f"{number(-mean('output_misuse'))}, chores done in place of core work "
        f"{'gain' if by_chores >= 0.0 else 'lose'} {number(abs(by_chores))}; what is "
        f"lost besides: {joined(costs, 'and')}.",
        hollow_sentence(panel, scheme),
        saved_sentence(panel, scheme),
        *map(harm_sentence, ends),
        "One scheme in one world has no baseline: nothing here says whether it helps. "
        "study=compare does.",
    ]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
