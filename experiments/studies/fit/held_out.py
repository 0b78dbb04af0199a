"""Whether intervals keep their promise: companies held out of their own bank.

A fifth of the families is taken out, and everything is learnt anew from the others. For
companies of that fifth the truth is known: it should lie in half of the 50 % intervals
and in nine of ten 90 % intervals (Talts et al. 2018, arXiv 1804.06788).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.store.dataset import Floats
from experiments.studies.fit.bank import PANELS, Bank
from experiments.studies.fit.misfit import LIMIT, Cloud
from experiments.studies.fit.posterior import Engine, quantiles

SHARE = 5
"""One family of so many is held out."""
MOST = 300
"""Companies that are asked, at most."""
ENDS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


class HeldOut(NamedTuple):
    """Companies with a known truth.

    Attributes
    ----------
    below : array, shape (h, m)
        Weight of the draws below the truth; even from 0 to 1 if all is well.
    width : array, shape (h, m)
        Width of the 90 % interval over that of the prior.
    limits : tuple of float
        Misfit below which 95 of 100 of them lie: from the bank, and from draws.
    """

    below: Floats
    width: Floats
    limits: tuple[float, float]

    def within(self, share: float) -> Floats:
        """How often the truth lies in the middle interval of this share, (m,)."""
        return np.asarray(np.mean(np.abs(self.below - 0.5) <= share / 2.0, axis=0))


def held_out(
    bank: Bank, targets: Floats, structures: Floats, seed: int, crossed: bool = True
) -> HeldOut:
    """Hold a fifth of the families out, and ask the rest about them."""
    asked = _asked(bank, seed)
    rest = ~np.isin(bank.family, bank.family[asked])
    engine = Engine.of(
        bank.numbers[rest],
        targets[rest],
        structures[rest],
        bank.family[rest],
        seed,
        crossed,
    )
    cloud = Cloud.of(bank.numbers[rest])
    prior = _width(targets, np.full(len(targets), 1.0 / len(targets)))
    said = engine.learnt.of(bank.numbers[asked])
    truth = engine.transform.transform(targets[asked])
    below, widths, misfits = [], [], []
    for place, own, true in zip(asked, said, truth, strict=True):
        draws = engine.drawn(own)
        # Half of what equals the truth: shares have atoms at 0.
        less, same = draws.scores < true - 1e-9, np.abs(draws.scores - true) <= 1e-9
        below.append(draws.weights @ (less + 0.5 * same))
        widths.append(_width(draws.values, draws.weights) / prior)
        misfits.append(cloud.misfit(bank.numbers[place], draws))
    far, apart = np.quantile(np.array(misfits), LIMIT, axis=0).tolist()
    return HeldOut(np.array(below), np.array(widths), (far, apart))


def _asked(bank: Bank, seed: int) -> NDArray[np.int64]:
    """Choose one panel each of companies whose families are held out."""
    count = int(bank.family.max()) + 1
    out = np.random.default_rng([seed, 1]).permutation(count)[: max(1, count // SHARE)]
    first = np.arange(0, len(bank.family), PANELS)
    return first[np.isin(bank.family[first], out)][:MOST]


def _width(values: Floats, weights: Floats) -> Floats:
    low, high = quantiles(values, weights, ENDS[[0, -1]])
    return np.asarray(np.where(high > low, high - low, 1.0))
