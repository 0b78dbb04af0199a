"""Sensitivity indices of an outcome, with the noise of replication kept apart.

At every point of a sample the outcome is f(x) + e_k(x) in replicate k: e_k is luck, a
random function with mean 0 at every x, independent between replicates. Between points
it may depend on x in any way, as it does here where replicate k has the same people
and the same luck everywhere. Variances, and the numerators of all Sobol' indices, are
quadratic forms Q of the values at the points. Of the mean over R replicates,

    E Q(mean) = Q(f) + E Q(e) / R,

and the deviations d_k of each replicate from the mean give, without bias,

    E Q(e) / R  =  E sum_k Q(d_k) / (R (R - 1)).

Subtracting it leaves an unbiased estimate of Q(f): the mean of the form over all pairs
of different replicates. Indices are ratios of such estimates. For noise that is
independent between points this is the variance deconvolution of Clements, Geraci,
Olson and Palmer (2024, arXiv:2403.06106). On indices of stochastic models: Hart,
Alexanderian and Gremaud (2017, SIAM J. Sci. Comput. 39, A1514-A1530).

Samples and estimators are SALib's: Saltelli et al. (2010, Comput. Phys. Commun. 181,
259-270) for first and total Sobol' indices, Saltelli (2002, ibid. 145, 280-297) for
second ones; Morris (1991, Technometrics 33, 161-174) and Campolongo, Cariboni and
Saltelli (2007, Environ. Model. Softw. 22, 1509-1518) for elementary effects.

Intervals join two halves as independent errors: the normal interval of a bootstrap over
the blocks of the sample, drawn as SALib draws them, and Student's interval, of R - 1
degrees of freedom, of a jackknife over replicates. Noise that is independent between
points is in both, so that intervals err on the wide side.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import NormalDist
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from experiments.errors import missing

Floats = NDArray[np.float64]
Method = Literal["morris", "sobol"]

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2.0)
RESAMPLES = 500
LEVELS = 4
"""Levels of a Morris grid: the ends of a range and the thirds between them."""
FEWEST = 3
"""Fewest replicates for which noise and its jackknife are known."""
FEWEST_BLOCKS = 2
MOST_NAMES = 3

WIDE = 0.1
"""Half-width of the interval of a Sobol' index beyond which samples are too few."""
WIDE_MORRIS = 0.25
"""The same for mu_star, as a share of the largest one."""
BEYOND = 0.01
"""How far a Sobol' index may lie outside [0, 1], and the sum of the first above 1."""
NOISY = 0.1
"""Share of luck in the variance beyond which replicates are too few."""


class Sample(NamedTuple):
    """The points at which the outcome is observed.

    Attributes
    ----------
    names : tuple of str
        Parameters, in the order of the columns of ``shares``.
    shares : array, shape (n, d)
        Points in the unit cube: the share of its distribution below each value.
    block : int
        Points that belong together: a trajectory, or a base sample with all its mixes.
    second : bool
        Whether second-order Sobol' indices are known.
    seed : int
        Seed of the bootstrap, above 0 (SALib takes 0 for none).
    """

    method: Method
    names: tuple[str, ...]
    shares: Floats
    block: int
    second: bool
    seed: int


class Index(NamedTuple):
    """One index of one parameter, or of a pair.

    Attributes
    ----------
    kind : str
        S1, ST, S2, or mu_star, mu, sigma.
    value, low, high : float or None
        Corrected for noise (mu_star is not) with its 95 % interval; None if it is not
        known.
    plain : float or None
        What SALib gives for the mean over replicates.
    noise : float or None
        Of mu_star: what luck alone would make of a parameter without effect.
    """

    kind: str
    parameter: str
    other: str
    value: float | None
    low: float | None = None
    high: float | None = None
    plain: float | None = None
    noise: float | None = None

    @property
    def half(self) -> float:
        """Half the width of the interval; 0 if there is none."""
        if self.low is None or self.high is None:
            return 0.0
        return (self.high - self.low) / 2.0


