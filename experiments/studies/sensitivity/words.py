"""The results of a study of sensitivity in sentences and tables."""

import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from experiments.config.command import command
from experiments.config.request import Request
from experiments.studies.sensitivity.indices import (
    NOISY,
    WIDE,
    WIDE_MORRIS,
    Analysis,
    Index,
)
from experiments.studies.sensitivity.plan import SchemeResult, Sensitivity
from experiments.studies.sensitivity.thresholds import MOST, Flip, Node
from experiments.words.screen import Rounded, rounded
from model.outcomes import OUTCOMES
from model.parameters import Declaration, declarations
from model.scenario import Scenario

MOST_ROWS = 12
NEXT = 8
"""Most uncertainties that a screening passes on to Sobol' indices."""
NUMBERS = {1: "One uncertainty", 2: "Two uncertainties", 3: "Three uncertainties"}
PERIODS = {
    "early": "in the first 26 weeks",
    "last": "in the last quarter",
    "whole": "over the whole run",
}


def declared() -> dict[str, Declaration]:
    """Map every key to its declared parameter."""
    return {row.key: row for row in declarations(Scenario)}


def unit(study: Sensitivity) -> str:
    """Name the unit of the quantity; % points differ from % only in changes."""
    if study.quantity == "percent":
        return "%"
    return next(row.unit for row in OUTCOMES if row.name == study.outcome)


def subject(study: Sensitivity) -> str:
    """Name the outcome as a sentence does."""
    name = study.outcome.replace("_", " ")
    return "real output" if study.outcome == "output" else name


def title(study: Sensitivity) -> str:
    """Say what is analysed, and how."""
    design = study.design
    what = f"{subject(study)} {PERIODS[study.period]}"
    if study.quantity != "level":
        what = f"the effect on {what} against {study.baseline}"
    kind = "Morris screening" if study.sample.method == "morris" else "Sobol' indices"
    points = len(study.sample.shares)
    alone = len(design.points) - 1 - points
    along = f" and {alone:,} along one parameter alone" if alone else ""
    return (
        f"What decides {what}: {kind} of {len(study.factors)} uncertainties at "
        f"{points:,} points{along}, {design.employees:,} people, {design.weeks} weeks, "
        f"{study.replicates} replicates, seed {design.seed}: "
        f"{len(design.runs):,} runs"
    )


def sentences(study: Sensitivity, result: SchemeResult) -> list[str]:
    """Sum up the results of a scheme, thresholds first."""
    said = []
    if study.quantity != "level":
        said.append(_as_declared(study, result))
        said += [
            text for text in (_flips(study, result), _worlds(study, result)) if text
        ]
    said += [text for text in (_most(study, result), _noise(result)) if text]
    return said


def warnings(study: Sensitivity, every: Sequence[SchemeResult]) -> list[str]:
    """List the warnings about unreliable indices, by scheme."""
    return [f"{one.scheme}: {text}" for one in every for text in one.analysis.warnings]


def _as_declared(study: Sensitivity, result: SchemeResult) -> str:
    node = result.declared
    if node is None:
        return f"{result.scheme}: the effect as declared is not known."
    text = f"{result.scheme} against {study.baseline}, everything as declared: "
    return text + f"{subject(study)} {_moves(node, unit(study))}."


def _moves(node: Node, unit: str) -> str:
    """Write an effect, such as "falls by 2.1 % (1.9 to 2.3)"."""
    if not node.sign:
        shown = rounded(node.effect, node.low, node.high, sign=True)
        return f"does not clearly change ({shown.low} to {shown.high} {unit})"
    ends = (node.low, node.high) if node.sign > 0 else (-node.high, -node.low)
    shown = rounded(abs(node.effect), *ends)
    verb = "rises" if node.sign > 0 else "falls"
    return f"{verb} by {shown.value} {unit} ({shown.low} to {shown.high})"


