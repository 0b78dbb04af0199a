"""Tables of the scheme, its rivals and the baseline against each other."""

import numpy as np

from experiments.statistics.between_schemes import REGRET, RIVALS, rivals, standings
from experiments.store.dataset import Floats
from experiments.store.table import TableRows
from experiments.studies.certificate.subject import Certificate


def of_rivals(subject: Certificate, own: Floats, others: Floats) -> TableRows:
    """Hold the scheme, its rivals and the baseline against each other."""
    if not len(others):
        return {RIVALS: [], REGRET: []}
    names = [subject.baseline, subject.scheme, *subject.others]
    every = np.column_stack([np.zeros(len(others)), own[: len(others)], others])
    every = every[np.isfinite(every).all(axis=1)]
    return {RIVALS: rivals(names, every), REGRET: standings(names, every)}