class Analysis(NamedTuple):
    """All indices of one outcome.

    Attributes
    ----------
    variance : float
        Between points, of the mean over replicates, corrected for noise.
    noise_share : float or None
        Share of luck in the variance between points of the mean over replicates.
    noise_share_single : float or None
        The same for a single replicate.
    blocks, left_out : int
        Blocks that were used, and those with a value missing.
    """

    indices: tuple[Index, ...]
    variance: float
    noise_share: float | None
    noise_share_single: float | None
    blocks: int
    left_out: int
    warnings: tuple[str, ...]

    def by_name(self, kind: str) -> dict[str, Index]:
        """Return all indices of one kind by parameter."""
        return {row.parameter: row for row in self.indices if row.kind == kind}

    @property
    def ranked(self) -> list[str]:
        """Parameters by importance, the largest mu_star or total index first."""
        main = [row for row in self.indices if row.kind in ("mu_star", "ST")]
        main.sort(key=lambda row: -(row.value or 0.0))
        return [row.parameter for row in main]


def salib() -> Any:
    """Import SALib's functions: (sample morris, sobol; analyze morris, sobol).

    Raises ``UserError`` if it is not installed.
    """
    try:
        from SALib.analyze import morris as analyze_morris
        from SALib.analyze import sobol as analyze_sobol
        from SALib.sample import morris as sample_morris
        from SALib.sample import sobol as sample_sobol
    except ImportError:
        raise missing("study=sensitivity", "SALib", "analysis") from None
    return sample_morris, sample_sobol, analyze_morris, analyze_sobol


def draw(
    method: Method, names: Sequence[str], samples: int, second: bool, seed: int
) -> Sample:
    """Sample the unit cube: ``samples`` trajectories or base samples.

    A Sobol' sequence wants a power of two of them.
    """
    sample_morris, sample_sobol, _, _ = salib()
    problem = _problem(names)
    if method == "morris":
        shares = sample_morris.sample(problem, samples, num_levels=LEVELS, seed=seed)
    else:
        shares = sample_sobol.sample(
            problem, samples, calc_second_order=second, seed=seed
        )
    return Sample(
        method,
        tuple(names),
        np.asarray(shares, np.float64),
        len(shares) // samples,
        second and method == "sobol",
        seed + 1,
    )


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {
        "num_vars": len(names),
        "names": list(names),
        "bounds": [[0.0, 1.0]] * len(names),
    }


def analyse(sample: Sample, values: Floats) -> Analysis:
    """Estimate all indices of an outcome from values of shape (R, n); NaN is missing.

    A block with a missing value is left out as a whole. Raises ``ValueError`` for
    fewer than three replicates.
    """
    replicates = len(values)
    if replicates < FEWEST:
        raise ValueError(f"{replicates} replicates; noise needs {FEWEST} or more")
    by_block = values.reshape(replicates, -1, sample.block)
    whole = ~np.isnan(by_block).any(axis=(0, 2))
    left_out = int((~whole).sum())
    kept = by_block[:, whole].reshape(replicates, -1)
    blocks = int(whole.sum())
    cannot = ""
    if blocks < FEWEST_BLOCKS:
        cannot = "too few points have a value; no index is known."
    elif np.ptp(kept.mean(axis=0)) == 0.0:
        cannot = "it is the same at every point; nothing moves it."
    if cannot:
        return Analysis((), 0.0, None, None, blocks, left_out, (cannot,))
    rows = np.repeat(whole, sample.block)
    used = sample._replace(shares=sample.shares[rows])
    total, noise = _variance(used, kept)
    analysis = Analysis(
        tuple(_morris(used, kept) if used.method == "morris" else _sobol(used, kept)),
        total - noise,
        noise / total,
        replicates * noise / (total + (replicates - 1) * noise),
        blocks,
        left_out,
        (),
    )
    return analysis._replace(warnings=tuple(_warnings(analysis)))


def _deviations(values: Floats) -> Floats:
    deviations: Floats = values - values.mean(axis=0)
    return deviations


def _variance(sample: Sample, values: Floats) -> tuple[float, float]:
    """Compute the variance between points of the mean, and the share of it by luck."""
    if sample.method == "sobol":  # of the base samples, as in the indices
        ends = np.arange(values.shape[1]) % sample.block
        values = values[:, (ends == 0) | (ends == sample.block - 1)]
    r = len(values)
    noise = _deviations(values).var(axis=1).sum() / (r * (r - 1))
    return float(values.mean(axis=0).var()), float(noise)


def _half_of_luck(without_each: Sequence[Floats]) -> Floats:
    """Compute the half-width of a jackknife from the values without each replicate."""
    values, count = np.array(without_each), len(without_each)
    spread = (count - 1) / count * ((values - values.mean(axis=0)) ** 2).sum(axis=0)
    half: Floats = stdtrit(count - 1, 0.5 + CONFIDENCE / 2.0) * np.sqrt(spread)
    return half


