"""What a panel comes to: numbers that any panel of these weeks has, real or simulated.

Every number is made of known weeks alone, does not depend on the order of people, and
is finite: a group in which there is nobody counts as 0.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from experiments.store.dataset import Floats
from experiments.studies.fit.design import Window
from experiments.studies.fit.moments import at, correlation, mean_known, sd_known
from experiments.studies.fit.seen import Seen

ENOUGH = 4
"""Known weeks that somebody needs to count among people."""
BINS, PARTS = 6, 4
"""Parts of a phase, and of a window, in which their course is told."""
AROUND = 4
"""Weeks before and after the scheme's start that are told singly."""
EDGES = (-np.inf, -1.5, -0.75, -0.35, -0.15, -0.05, 0.05, 0.15, 0.35, 0.75, np.inf)
"""Ends of the classes of use in a window over the minimum, as logarithms."""
HIGHEST = 50.0
"""No number is further from 0, so that none stands for infinity."""
USE, COURSE, ZEROS, WITHIN = "how much", "course", "weeks without use", "within people"
CHANGE, WINDOW, OUTPUT = "change", "window", "output"
Number = tuple[str, str, float]
"""Block, name in plain words, and value."""


class Summaries(NamedTuple):
    """Numbers of one panel, with their blocks and names."""

    blocks: list[str]
    names: list[str]
    values: Floats


def summaries(panel: Seen, start: int, window: Window) -> Summaries:
    """Compute all numbers of a panel whose scheme begins in week ``start``."""
    with np.errstate(all="ignore"):  # empty groups give NaN, which becomes 0 below
        found = list(_numbers(panel, start, window))
    blocks, names, values = zip(*found, strict=True)
    finite = np.nan_to_num(np.array(values), nan=0.0, posinf=HIGHEST, neginf=-HIGHEST)
    return Summaries(list(blocks), list(names), np.clip(finite, -HIGHEST, HIGHEST))


def averaged(
    panel: Seen, groups: int, start: int, window: Window, seed: int
) -> Summaries:
    """Cut a large panel into so many groups by lot; average their numbers."""
    order = np.random.default_rng(seed).permutation(panel.people)
    each = [
        summaries(panel.some(rows), start, window)
        for rows in np.array_split(order, groups)
    ]
    return each[0]._replace(values=np.mean([one.values for one in each], axis=0))


class _Phase(NamedTuple):
    """Weeks under one scheme.

    Attributes
    ----------
    tokens, log : array, shape (R, T)
        M tokens, and their logarithm where there are any.
    mean, active, usual, spread : array, shape (R,)
        Mean tokens, share of weeks with use, mean and sd of the logarithm.
    """

    name: str
    tokens: Floats
    log: Floats
    mean: Floats
    active: Floats
    usual: Floats
    spread: Floats


def _phase(name: str, tokens: Floats) -> _Phase:
    known, used = np.isfinite(tokens), tokens > 0.0
    weeks, uses = known.sum(axis=1), used.sum(axis=1)
    log = np.where(used, np.log(np.where(used, tokens, 1.0)), np.nan)
    enough, often = weeks >= ENOUGH, uses >= ENOUGH
    return _Phase(
        name,
        tokens,
        log,
        np.where(enough, mean_known(tokens, axis=1), np.nan),
        np.where(enough, uses / weeks, np.nan),
        np.where(often, mean_known(log, axis=1), np.nan),
        np.where(often, sd_known(log, axis=1), np.nan),
    )


def _numbers(panel: Seen, start: int, window: Window) -> Iterator[Number]:
    now = _phase("since the scheme" if start else "", panel.tokens[:, start:])
    phases = [now]
    if start:
        phases.insert(0, _phase("before", panel.tokens[:, :start]))
    for phase in phases:
        yield from _use(phase)
        yield from _course(phase)
        yield from _zeros(phase)
        yield from _within(phase)
    if start:
        yield from _change(*phases)
        yield from _event(panel.tokens, start)
    for phase in phases:
        yield from _window(phase, window)
    if panel.output is not None:
        yield from _output(panel.output, phases, start)


def _named(text: str, phase: _Phase) -> str:
    return f"{text}, {phase.name}" if phase.name else text


def _use(phase: _Phase) -> Iterator[Number]:
    mean = phase.mean[phase.mean > 0.0]
    for q in (0.1, 0.25, 0.5, 0.75, 0.9, 0.97):
        text = f"tokens of the person at {100 * q:.0f} % (log)"
        yield USE, _named(text, phase), float(np.log(at(mean, q)))
    yield USE, _named("mean tokens (log)", phase), float(np.log(mean_known(mean)))
    ordered = np.sort(mean)
    below = np.cumsum(ordered) / np.sum(ordered)
    yield USE, _named("Gini of tokens", phase), float(1.0 - 2.0 * mean_known(below))
    for top in (0.01, 0.1):
        count = max(1, round(top * len(ordered)))
        share = float(np.sum(ordered[-count:]) / np.sum(ordered))
        yield USE, _named(f"share of the top {100 * top:.0f} %", phase), share


