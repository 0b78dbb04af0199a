"""Keep what every scheme does under every structure, and say it.

    tokenmaxxing study=./docs/results/structures.yaml out=build/structures
    python -m tools.structures build/structures

The first command sweeps all schemes over the points of ``structures_points.csv``, the
first of which is the model as declared. The second keeps the effects on real output in
``docs/results/structures.csv``; ``python -m tools.documents`` puts them into
``docs/structures.md``.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from experiments.designs.factors import name_of
from experiments.statistics.paired import clear_sign
from experiments.statistics.point_effects import POINT_EFFECTS
from experiments.store.manifest import read_manifest
from experiments.store.table import Levels, Table
from experiments.words.screen import joined
from experiments.words.structures import LAWS, RULES, STRUCTURES

ROOT = Path(__file__).parents[1]
OUTPUT, RELUCTANCE = "output", "people.reluctance_mean"
DIMENSIONS: Mapping[tuple[str, ...], str] = {
    (RULES.key,): "The rule of choice",
    (RULES.key, RELUCTANCE): "The rule of choice at an equal active share",
    (LAWS.key,): "The law of rework",
    ("technology.gain_drift",): "The drift of AI's gain",
    ("people.effort",): "The elasticity of effort",
}
"""What no data decides, by the keys that move together."""
NAMES: Mapping[str, Mapping[float, str]] = {
    s.key: {float(code): name for code, name in s.names.items()} for s in STRUCTURES
}
MARKS = {-1: "−", 0: "·", 1: "+"}
"""How the sign of a clear effect is written."""
TURNS = "clearly falls under some structures and clearly rises under others"
VERDICTS: Mapping[frozenset[int], str] = {
    frozenset({-1}): "clearly falls under all structures",
    frozenset({-1, 0}): "clearly falls under some, and is unclear under the others",
    frozenset({0}): "is unclear under all structures",
    frozenset({0, 1}): "clearly rises under some, and is unclear under the others",
    frozenset({1}): "clearly rises under all structures",
}
"""What output does, by the signs that were found."""


class Kept(NamedTuple):
    """The effect of a scheme on whole-run output under one structure.

    Attributes
    ----------
    levels : dict of str to float
        Levels of what was moved, by key.
    percent, percent_low, percent_high : float
        Effect and its 95 % interval [% of the baseline's output there].
    commit : str
        Version of the code that ran it.
    """

    scheme: str
    levels: Levels
    percent: float
    percent_low: float
    percent_high: float
    replicates: int
    commit: str

    @property
    def sign(self) -> int:
        """Sign of a clear effect, see ``clear_sign``."""
        return clear_sign(self.percent_low, self.percent_high)

    @property
    def half(self) -> float:
        """Half the width of the interval [% of the baseline's output]."""
        return (self.percent_high - self.percent_low) / 2.0


STRUCTURED = Table(
    "structures.csv",
    Kept,
    "the effect on whole-run output by scheme and structure",
    {"commit": ("", "version of the code that ran it")},
)


def kept(folder: Path) -> Iterator[Kept]:
    """Read the effects on output of a finished sweep.

    Raises ``ValueError`` for a point at which no effect is known.
    """
    commit = read_manifest(folder)["commit"]
    for row in POINT_EFFECTS.read(folder / POINT_EFFECTS.name):
        percent, low, high = row.percent, row.percent_low, row.percent_high
        if row.outcome != OUTPUT:
            continue
        if percent is None or low is None or high is None:
            raise ValueError(f"no effect of {row.scheme} is known at point {row.point}")
        yield Kept(row.scheme, row.levels, percent, low, high, row.replicates, commit)


def moved(rows: Sequence[Kept], *keys: str) -> dict[str, list[Kept]]:
    """Select by scheme where all but these keys are as declared, in order of levels."""
    rest = {key: x for key, x in rows[0].levels.items() if key not in keys}
    chosen: dict[str, list[Kept]] = {row.scheme: [] for row in rows}
    for row in sorted(rows, key=lambda row: [row.levels[key] for key in keys]):
        if rest.items() <= row.levels.items():
            chosen[row.scheme].append(row)
    return chosen


def together(rows: Sequence[Kept], *keys: str) -> dict[str, list[Kept]]:
    """Select by scheme where these keys are all moved, or none is."""
    here = rows[0].levels
    return {
        scheme: [r for r in own if len({r.levels[k] == here[k] for k in keys}) == 1]
        for scheme, own in moved(rows, *keys).items()
    }


def along(rows: Sequence[Kept], *keys: str) -> Iterator[list[str]]:
    """Tabulate the effects by scheme and level of the first key; heads first."""
    by_scheme, key = together(rows, *keys), keys[0]
    levels = [row.levels[key] for row in by_scheme[rows[0].scheme]]
    declared = rows[0].levels[key]
    names = (NAMES[key][x] if key in NAMES else name_of(key, x) for x in levels)
    marks = (" (default)" * (level == declared) for level in levels)
    yield ["scheme", *map(str.__add__, names, marks)]
    for scheme, own in by_scheme.items():
        yield [f"`{scheme}`", *map(_effect, own)]


def _effect(row: Kept) -> str:
    """Write an effect with half the width of its interval; bold if it is clear."""
    text = f"{row.percent:+.2f}".replace("-", "−")
    return f"{f'**{text}**' if row.sign else text} ± {row.half:.2f}"


def signs(rows: Sequence[Kept]) -> Iterator[list[str]]:
    """Tabulate the signs under each rule, law by law, and count them; heads first."""
    yield ["scheme", *RULES.names.values(), "falls", "unclear", "rises"]
    for scheme, own in moved(rows, RULES.key, LAWS.key).items():
        found = Counter(row.sign for row in own)
        marks = [
            " ".join(MARKS[row.sign] for row in own if row.levels[RULES.key] == rule)
            for rule in RULES.names
        ]
        yield [f"`{scheme}`", *marks, *(str(found[sign]) for sign in MARKS)]


def sentences(rows: Sequence[Kept]) -> Iterator[str]:
    """Say which schemes change the sign of a clear effect, and what does so alone."""
    found: dict[str, list[str]] = {}
    for scheme, own in moved(rows, *rows[0].levels).items():
        ways = Counter(row.sign for row in own)
        counts = f" (falls under {ways[-1]}, rises under {ways[1]} of {len(own)})"
        found.setdefault(VERDICTS.get(frozenset(ways), TURNS), []).append(
            f"`{scheme}`{counts * (len(ways) > 1)}"
        )
    for verdict in (TURNS, *VERDICTS.values()):
        yield f"Real output {verdict}: {', '.join(found.get(verdict, ['none']))}."
    for keys, name in DIMENSIONS.items():
        turned = [
            f"`{scheme}`"
            for scheme, own in together(rows, *keys).items()
            if {-1, 1} <= {row.sign for row in own}
        ]
        yield f"{name} alone turns the sign of {joined(turned, 'and') or 'none'}."


def precision(rows: Sequence[Kept]) -> str:
    """Say how well the effects are known, and by which code."""
    halves = [row.half for row in rows]
    [(replicates, commit)] = {(row.replicates, row.commit) for row in rows}
    return (
        f"These are {len(rows)} effects, each from {replicates} paired replicates, by "
        f"the code at commit {commit}. Half an interval is {median(halves):.2f} % of "
        f"output at the median, and at most {quantiles(halves, n=10)[-1]:.2f} % in "
        "nine of ten."
    )


if __name__ == "__main__":
    path = ROOT / "docs" / "results" / STRUCTURED.name
    STRUCTURED.write(path, kept(Path(sys.argv[1])))