def _without_each(values: Floats) -> Iterator[Floats]:
    for k in range(len(values)):
        yield np.delete(values, k, axis=0)


# Sobol'


def _sobol(sample: Sample, values: Floats) -> Iterator[Index]:
    """Estimate first, total and second indices, corrected for noise."""
    _, _, _, analyze = salib()
    d = len(sample.names)
    count = values.shape[1] // sample.block
    plain = analyze.analyze(
        _problem(sample.names),
        values.mean(axis=0),
        calc_second_order=sample.second,
        num_resamples=2,
        seed=sample.seed,
    )
    here = _corrected(sample, values, np.arange(count))
    # The same draws as SALib's: without noise, the intervals equal SALib's.
    rows = np.random.default_rng(sample.seed).integers(count, size=(count, RESAMPLES))
    drawn = _corrected(sample, values, rows)
    known = drawn[:, ~np.isnan(drawn[0])]
    spread = known.std(axis=1, ddof=1) if known.shape[1] > 1 else np.nan
    left = [
        _corrected(sample, others, np.arange(count)) for others in _without_each(values)
    ]
    half = np.hypot(Z * spread, _half_of_luck(left))
    salibs = [*plain["S1"], *plain["ST"]]
    keys = [("S1", name, "") for name in sample.names]
    keys += [("ST", name, "") for name in sample.names]
    if sample.second:
        pairs = list(combinations(range(d), 2))
        keys += [("S2", sample.names[j], sample.names[k]) for j, k in pairs]
        salibs += [plain["S2"][j, k] for j, k in pairs]
    for key, value, width, raw in zip(keys, here, half, salibs, strict=True):
        if np.isnan(value) or np.isnan(width):
            yield Index(*key, None, plain=float(raw))
        else:
            low, high = float(value - width), float(value + width)
            yield Index(*key, float(value), low, high, float(raw))


def _corrected(sample: Sample, values: Floats, rows: NDArray[np.int64]) -> Floats:
    """Estimate all indices from base samples ``rows`` (N, ...): shape (indices, ...).

    NaN where noise leaves no variance.
    """
    r = len(values)
    forms = _forms(sample, values.mean(axis=0), rows)
    for deviation in _deviations(values):
        forms = forms - _forms(sample, deviation, rows) / (r * (r - 1))
    variance = np.where(forms[0] > 0.0, forms[0], np.nan)
    indices: Floats = forms[1:] / variance
    return indices


def _forms(sample: Sample, values: Floats, rows: NDArray[np.int64]) -> Floats:
    """Compute the variance, then the numerators of all indices, as SALib does.

    First: mean of B (AB - A). Total: half the mean of (A - AB)^2. Second: mean of
    BA_j AB_k - A B, less both first ones. Variance: that of A and B together.
    """
    _, _, _, analyze = salib()
    d = len(sample.names)
    count = len(values) // sample.block
    a, b, ab, ba = analyze.separate_output_values(
        values - values.mean(), d, count, sample.second
    )
    a, b = a[rows], b[rows]
    variance = np.concatenate([a, b]).var(axis=0)
    mixed = [ab[rows, j] for j in range(d)]
    first = [(b * (x - a)).mean(axis=0) for x in mixed]
    total = [0.5 * ((a - x) ** 2).mean(axis=0) for x in mixed]
    second = []
    if sample.second:
        both = (a * b).mean(axis=0)
        second = [
            (ba[rows, j] * mixed[k]).mean(axis=0) - both - first[j] - first[k]
            for j, k in combinations(range(d), 2)
        ]
    return np.array([variance, *first, *total, *second])


# Morris


