"""Paired effects: what a scheme changes for the same people with the same luck.

Every replicate is run under the scheme and under the baseline; the effect is the mean
of the differences, with Student's 95 % interval over replicates. Replicates in which
either value is null are left out, pair by pair. Each effect also has a bootstrap
interval, a p-value before and after Holm's correction (Holm 1979, Scand. J. Stat. 6,
65-70, to be checked), and the smallest effect that a study of this size can detect. See
``docs/statistics.md``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.special import stdtr

from experiments.statistics.paired import clear_sign, known_pairs, paired, percent
from experiments.statistics.power import detectable
from experiments.statistics.resampling import bootstrap_intervals
from experiments.store.dataset import SUFFIX, Floats, values
from experiments.store.meanings import OF_OUTCOME
from experiments.store.table import Table
from model.outcomes import OUTCOMES


class Effect(NamedTuple):
    """A row of ``effects.csv``; None, an empty field, means unknown.

    Attributes
    ----------
    percent, percent_low, percent_high : float or None
        The effect and its interval over the size of the baseline's mean (so that the
        sign is that of the effect); None over 0, but 0 if nothing changes.
    same_sign : float or None
        Share of replicates whose difference has the sign of the effect.
    bootstrap_low, bootstrap_high : float or None
        BCa interval of the effect; None with fewer than 10 replicates.
    p_value : float or None
        Two-sided, of the paired t test.
    p_holm : float or None
        The same after Holm's correction over the schemes of the table, for this
        outcome and period.
    saved_by_pairing : float or None
        Share by which common luck reduces the variance of the effect:
        1 - var(x - y) / (var(x) + var(y)).
    detectable : float or None
        The smallest effect that a study of this size and spread detects with 80 %
        power at 5 %.
    """

    scheme: str
    outcome: str
    period: str
    baseline: str
    unit: str
    baseline_mean: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    same_sign: float | None = None
    replicates: int = 0
    bootstrap_low: float | None = None
    bootstrap_high: float | None = None
    p_value: float | None = None
    p_holm: float | None = None
    saved_by_pairing: float | None = None
    detectable: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return clear_sign(self.low, self.high) != 0

    @property
    def percent_detectable(self) -> float | None:
        """The smallest detectable effect in % of the baseline's mean."""
        if self.detectable is None or self.baseline_mean is None:
            return None
        return percent(self.detectable, self.baseline_mean)

    @property
    def is_nothing(self) -> bool:
        """Whether the scheme changed nothing at all in any replicate."""
        return self.effect == 0.0 and self.low in (0.0, None) and self.same_sign == 1.0


EFFECTS = Table(
    "effects.csv",
    Effect,
    "paired effects by scheme, outcome and period",
    {
        "bootstrap_low": (OF_OUTCOME, "lower end of the 95 % BCa bootstrap interval"),
        "bootstrap_high": (OF_OUTCOME, "upper end"),
        "p_value": ("", "two-sided p of the paired t test"),
        "p_holm": (
            "",
            "the same after Holm's correction over the schemes of the table",
        ),
        "saved_by_pairing": ("share", "variance of the effect that pairing saves"),
        "detectable": (OF_OUTCOME, "smallest effect found with 80 % power at 5 %"),
    },
)


PARENT_EFFECTS = Table(
    "parent_effects.csv",
    Effect,
    "paired effects against the scheme that a scheme changes, which is the baseline",
    EFFECTS.meanings,
)


class Panel:
    """The columns of ``runs.parquet`` by scheme and point."""

    def __init__(self, runs: pa.Table) -> None:
        self._runs = runs
        key = zip(
            runs.column("scheme").to_pylist(),
            runs.column("point").to_pylist(),
            strict=True,
        )
        rows: dict[tuple[str, int], list[int]] = {}
        for row, cell in enumerate(key):
            rows.setdefault(cell, []).append(row)
        self._rows = {cell: np.array(places) for cell, places in rows.items()}
        self.schemes = tuple(dict.fromkeys(scheme for scheme, _ in self._rows))
        self._columns: dict[str, Floats] = {}

    def values(self, scheme: str, point: int, column: str) -> Floats:
        """Read the replicates of a scheme at a point, in order; null becomes NaN."""
        if column not in self._columns:
            self._columns[column] = values(self._runs, column)
        picked: Floats = self._columns[column][self._rows[scheme, point]]
        return picked

    def known(self, scheme: str, column: str) -> Floats:
        """Read the values at the centre that are not null."""
        every = self.values(scheme, 0, column)
        kept: Floats = every[~np.isnan(every)]
        return kept

    def mean(self, scheme: str, column: str) -> float | None:
        """Average the values at the centre; None if all are null."""
        known = self.known(scheme, column)
        return float(known.mean()) if len(known) else None


def effects(runs: pa.Table, baseline: str, seed: int | None = None) -> list[Effect]:
    """Estimate all paired effects, by scheme, outcome and period.

    The baseline has no effects. Bootstrap intervals need the seed of the study, and
    0.2 s a scheme.
    """
    panel = Panel(runs)
    others = {scheme: baseline for scheme in panel.schemes if scheme != baseline}
    rows = _estimated(panel, others)
    return rows if seed is None else list(_resampled(panel, rows, seed))


