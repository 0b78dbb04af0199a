"""One stable order of numbers, from which ranks, shares and cuts are read.

Radix: the bits of a float, seen as a whole number, keep its order once those of the
negative ones are turned over. The numbers are dealt into piles by their lowest eight
bits, then by the next eight, and so on; after the last deal they lie in order. Nothing
is compared and so nothing mispredicted: 15 to 25 ns a number, hundreds or a million.
"""

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule

Numbers = NDArray[np.float64]
Rows = NDArray[np.int32]

DEALS, BITS, PILES = 8, 8, 256
SIGN = np.int64(-(2**63))
"""The bit of the sign."""


@rule
def ordered(numbers: Numbers) -> tuple[Numbers, Rows]:
    """Numbers upwards, and the row of each; equals keep the order of their rows.

    The array given is used up: of a million numbers nobody wants a copy. Minus zero
    becomes zero. There may be no NaN.
    """
    n = len(numbers)
    keys, spare_keys = numbers.view(np.int64), np.empty(n, np.int64)
    rows, spare_rows = np.empty(n, np.int32), np.empty(n, np.int32)
    piles = np.zeros((DEALS, PILES), np.uint32)
    for i in range(n):
        numbers[i] += 0.0  # minus zero becomes zero
        key = keys[i] ^ ((keys[i] >> 63) | SIGN)
        keys[i], rows[i] = key, i
        for deal in range(DEALS):
            piles[deal, (key >> (BITS * deal)) & (PILES - 1)] += 1

    for deal in range(DEALS):
        pile, shift = piles[deal], BITS * deal
        if pile[(keys[0] >> shift) & (PILES - 1)] == n:
            continue  # all in one pile
        start = 0
        for k in range(PILES):
            size = pile[k]
            pile[k] = start
            start += size
        for i in range(n):
            k = (keys[i] >> shift) & (PILES - 1)
            place = pile[k]
            pile[k] = place + 1
            spare_keys[place], spare_rows[place] = keys[i], rows[i]
        keys, spare_keys = spare_keys, keys
        rows, spare_rows = spare_rows, rows

    for i in range(n):
        keys[i] ^= ~(keys[i] >> 63) | SIGN
    return keys.view(np.float64), rows