def _morris(sample: Sample, values: Floats) -> Iterator[Index]:
    """Estimate mu_star, mu and sigma over the whole range of each parameter.

    mu is linear in the outcome, so that noise leaves it unbiased; sigma squared is a
    quadratic form and is corrected; mu_star, a mean of absolute values, has no exact
    correction: beside it stands what normal noise alone would make of no effect.
    """
    r = len(values)
    count = values.shape[1] // sample.block
    mean = _elementary(sample, values.mean(axis=0), RESAMPLES)
    noise = [_elementary(sample, deviation) for deviation in _deviations(values)]
    left = [_elementary(sample, one.mean(axis=0)) for one in _without_each(values)]
    of_sigma = sum(one["sigma"] ** 2 for one in noise) / (r * (r - 1))
    sigma = np.sqrt(np.maximum(0.0, mean["sigma"] ** 2 - of_sigma))
    of_effects = sum(
        one["mu"] ** 2 + one["sigma"] ** 2 * (count - 1) / count for one in noise
    ) / (r * (r - 1))
    floor = np.sqrt(2.0 * of_effects / np.pi)
    luck = {
        name: _half_of_luck([one[name] for one in left]) for name in ("mu", "mu_star")
    }
    halves = {
        "mu_star": np.hypot(mean["mu_star_conf"], luck["mu_star"]),
        "mu": np.hypot(Z * mean["sigma"] / np.sqrt(count), luck["mu"]),
    }
    for index, half in halves.items():
        for j, name in enumerate(sample.names):
            value, width = float(mean[index][j]), float(half[j])
            ends = value - width, value + width
            alone = float(floor[j]) if index == "mu_star" else None
            yield Index(index, name, "", value, *ends, value, alone)
    for j, name in enumerate(sample.names):
        plain = float(mean["sigma"][j])
        yield Index("sigma", name, "", float(sigma[j]), plain=plain)


def _elementary(
    sample: Sample, values: Floats, resamples: int = 2
) -> dict[str, Floats]:
    """Compute SALib's statistics of elementary effects, each of shape (d,)."""
    _, _, analyze, _ = salib()
    effects = analyze.analyze(
        _problem(sample.names),
        sample.shares,
        values,
        num_resamples=resamples,
        num_levels=LEVELS,
        seed=sample.seed,
    )
    order = [list(effects["names"]).index(name) for name in sample.names]
    return {
        name: np.asarray(effects[name], np.float64)[order]
        for name in ("mu", "mu_star", "sigma", "mu_star_conf")
    }


# Warnings


def _warnings(analysis: Analysis) -> Iterator[str]:
    """Warn of what makes indices unreliable, and say what to do."""
    if analysis.left_out:
        yield (
            f"{analysis.left_out} of {analysis.left_out + analysis.blocks} blocks of "
            "the sample are left out because a value is missing there."
        )
    first, total = analysis.by_name("S1"), analysis.by_name("ST")
    if first:
        yield from _warnings_sobol([*first.values(), *total.values()])
        total_of_first = sum(row.value or 0.0 for row in first.values())
        if total_of_first > 1.0 + BEYOND:
            yield (
                f"Too few samples: the first-order indices sum to "
                f"{total_of_first:.2f}, more than 1. Increase study.samples."
            )
    else:
        yield from _warnings_morris(list(analysis.by_name("mu_star").values()))
    share = analysis.noise_share or 0.0
    if share > NOISY:
        yield (
            f"Luck makes {100.0 * share:.0f} % of the variance between points, more "
            f"than {100.0 * NOISY:.0f} %. Increase study.replicates."
        )


def _warnings_sobol(rows: Sequence[Index]) -> Iterator[str]:
    unknown = [row for row in rows if row.value is None]
    if unknown:
        yield (
            "Luck explains all variance between points, or nearly so: no index is "
            "known. Increase study.replicates."
        )
    wide = [row for row in rows if row.half > WIDE]
    if wide:
        widest = max(row.half for row in wide)
        yield (
            f"Too few samples: the intervals of {_listed(wide)} are wider than "
            f"±{WIDE:g} (the widest is ±{widest:.2g}). Increase study.samples."
        )
    outside = [
        row
        for row in rows
        if row.value is not None and not -BEYOND <= row.value <= 1.0 + BEYOND
    ]
    if outside:
        said = ", ".join(f"{row.value:.2f}" for row in outside[:MOST_NAMES])
        yield (
            f"Too few samples: {_listed(outside)} lie outside [0, 1] ({said}). "
            "Increase study.samples."
        )


def _warnings_morris(rows: Sequence[Index]) -> Iterator[str]:
    largest = max(row.value or 0.0 for row in rows)
    wide = [row for row in rows if row.half > WIDE_MORRIS * largest]
    if wide:
        yield (
            f"Too few samples: the intervals of {_listed(wide)} are wider than "
            f"±{100.0 * WIDE_MORRIS:.0f} % of the largest mu_star, so that the order "
            "of parameters is uncertain. Increase study.samples."
        )


def _listed(rows: Sequence[Index]) -> str:
    names = [f"{row.kind} of {row.parameter}" for row in rows[:MOST_NAMES]]
    more = len(rows) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