def parent_effects(
    runs: pa.Table, parents: Mapping[str, str], seed: int
) -> list[Effect]:
    """Estimate paired effects of schemes against the schemes that they change.

    ``parents`` names these by scheme; they stand in the column of the baseline.
    """
    panel = Panel(runs)
    return list(_resampled(panel, _estimated(panel, parents), seed))


def _estimated(panel: Panel, baselines: Mapping[str, str]) -> list[Effect]:
    """Estimate the effects of some schemes, each against its own baseline."""
    rows = [
        _effect(panel, scheme, baseline, outcome.name, outcome.unit, period)
        for scheme, baseline in baselines.items()
        for outcome in OUTCOMES
        for period in SUFFIX
    ]
    return _corrected(rows)


def _effect(
    panel: Panel, scheme: str, baseline: str, outcome: str, unit: str, period: str
) -> Effect:
    column = outcome + SUFFIX[period]
    with_scheme, without = _pairs(panel, scheme, baseline, 0, column)
    pair = paired(with_scheme, without)
    label = scheme, outcome, period, baseline, unit
    if pair.effect is None:
        return Effect(*label)
    effect, n = pair.effect, pair.replicates
    deviation = float((with_scheme - without).std(ddof=1)) if n > 1 else None

    return Effect(
        *label,
        **pair._asdict(),
        p_value=None if deviation is None else _p_value(effect, deviation, n),
        saved_by_pairing=saved_by_pairing(with_scheme, without),
        detectable=None if deviation is None else detectable(deviation, n),
    )


def _p_value(effect: float, deviation: float, n: int) -> float:
    """Compute the two-sided p of the paired t test; 1 if no replicate differs."""
    if deviation == 0.0:
        return 1.0 if effect == 0.0 else 0.0
    return float(2.0 * stdtr(n - 1, -abs(effect) * n**0.5 / deviation))


def saved_by_pairing(with_scheme: Floats, without: Floats) -> float | None:
    """Compute the share by which common luck reduces the variance of a difference.

    1 - var(x - y) / (var(x) + var(y)): below 0 if pairing does harm; None for a single
    pair, or if neither varies.
    """
    if len(without) < 2:
        return None
    apart = with_scheme.var(ddof=1) + without.var(ddof=1)
    together = (with_scheme - without).var(ddof=1)
    return float(1.0 - together / apart) if apart > 0.0 else None


def _corrected(rows: Sequence[Effect]) -> list[Effect]:
    """Add Holm's p: over all schemes, for each outcome and period."""
    families: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row.p_value is not None:
            families.setdefault((row.outcome, row.period), []).append(place)
    corrected = list(rows)
    for places in families.values():
        raw = np.array([rows[place].p_value for place in places])
        for place, p in zip(places, holm(raw).tolist(), strict=True):
            corrected[place] = rows[place]._replace(p_holm=p)
    return corrected


def holm(raw: Floats) -> Floats:
    """Adjust p-values (m,): the k-th smallest times m - k + 1, never falling.

    statsmodels' ``multipletests`` gives the same, but runs the garbage collector in
    each of the 90 calls for a table of schemes.
    """
    order = np.argsort(raw, kind="stable")
    times = np.arange(len(raw), 0, -1)
    adjusted = np.empty(len(raw))
    adjusted[order] = np.maximum.accumulate(np.minimum(1.0, times * raw[order]))
    return adjusted


def _resampled(panel: Panel, rows: Sequence[Effect], seed: int) -> Iterator[Effect]:
    """Add bootstrap intervals, in one step for all rows with equally many pairs."""
    alike: dict[tuple[str, int], list[int]] = {}
    for place, row in enumerate(rows):
        alike.setdefault((row.scheme, row.replicates), []).append(place)
    ends: dict[int, tuple[float | None, float | None]] = {}
    for (_, n), places in alike.items():
        if n == 0:
            continue
        differences = np.stack([_differences(panel, rows[k]) for k in places])
        intervals = (
            [None if np.isnan(end) else float(end) for end in side]
            for side in bootstrap_intervals(differences, seed)
        )
        ends |= dict(zip(places, zip(*intervals, strict=True), strict=True))
    for place, row in enumerate(rows):
        low, high = ends.get(place, (None, None))
        yield row._replace(bootstrap_low=low, bootstrap_high=high)


def _differences(panel: Panel, row: Effect) -> Floats:
    column = row.outcome + SUFFIX[row.period]
    with_scheme, without = _pairs(panel, row.scheme, row.baseline, 0, column)
    return with_scheme - without


def _pairs(
    panel: Panel, scheme: str, baseline: str, point: int, column: str
) -> tuple[Floats, Floats]:
    """Read the values with the scheme and without it, where both are known."""
    return known_pairs(
        panel.values(scheme, point, column), panel.values(baseline, point, column)
    )


Effects = Mapping[tuple[str, str, str], Effect]
"""Effects by scheme, outcome and period."""


def lookup(rows: Sequence[Effect]) -> Effects:
    """Index effects by scheme, outcome and period."""
    return {(row.scheme, row.outcome, row.period): row for row in rows}
