"""What summaries say about targets: learnt on some families, applied to the others.

Two hundred summaries are too many to look for near companies in. A network learns the
mean of every target from them (Fearnhead and Prangle 2012, J. R. Stat. Soc. B 74, 419);
near are companies for which it says the same. For a company of the bank it speaks only
if neither that company nor one of its family taught it: networks know by heart what
taught them, and intervals that forget this are too narrow.

Networks are scikit-learn's. Arithmetic runs on one thread, so that the same machine
always gives the same bytes.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from experiments.errors import missing
from experiments.store.dataset import Floats
from model.workforce import Ints

FOLDS = 5
HIDDEN, PENALTY, EPOCHS = 96, 10.0, 300
FURTHEST = 5.0
"""Scaled summaries beyond this count as this: a panel far off stays far off."""
CENTRE = (0.16, 0.84)


def sklearn() -> Any:
    """Import scikit-learn; raise ``UserError`` if it is not installed."""
    try:
        import sklearn.decomposition
        import sklearn.neighbors
        import sklearn.neural_network
        import sklearn.preprocessing
    except ImportError:
        raise missing("study=fit", "scikit-learn", "fit") from None
    return sklearn


@contextmanager
def one_thread() -> Iterator[None]:
    """Let libraries of arithmetic use one thread: sums keep their order."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


class Scale(NamedTuple):
    """Centre and spread of every summary in the bank, (d,)."""

    centre: Floats
    spread: Floats

    @classmethod
    def of(cls, numbers: Floats) -> "Scale":
        """Take them from panels (n, d); a summary that never moves has spread 1."""
        low, centre, high = np.quantile(numbers, (CENTRE[0], 0.5, CENTRE[1]), axis=0)
        spread = (high - low) / 2.0
        wide = np.std(numbers, axis=0)
        spread = np.where(spread > 1e-9, spread, wide)
        return cls(centre, np.where(spread > 1e-9, spread, 1.0))

    def scaled(self, numbers: Floats, furthest: float = FURTHEST) -> Floats:
        """Scale summaries (..., d)."""
        away = (numbers - self.centre) / self.spread
        return np.clip(away, -furthest, furthest)


class Learnt(NamedTuple):
    """Networks, one for each fold, and what they say of the bank.

    Attributes
    ----------
    said : array, shape (n, m)
        Means of the targets for every panel of the bank.
    """

    scale: Scale
    networks: list[Any]
    said: Floats

    def of(self, numbers: Floats) -> Floats:
        """Say the means of the targets for panels outside the bank, (k, m)."""
        scaled = self.scale.scaled(numbers)
        with one_thread():
            each = [network.predict(scaled) for network in self.networks]
        return np.asarray(np.mean(each, axis=0)).reshape(len(numbers), -1)


def learn(
    numbers: Floats, targets: Floats, family: Ints, seed: int, crossed: bool = True
) -> Learnt:
    """Learn targets (n, m) from summaries (n, d).

    ``crossed=False`` makes the mistake of letting every network speak about its own
    teachers; tests show that it is noticed.
    """
    scale = Scale.of(numbers)
    scaled = scale.scaled(numbers)
    rng = np.random.default_rng(seed)
    fold_of = rng.permutation(int(family.max()) + 1)[family] % FOLDS
    said, networks = np.empty_like(targets), []
    with one_thread():
        for fold in range(FOLDS if crossed else 1):
            others = fold_of != fold if crossed else np.ones(len(numbers), bool)
            network = _network(scaled[others], targets[others], seed)
            own = ~others if crossed else others
            said[own] = network.predict(scaled[own]).reshape(int(own.sum()), -1)
            networks.append(network)
    return Learnt(scale, networks, said)


def _network(scaled: Floats, targets: Floats, seed: int) -> Any:
    network = sklearn().neural_network.MLPRegressor(
        hidden_layer_sizes=(HIDDEN,),
        alpha=PENALTY,
        early_stopping=True,
        max_iter=EPOCHS,
        random_state=seed % 2**32,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it stopped at the last epoch
        return network.fit(scaled, targets)