def _course(phase: _Phase) -> Iterator[Number]:
    overall = np.log(mean_known(phase.tokens))
    often = mean_known(phase.active)
    for k, weeks in enumerate(np.array_split(np.arange(phase.tokens.shape[1]), BINS)):
        part = phase.tokens[:, weeks]
        text = f"in part {k + 1} of {BINS}"
        level = float(np.log(mean_known(part)) - overall)
        yield COURSE, _named(f"tokens {text} (log)", phase), level
        use = mean_known(np.where(np.isfinite(part), part > 0.0, np.nan))
        yield COURSE, _named(f"weeks with use {text}", phase), float(use - often)
        away = phase.log[:, weeks] - phase.usual[:, None]
        usual = at(away[np.isfinite(away)], 0.5)
        yield COURSE, _named(f"use of a usual person {text} (log)", phase), float(usual)
    weekly = mean_known(phase.tokens, axis=0)
    rough = sd_known(np.diff(np.log(np.maximum(weekly, 1e-9))))
    yield (
        COURSE,
        _named("change of all use from week to week (sd)", phase),
        float(rough),
    )


def _zeros(phase: _Phase) -> Iterator[Number]:
    active = phase.active[np.isfinite(phase.active)]
    yield ZEROS, _named("weeks with use", phase), float(mean_known(active))
    yield (
        ZEROS,
        _named("weeks with use, sd over people", phase),
        float(sd_known(active)),
    )
    for q in (0.1, 0.25, 0.5, 0.75):
        text = f"weeks with use of the person at {100 * q:.0f} %"
        yield ZEROS, _named(text, phase), float(at(active, q))
    every = float(mean_known(active == 1.0))
    yield ZEROS, _named("people with use in every week", phase), every
    first, second = phase.tokens[:, :-1], phase.tokens[:, 1:]
    known = np.isfinite(first) & np.isfinite(second)
    for before, text in (
        (first > 0.0, "use after use"),
        (first == 0.0, "use after none"),
    ):
        yield (
            ZEROS,
            _named(text, phase),
            float(mean_known((second > 0.0)[known & before])),
        )


def _within(phase: _Phase) -> Iterator[Number]:
    away = phase.log - phase.usual[:, None]
    pooled = away[np.isfinite(away)]
    for q in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98):
        text = f"week at {100 * q:.0f} % beside a person's usual one (log)"
        yield WITHIN, _named(text, phase), float(at(pooled, q))
    sd = sd_known(pooled)
    scaled = pooled / sd
    yield WITHIN, _named("spread within people", phase), float(sd)
    yield WITHIN, _named("skewness within people", phase), float(mean_known(scaled**3))
    tails = float(np.log(mean_known(scaled**4)))
    yield WITHIN, _named("tails within people (log)", phase), tails
    spread = phase.spread[np.isfinite(phase.spread)]
    for q in (0.1, 0.5, 0.9):
        text = f"spread within the person at {100 * q:.0f} %"
        yield WITHIN, _named(text, phase), float(at(spread, q))
    both = away[:, :-1] * away[:, 1:]
    again = float(mean_known(both) / sd**2)
    yield WITHIN, _named("likeness of weeks that follow each other", phase), again
    for other, text in ((phase.usual, "use"), (phase.active, "weeks with use")):
        text = f"spread within people that goes with {text}"
        yield WITHIN, _named(text, phase), correlation(phase.spread, other)


def _change(before: _Phase, now: _Phase) -> Iterator[Number]:
    more, oftener = now.usual - before.usual, now.active - before.active
    level = np.where(np.isfinite(before.usual), before.mean, np.nan)
    edges = np.nanquantile(level, (0.2, 0.4, 0.6, 0.8)) if (level > 0).any() else ()
    fifth = np.searchsorted(edges, level)
    for k in range(5):
        here = (fifth == k) & np.isfinite(level)
        text = f"of people in fifth {k + 1} by their use before"
        yield CHANGE, f"use per week with use {text} (log)", mean_known(more[here])
        yield CHANGE, f"weeks with use {text}", mean_known(oftener[here])
    known = more[np.isfinite(more)]
    yield CHANGE, "change of use, sd over people", float(sd_known(known))
    for q in (0.1, 0.5, 0.9):
        text = f"change of use of the person at {100 * q:.0f} % (log)"
        yield CHANGE, text, float(at(known, q))
    wider = now.spread - before.spread
    yield CHANGE, "change of the spread within people", mean_known(wider)
    yield (
        CHANGE,
        "change of use that goes with a wider spread",
        correlation(more, wider),
    )


