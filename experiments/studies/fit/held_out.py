"""Whether intervals keep their promise: companies held out of their own bank.

A fifth of the families is taken out, and everything is learnt anew from the others. For
companies of that fifth the truth is known: it should lie in half of the 50 % intervals
and in nine of ten 90 % intervals (Talts et al. 2018, arXiv 1804.06788).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.store.dataset import Floats
from experiments.studies.fit.bank import Bank
from experiments.studies.fit.blocks import PANELS
from experiments.studies.fit.misfit import LIMIT, Cloud
from experiments.studies.fit.posterior import Engine
from model.workforce import Ints

Bools = NDArray[np.bool_]

SHARE = 5
"""One family of so many is held out."""
MOST = 300
"""Companies that are asked, at most."""
SAME = 1e-9
"""Normal scores nearer than this are equal."""


class HeldOut(NamedTuple):
    """What companies with a known truth were told.

    Attributes
    ----------
    below : array, shape (h, m)
        Weight of the draws below the truth; even from 0 to 1 if all is well.
    width : array, shape (h, m)
        Width of the 90 % interval over that of the prior, in normal scores.
    misfits : array, shape (h, 3)
        How far they are from the bank; see ``misfit.Misfit``.
    """

    below: Floats
    width: Floats
    misfits: Floats

    @property
    def limits(self) -> Floats:
        """Misfits below which 95 of 100 of them lie, (3,)."""
        return np.asarray(np.quantile(self.misfits, LIMIT, axis=0))

    def within(self, share: float) -> Floats:
        """How often the truth lies in the middle interval of this share, (m,)."""
        return np.asarray(np.mean(np.abs(self.below - 0.5) <= share / 2.0, axis=0))

    def some(self, rows: Bools) -> "HeldOut":
        """Leave some companies, those for which ``rows`` (h,) is true."""
        return HeldOut(self.below[rows], self.width[rows], self.misfits[rows])


class Split(NamedTuple):
    """A bank without a fifth of its families, and panels of that fifth.

    Attributes
    ----------
    asked : array of int
        Places of these panels in the bank, one a company.
    """

    asked: Ints
    engine: Engine
    cloud: Cloud

    @classmethod
    def of(
        cls,
        bank: Bank,
        targets: Floats,
        structures: Floats,
        seed: int,
        crossed: bool = True,
    ) -> "Split":
        """Hold a fifth of the families out, and learn from the rest."""
        asked = _asked(bank, seed)
        rest = ~np.isin(bank.family, bank.family[asked])
        numbers, family = bank.numbers[rest], bank.family[rest]
        engine = Engine.of(
            numbers, targets[rest], structures[rest], family, seed, crossed
        )
        return cls(asked, engine, Cloud.of(numbers))

    def ask(self, numbers: Floats, targets: Floats) -> HeldOut:
        """Ask about panels (h, d) of which the truth (h, m) is known."""
        said = self.engine.learnt.of(numbers)
        truth = self.engine.transform.transform(targets)
        below, widths, misfits = [], [], []
        for panel, own, true in zip(numbers, said, truth, strict=True):
            draws = self.engine.drawn(own)
            # Half of what equals the truth: shares have atoms at 0.
            less = draws.scores < true - SAME
            same = np.abs(draws.scores - true) <= SAME
            below.append(draws.weights @ (less + 0.5 * same))
            widths.append(draws.width)
            misfits.append(self.cloud.misfit(panel, draws))
        return HeldOut(np.array(below), np.array(widths), np.array(misfits))


def held_out(
    bank: Bank, targets: Floats, structures: Floats, seed: int, crossed: bool = True
) -> HeldOut:
    """Hold a fifth of the families out, and ask the rest about them."""
    split = Split.of(bank, targets, structures, seed, crossed)
    return split.ask(bank.numbers[split.asked], targets[split.asked])


def _asked(bank: Bank, seed: int) -> Ints:
    """Choose one panel each of companies whose families are held out."""
    count = int(bank.family.max()) + 1
    out = np.random.default_rng([seed, 1]).permutation(count)[: max(1, count // SHARE)]
    first = np.arange(0, len(bank.family), PANELS)
    return first[np.isin(bank.family[first], out)][:MOST]
