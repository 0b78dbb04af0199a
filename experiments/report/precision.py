"""Sentences on how well effects are known: noise, multiple comparisons, study size."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from experiments.statistics.effects import Effect, Effects, Panel
from experiments.statistics.paired import clear_sign
from experiments.statistics.power import CONFIDENCE, needed, rounder
from experiments.statistics.resampling import LEAST
from experiments.statistics.stopping import (
    Series,
    Stop,
    Target,
    of_effects,
    of_level,
    stop,
)
from experiments.words.screen import percent

SKEWED = 2.0
"""Absolute skewness from which intervals cover less than 93 % in simulation."""
FEW = 4
"""Most names that a sentence lists; it only counts the others."""


class Words(NamedTuple):
    """Words for an estimate, and for what its half-width is a percentage of."""

    one: str
    every: str
    each: str
    of: str


EFFECTS = Words(
    "an effect on real output",
    "every effect on real output",
    "any one of them",
    "of the baseline's output",
)
LEVEL = Words("real output", "real output", "it", "of its mean")


def of_comparison(
    panel: Panel,
    effects: Effects,
    others: Sequence[str],
    baseline: str,
    aim: Target | None,
) -> list[str]:
    """Say how well effects are known; ``others`` are all schemes but the baseline."""
    outputs = [effects[name, "output", "whole"] for name in others]
    known = [effect for effect in outputs if effect.low is not None]
    if not known:
        return []
    said = [_pairing(known), _multiple_comparisons(known), _bootstrap(known)]
    series = of_effects(panel, baseline)
    said += [_skewed(series), _size(series, EFFECTS, aim)]
    return [text for text in said if text]


def of_run(panel: Panel, scheme: str, aim: Target | None) -> list[str]:
    """Say how well the output of one scheme is known."""
    series = of_level(panel, scheme)
    said = [_skewed(series), _size(series, LEVEL, aim)]
    return [text for text in said if text]


def _pairing(effects: Sequence[Effect]) -> str:
    saved = [e.saved_by_pairing for e in effects if e.saved_by_pairing is not None]
    if not saved:
        return ""
    return (
        f"Sharing people, tasks and luck saves {100 * median(saved):.1f} % of the "
        "variance of an effect on output (median over schemes)."
    )


def _multiple_comparisons(effects: Sequence[Effect]) -> str:
    """Say which effects stay clear after a correction for multiple comparisons."""
    clear = [effect for effect in effects if effect.is_clear]
    lost = [e.scheme for e in clear if e.p_holm is None or e.p_holm > 1 - CONFIDENCE]
    if len(effects) == 1 or not clear:
        return ""
    alone = (
        f"Of {len(effects)} effects on output {len(clear)} "
        f"{'is' if len(clear) == 1 else 'are'} clear, each looked at alone"
    )
    if not lost:
        return f"{alone}, and still so after Holm's correction for all of them."
    return (
        f"{alone}; after Holm's correction for all of them {len(clear) - len(lost)}, "
        f"without {_names(lost)}."
    )


def _bootstrap(effects: Sequence[Effect]) -> str:
    """Say whether bootstrap intervals agree on which effects are clear."""
    resampled = [e for e in effects if e.bootstrap_low is not None]
    other = [
        effect.scheme for effect in resampled if effect.is_clear != _is_clear(effect)
    ]
    if not resampled:
        return ""
    if not other:
        return (
            "Bootstrap intervals (BCa, effects.csv) agree on which effects are clear."
        )
    return (
        "Bootstrap intervals (BCa, effects.csv) disagree on whether the effect is "
        f"clear for {_names(other)}."
    )


def _is_clear(effect: Effect) -> bool:
    return clear_sign(effect.bootstrap_low, effect.bootstrap_high) != 0


def _skewed(series: Mapping[str, Series]) -> str:
    """Warn where replicates are so skewed that intervals are too short."""
    skewed = []
    for name, one in series.items():
        sample = one.percent(len(one.values))
        if sample is not None and len(sample) >= LEAST and sample.std() > 0.0:
            skewness = float((((sample - sample.mean()) / sample.std()) ** 3).mean())
            if abs(skewness) > SKEWED:
                skewed.append(f"{name} {skewness:.1f}")
    if not skewed:
        return ""
    return (
        f"Replicates are heavily skewed (skewness: {_names(skewed)}): such intervals "
        "cover less than they say."
    )


def _size(series: Mapping[str, Series], words: Words, aim: Target | None) -> str:
    """Say whether the target half-width was reached, or what a smaller one needs."""
    if aim is not None:
        return _stopped(stop(series, aim), words, aim)
    spreads = {name: one.spread(len(one.values)) for name, one in series.items()}
    known = {name: spread for name, spread in spreads.items() if spread is not None}
    if not known:
        return ""
    name = max(known, key=lambda name: known[name].half)
    widest = known[name]
    if widest.half == 0.0:
        return ""
    goal = rounder(widest.half)
    which = f"The widest interval ({name})" if len(known) > 1 else "The interval"
    return (
        f"{which} of {words.one} is ±{percent(widest.half)} % {words.of}; ±{goal:g} % "
        f"would take about {needed(widest.deviation, goal):,} replicates, which "
        f"study.until_halfwidth={goal:g} adds."
    )


def _stopped(end: Stop, words: Words, aim: Target) -> str:
    goal = f"±{aim.halfwidth:g} %"
    total = f"{end.stages[-1]:,} replicates"
    unknown = [name for name, spread in end.spreads.items() if spread is None]
    said = f" There is no percentage for {_names(unknown)}." if unknown else ""
    if not end.missing:
        if len(end.stages) == 1:
            return (
                f"The first {total} were enough: {words.every} is known to {goal} "
                f"{words.of}.{said}"
            )
        stages = ", ".join(f"{stage:,}" for stage in end.stages[:-1])
        return (
            f"After {total} (stages before: {stages}) {words.every} is known to "
            f"{goal} {words.of}; of studies that stop like this, "
            f"{100 * CONFIDENCE:.0f} % are right about {words.each}.{said}"
        )
    halves = [
        f"{name}: ±{percent(spread.half)} %"
        for name, spread in end.spreads.items()
        if spread is not None and name in end.missing
    ]
    return (
        f"The cap came first: {total} (study.most_replicates) are too few to know "
        f"{words.every} to {goal} {words.of} ({_names(halves)}); that would take about "
        f"{max(end.missing.values()):,}.{said}"
    )


def _names(names: Sequence[str]) -> str:
    """List a few names, or the first ones and how many more there are."""
    if len(names) <= FEW:
        return ", ".join(names)
    return f"{', '.join(names[: FEW - 1])} and {len(names) - FEW + 1} more"