def _event(tokens: Floats, start: int) -> Iterator[Number]:
    weekly = np.log(mean_known(tokens, axis=0))
    usual = mean_known(weekly[max(0, start - 3 * AROUND) : start])
    last = min(start + 2 * AROUND, tokens.shape[1])
    for week in range(start - AROUND, last):
        text = f"tokens in week {week - start:+d} from the scheme's start (log)"
        yield CHANGE, text, float(weekly[week] - usual)


def _window(phase: _Phase, window: Window) -> Iterator[Number]:
    weeks = phase.tokens.shape[1]
    if window.weeks == 1 or window.weeks > weeks:
        return
    # Windows of the weeks before the scheme end with its start.
    skipped = weeks % window.weeks if phase.name == "before" else 0
    count = (weeks - skipped) // window.weeks
    last = skipped + count * window.weeks
    shape = (len(phase.tokens), count, window.weeks)
    away = (phase.log - phase.usual[:, None])[:, skipped:last].reshape(shape)
    tokens = phase.tokens[:, skipped:last].reshape(shape)
    overall = mean_known(tokens)
    for k, some in enumerate(
        np.array_split(np.arange(window.weeks), min(window.weeks, PARTS))
    ):
        text = f"in part {k + 1} of a window"
        yield WINDOW, _named(f"use {text} (log)", phase), mean_known(away[:, :, some])
        level = float(np.log(mean_known(tokens[:, :, some]) / overall))
        yield WINDOW, _named(f"tokens {text} (log)", phase), level
    if window.amount:
        sums = tokens.sum(axis=2)
        over = np.log(sums[sums > 0.0] / window.amount)
        counts, _ = np.histogram(over, EDGES)
        for low, high, found in zip(EDGES, EDGES[1:], counts, strict=False):
            text = f"windows at {_times(low)} to {_times(high)} times the minimum"
            share = float(found / max(len(over), 1))
            yield WINDOW, _named(text, phase), share


def _times(log: float) -> str:
    return "any" if np.isinf(log) else f"{np.exp(log):.2g}"


def _output(output: Floats, phases: list[_Phase], start: int) -> Iterator[Number]:
    weekly = np.log(mean_known(output, axis=0))
    usual = mean_known(weekly[:start]) if start else mean_known(weekly)
    if start:
        yield (
            OUTPUT,
            "output since the scheme (log)",
            float(mean_known(weekly[start:]) - usual),
        )
    t = np.arange(len(weekly)) / 52.0
    line = np.polyfit(t, np.where(np.isfinite(weekly), weekly, usual), 1)
    yield OUTPUT, "trend of output a year (log)", float(line[0])
    first = 0
    for phase in phases:
        last = first + phase.tokens.shape[1]
        own = np.where(output[:, first:last] > 0.0, output[:, first:last], np.nan)
        log = np.log(own)
        for k, weeks in enumerate(np.array_split(weekly[first:last], BINS)):
            text = f"output in part {k + 1} of {BINS} (log)"
            yield OUTPUT, _named(text, phase), float(mean_known(weeks) - usual)
        person = mean_known(log, axis=1)
        away = log - person[:, None]
        yield OUTPUT, _named("output, sd over people", phase), float(sd_known(person))
        yield OUTPUT, _named("output, sd within people", phase), float(sd_known(away))
        for other, text in ((phase.usual, "use"), (phase.active, "weeks with use")):
            text = f"output that goes with {text} over people"
            yield OUTPUT, _named(text, phase), correlation(person, other)
        more = phase.log - phase.usual[:, None]
        text = _named("output that goes with use within people", phase)
        yield OUTPUT, text, correlation(away.ravel(), more.ravel())
        first = last
    if start:
        before, now = (
            mean_known(np.log(np.where(part > 0.0, part, np.nan)), axis=1)
            for part in (output[:, :start], output[:, start:])
        )
        rise = phases[1].usual - phases[0].usual
        text = "change of output that goes with change of use"
        yield OUTPUT, text, correlation(now - before, rise)
        edges = np.nanquantile(rise, (1 / 3, 2 / 3)) if np.isfinite(rise).any() else ()
        third = np.searchsorted(edges, rise)
        for k in range(3):
            here = (third == k) & np.isfinite(rise)
            text = f"change of output of people in third {k + 1} by change of use (log)"
            yield OUTPUT, text, mean_known((now - before)[here])