def _flips(study: Sensitivity, result: SchemeResult) -> str:
    if not study.lines or result.declared is None:
        return ""
    flips = result.flips
    if not flips:
        if result.declared.sign:
            return (
                "No single uncertainty flips its sign within its range, all others as "
                f"declared.{_doubtful(result)}"
            )
        return (
            "No single uncertainty takes it clearly to both sides of 0 within its "
            "range, all others as declared."
        )
    shown = flips[:MOST]
    count = NUMBERS[len(shown)]
    # A sign cannot flip if it is not known where all is as declared.
    verb = "flip" if result.declared.sign else "decide"
    alone = "its sign alone, all others as declared"
    text = f"{count} {verb}{'s' * (len(flips) == 1)} {alone}"
    if len(flips) > MOST:
        text = (
            f"{len(flips)} uncertainties {verb} {alone}; the {MOST} nearest to what is "
            "declared"
        )
    return f"{text}: {'; '.join(_threshold(study, flip) for flip in shown)}."


def _doubtful(result: SchemeResult) -> str:
    """Say where a sign that nothing flips is no longer clear."""
    unclear = [node.parameter for node in result.nodes if not node.sign]
    names = list(dict.fromkeys(unclear))
    if not names:
        return ""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f" It is not clear everywhere along {', '.join(names[:MOST])}{more}."


def _threshold(study: Sensitivity, flip: Flip) -> str:
    """Write "real output rises if the speed (people.learning) is above 0.12"."""
    row = declared()[flip.parameter]
    # What happens on the far side of the threshold, seen from the declared value.
    is_above = flip.threshold >= flip.declared
    sign = flip.above if is_above else flip.below
    shown = threshold(flip)
    again = " for the first time" if flip.crossings > 1 else ""
    units = "" if row.unit == "-" else f" {row.unit.removeprefix('1 ')}"
    return (
        f"{subject(study)} {'rises' if sign > 0 else 'falls'} if "
        f"“{row.description}” ({flip.parameter}, declared {flip.declared:g}) is "
        f"{'above' if is_above else 'below'} {shown.value}{units} "
        f"({shown.low} to {shown.high}){again}"
    )


def threshold(flip: Flip) -> Rounded:
    """Write a threshold and its interval, as precisely as the interval allows."""
    return rounded(flip.threshold, flip.low, flip.high, digits=2)


def _worlds(study: Sensitivity, result: SchemeResult) -> str:
    if result.positive is None:
        return ""
    points = len(study.sample.shares)
    return (
        f"With all {len(study.factors)} uncertainties at once, {subject(study)} "
        f"rises in {100.0 * result.positive:.0f} % of {points:,} sampled worlds."
    )


def _most(study: Sensitivity, result: SchemeResult) -> str:
    names = result.analysis.ranked[:MOST]
    if not names:
        return ""
    if study.sample.method == "morris":
        stars = result.analysis.by_name("mu_star")
        said = [f"{name} {_value(stars[name])}" for name in names]
        points = "percentage points"
        units = points if study.quantity == "percent" else unit(study)
        return (
            "What moves it most from end to end of its range, in the mean over all "
            f"others [{units}]: {', '.join(said)}."
        )
    total, first = result.analysis.by_name("ST"), result.analysis.by_name("S1")
    said = [
        f"{name} {_percent(total[name])} ({_percent(first[name])} alone)"
        for name in names
    ]
    return (
        "Shares of its variance, with all interactions: "
        f"{', '.join(said)}; corrected for luck."
    )


def _value(row: Index) -> str:
    return rounded(row.value, row.low, row.high).value


def _percent(row: Index) -> str:
    if row.value is None:
        return "unknown"
    low, high = (100.0 * (x or 0.0) for x in (row.low, row.high))
    return f"{rounded(100.0 * row.value, low, high).value} %"


