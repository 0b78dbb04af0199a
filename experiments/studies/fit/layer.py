"""What real panels hold and the model does not: laid over simulated ones at random.

Growth, new models, holidays, agents that take over work, service accounts, people who
come and go, use by the calendar, output that drifts for other reasons. Where such a
thing looks like gaming, no check finds it; an answer is honest only if companies with
it are among those that it is learnt from. The sizes below are assumptions. What is in
none of them the answers do not allow for.
"""

import numpy as np

from experiments.store.dataset import Floats
from experiments.studies.fit.living import Company

LAYER = 0x6C61796572 << 64
"""Upper half of the key of these draws; seed, company and panel are the lower one."""


def overlaid(company: Company, start: int, key: tuple[int, int, int]) -> Company:
    """Lay a random mixture of what the model lacks over a company's panel.

    ``start`` is the first week of the scheme; ``key`` is seed, company and panel.
    """
    lower = (key[0] * 1_000_003 + key[1]) * 16 + key[2]
    rng = np.random.Generator(np.random.Philox(key=LAYER + lower % 2**64))
    weeks = company.genuine.shape[1]
    every = _growth(weeks, start, rng)
    genuine = company.genuine * every * _agents(company, start, rng)
    padded = company.padded * every
    away = _away(genuine.shape, rng)
    noise = _noise(genuine.shape, rng)
    genuine, padded = genuine * away * noise, padded * away * noise
    output = company.output * away * _drift(genuine.shape, start, rng)
    accounts = _accounts(genuine, rng)
    nothing = np.zeros_like(accounts)
    return company._replace(
        genuine=np.concatenate([genuine, accounts]),
        padded=np.concatenate([padded, nothing]),
        output=np.concatenate([output, nothing]),
    )


def _growth(weeks: int, start: int, rng: np.random.Generator) -> Floats:
    """Growth from some week on, one step up or down, and use by the month, (T,)."""
    t = np.arange(weeks)
    grown, stepped, monthly = rng.random(3) < (0.5, 0.25, 0.25)
    since = (0, start, int(rng.integers(weeks)))[rng.integers(3)]
    log = grown * rng.normal(0.0, 0.006) * np.maximum(t - since, 0)
    when = (start, int(rng.integers(weeks)))[rng.integers(2)]
    log += stepped * rng.normal(0.0, 0.25) * (t >= when)
    phase = rng.random()
    last = np.floor((t + 1) * 7.0 / 30.4 + phase) > np.floor(t * 7.0 / 30.4 + phase)
    log += monthly * rng.uniform(0.0, 0.35) * last
    return np.asarray(np.exp(log))


def _agents(company: Company, start: int, rng: np.random.Generator) -> Floats:
    """Agents multiply the use of some people in some weeks, (R, T).

    They are anybody's, or those of the people who used most before.
    """
    people, weeks = company.genuine.shape
    there = rng.random() < 0.5
    share, often = rng.uniform(0.0, 0.6), rng.uniform(0.1, 1.0)
    times = np.exp(rng.uniform(np.log(1.5), np.log(8.0)))
    kind = rng.random()
    begun = np.asarray(rng.integers(0, weeks, people))
    if kind < 0.65:  # all at once, often with the scheme
        begun[:] = start if kind < 0.35 else rng.integers(weeks)
    place = rng.random(people)
    if rng.random() < 0.35:
        share *= 0.5
        use = np.nan_to_num(company.genuine[:, : max(start, 8)]).mean(axis=1)
        place = np.argsort(np.argsort(-use)) / people
    has = np.less(place, share * there)
    works = rng.random((people, weeks)) < often
    on = works & has[:, None] & (np.arange(weeks) >= begun[:, None])
    return np.where(on, times, 1.0)


def _away(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Holidays of many at once, and people who come late or leave early, (R, T)."""
    people, weeks = shape
    t = np.arange(weeks)
    there = np.ones(shape)
    for _ in range(rng.integers(1, 4) * int(rng.random() < 0.6)):
        first, length = rng.integers(weeks), rng.integers(1, 4)
        gone = rng.random(people) < rng.uniform(0.1, 0.9)
        there[np.ix_(gone, (t >= first) & (t < first + length))] = 0.0
    late = rng.random(people) < rng.uniform(0.0, 0.25) * int(rng.random() < 0.4)
    there[late] *= t >= rng.integers(0, weeks, late.sum())[:, None]
    early = rng.random(people) < rng.uniform(0.0, 0.15) * int(rng.random() < 0.4)
    there[early] *= t < rng.integers(1, weeks + 1, early.sum())[:, None]
    return there


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Use that varies for reasons of its own, (R, T)."""
    sd = rng.uniform(0.0, 0.3) * int(rng.random() < 0.5)
    return np.exp(sd * rng.standard_normal(shape))


def _drift(shape: tuple[int, ...], start: int, rng: np.random.Generator) -> Floats:
    """Output with a trend, a step with the scheme, and noise of weeks, (R, T)."""
    people, weeks = shape
    t = np.arange(weeks)
    log = rng.normal(0.0, 0.002) * t
    log += rng.normal(0.0, 0.04) * int(rng.random() < 0.5) * (t >= start)
    log += rng.uniform(0.0, 0.03) * rng.standard_normal(weeks)
    sd = rng.uniform(0.0, 0.3)
    return np.exp(log + sd * rng.standard_normal((people, weeks)))


def _accounts(genuine: Floats, rng: np.random.Generator) -> Floats:
    """A few service accounts that nobody has told apart, (accounts, T)."""
    weeks = genuine.shape[1]
    count = int(rng.integers(1, 6)) * int(rng.random() < 0.3)
    used = genuine[genuine > 0.0]
    usual = float(np.median(used)) if len(used) else 0.0
    level = usual * np.exp(rng.uniform(0.0, 4.0, count))
    sd = rng.uniform(0.05, 1.0, count)
    log = sd[:, None] * rng.standard_normal((count, weeks))
    begun = rng.integers(0, weeks, count) * (rng.random(count) < 0.5)
    return level[:, None] * np.exp(log) * (np.arange(weeks) >= begun[:, None])
