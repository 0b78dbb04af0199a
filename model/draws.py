"""Randomness: every draw is a pure function of who, when and what for.

Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011,
"Parallel random numbers: as easy as 1, 2, 3", SC11). One block of four 32-bit uniforms
is one decision. Nothing is drawn in sequence, so that neither threads, nor the order of
runs, nor a scheme that asks for more draws can move anybody's luck.
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compiled import plain, rule
from model.elementary import log, whole_number
from model.normal import quantile


class Purpose(IntEnum):
    """What a draw is for; part of its address."""

    DECISION = 0
    OBSERVATION = 1
    AUDIT = 2
    SKILL = 3
    AMBITION = 4
    STATUS = 5
    CONSCIENCE = 6
    CHARACTER = 7
    CEILING = 8
    START = 9
    INTENSITY = 10
    SAVVY = 11
    PEERS = 12
    IMITATION = 13
    WEEK = 14
    LEAVING = 15
    GROUP = 16


ROUNDS = 10
MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
STEP = 2.0**-32
GENERATION = 65_536
"""By so much the week's place of traits is moved on for each later person of a slot."""


Word = np.uint64  # holds 32 bits, so that a product of two words does not overflow


@rule
def philox(
    c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word
) -> tuple[Word, Word, Word, Word]:
    """Four 32-bit words: the block at counter (c0, c1, c2, c3) under key (k0, k1)."""
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0 = (product_1 >> HALF) ^ c1 ^ k0
        c1 = product_1 & LOW
        c2 = (product_0 >> HALF) ^ c3 ^ k1
        c3 = product_0 & LOW
        k0 = (k0 + WEYL_0) & LOW
        k1 = (k1 + WEYL_1) & LOW
    return c0, c1, c2, c3


@rule
def uniforms(
    seed: int, replicate: int, employee: int, week: int, half_day: int, purpose: int
) -> tuple[float, float, float, float]:
    """Four independent uniforms in (0, 1) for one employee, half-day and purpose.

    The seed (0 to 2^63 - 1) is the key; employee, week, half-day with purpose, and
    replicate are the counter, each below 2^32: to say so halves the work of older
    vector units. A word n becomes (n + 1/2) / 2^32: never 0 and never 1.
    """
    key = np.uint64(seed)
    w0, w1, w2, w3 = philox(
        np.uint64(employee) & LOW,
        np.uint64(week) & LOW,
        np.uint64(purpose * 65536 + half_day) & LOW,
        np.uint64(replicate) & LOW,
        key & LOW,
        key >> HALF,
    )
    return uniform(w0), uniform(w1), uniform(w2), uniform(w3)


@rule
def uniform(word: Word) -> float:
    """The number (n + 1/2) / 2^32 of a word n."""
    return (whole_number(np.int64(word)) + 0.5) * STEP


def lots(
    count: int, seed: int, replicate: int, purpose: Purpose
) -> NDArray[np.float64]:
    """Four independent uniforms for each of the first teams, shape (count, 4).

    Those of ``uniforms`` with the team in the place of the employee, all at once.
    """
    none = np.zeros(count, np.uint64)
    many: Any = plain(philox)  # NumPy's numbers or arrays of them
    words = many(
        np.arange(count, dtype=np.uint64),
        none,
        none + np.uint64(int(purpose) * 65536),
        none + np.uint64(replicate),
        np.uint64(seed) & LOW,
        np.uint64(seed) >> HALF,
    )
    return (np.stack(words, axis=1).astype(np.float64) + 0.5) * STEP


@rule
def trait(
    seed: int, replicate: int, employee: int, generation: int, purpose: int
) -> tuple[float, float, float, float]:
    """Four uniforms for a trait of the person of a generation in a slot."""
    first = generation * GENERATION
    return uniforms(seed, replicate, employee, first, 0, purpose)


@rule
def normal(
    seed: int, replicate: int, employee: int, generation: int, purpose: int
) -> float:
    """A standard normal trait of one person."""
    return quantile(trait(seed, replicate, employee, generation, purpose)[0])


@rule
def gamma(
    shape: float,
    seed: int,
    replicate: int,
    employee: int,
    generation: int,
    part: int,
    purpose: int,
) -> float:
    """A gamma trait of given shape (1 or more) and scale 1.

    Rejection by Marsaglia and Tsang (2000, ACM Trans. Math. Softw. 26, 363-372); the
    week's place in the address numbers the attempts, from that of the generation on,
    the half-day's the part of a trait that is made of several draws.
    """
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = generation * GENERATION
    while True:
        u, u_accept, _, _ = uniforms(seed, replicate, employee, attempt, part, purpose)
        z = quantile(u)
        v = 1.0 + c * z
        v = v * v * v
        if v > 0.0 and log(u_accept) < 0.5 * z * z + d - d * v + d * log(v):
            return d * v
        attempt += 1


@rule
def beta(
    a: float,
    b: float,
    seed: int,
    replicate: int,
    employee: int,
    generation: int,
    part: int,
    purpose: int,
) -> float:
    """A beta trait with parameters a and b (1 or more each): a ratio of gammas."""
    x = gamma(a, seed, replicate, employee, generation, part, purpose)
    y = gamma(b, seed, replicate, employee, generation, part + 1, purpose)
    return x / (x + y)