def _noise(result: SchemeResult) -> str:
    share, single = result.analysis.noise_share, result.analysis.noise_share_single
    if share is None or single is None:
        return ""
    return (
        f"Luck makes {_share(share)} of the variance between worlds ({_share(single)} "
        "in a single replicate)."
    )


def _share(share: float) -> str:
    return "less than 0.1 %" if share < 0.001 else f"{100.0 * share:.2g} %"


def follow_up(request: Request, every: Sequence[SchemeResult]) -> str | None:
    """Write the command that splits the variance among the main parameters."""
    best: dict[str, float] = {}
    for one in every:
        stars = one.analysis.by_name("mu_star")
        largest = max((row.value or 0.0 for row in stars.values()), default=0.0)
        for name, row in stars.items():
            share = (row.value or 0.0) / largest if largest else 0.0
            best[name] = max(best.get(name, 0.0), share)
    if len(best) <= NEXT:
        return None
    names = sorted(best, key=lambda name: -best[name])[:NEXT]
    dropped = ("study.uncertainties=", "study.method=", "study.samples=")
    kept = [
        text for text in shlex.split(command(request)) if not text.startswith(dropped)
    ]
    extra = ["study.method=sobol", f"study.uncertainties=[{','.join(names)}]"]
    return shlex.join([*kept, *extra])


class ParameterRow(NamedTuple):
    """A parameter's row in the table of a scheme."""

    parameter: str
    cells: tuple[Rounded, ...]


HEADS = {
    "morris": ("mu*", "of luck alone", "mu", "sigma"),
    "sobol": ("total", "total, uncorrected", "first", "first, uncorrected"),
}


def table(analysis: Analysis, method: str, most: int | None) -> Iterator[ParameterRow]:
    """List the parameters that matter most, with the cells of ``HEADS``."""
    names = analysis.ranked[:most]
    if method == "morris":
        stars, mu, sigma = (analysis.by_name(n) for n in ("mu_star", "mu", "sigma"))
        for name in names:
            yield ParameterRow(
                name,
                (
                    _shown(stars[name]),
                    rounded(stars[name].noise, None, None),
                    _shown(mu[name]),
                    _shown(sigma[name]),
                ),
            )
        return
    total, first = analysis.by_name("ST"), analysis.by_name("S1")
    for name in names:
        yield ParameterRow(
            name,
            (
                _shown(total[name]),
                rounded(total[name].plain, None, None),
                _shown(first[name]),
                rounded(first[name].plain, None, None),
            ),
        )


def _shown(row: Index) -> Rounded:
    return rounded(row.value, row.low, row.high, digits=2)


def limits(study: Sensitivity) -> list[tuple[str, str]]:
    """Say how to read the numbers."""
    said = [
        (
            "Ranges",
            "Every uncertainty is drawn over its range as if all values in it were "
            "equally likely and independent of the others; a wider range makes a "
            "parameter matter more.",
        ),
        (
            "Luck",
            "Each point is run in several replicates that share people and luck with "
            "all other points. What differs between replicates is taken off all "
            f"variances. Beyond {100.0 * NOISY:.0f} % of the variance a warning asks "
            "for more replicates.",
        ),
    ]
    if study.sample.method == "morris":
        said.append(
            (
                "Samples",
                "An interval of mu* wider than "
                f"±{100.0 * WIDE_MORRIS:.0f} % of the largest one is warned of. "
                "Screening ranks parameters; it gives no shares of variance.",
            )
        )
    else:
        said.append(
            (
                "Samples",
                f"Intervals wider than ±{WIDE:g}, indices outside [0, 1] and first "
                "indices that sum to more than 1 are warned of.",
            )
        )
    if study.lines:
        said.append(
            (
                "Thresholds",
                "One parameter moves, all others stay as declared; elsewhere the "
                "threshold is another one. Its interval is that of luck and leaves "
                "out the curve between levels. A sign counts as known where a 95 % "
                "interval leaves out 0; of many levels, some do so by luck.",
            )
        )
    return said
