"""Choose the scheme that is recommended, and say how well it does elsewhere.

    python -m tools.recommended build/recommended [worlds]

Some worlds choose, other worlds with other luck report: the first ``worlds`` plausible
ones of the list with seed ``CHOOSING``, as many after them with seed ``REPORTING``. All
shipped schemes are candidates, and a few more that help and count what is wanted
(``FAMILY``). A candidate is *safe* if output does not clearly fall in the mean of its
worst twentieth of worlds; leaving things as they are is always safe. Of the safe ones,
that with the least mean regret is chosen. The result stands in ``docs/results/``, and
``python -m tools.documents`` puts it into ``docs/recommended.md``.

Finished blocks of worlds are kept in the folder; the same command goes on.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments import compose
from experiments.config.catalogue import members
from experiments.runs.progress import Progress
from experiments.statistics.between_schemes import regrets
from experiments.statistics.information import of_structure, of_unknown, today, worth
from experiments.statistics.worlds import CLEAR, IN_WORLDS, classes, percents
from experiments.store.dataset import Floats
from experiments.store.files import replacing
from experiments.store.table import Table
from experiments.words.measuring import MEASURED_BY
from experiments.words.structures import LAWS, RULES
from experiments.worlds.runs import OUTCOMES, outcomes, pairs
from experiments.worlds.shipped import Worlds, current
from experiments.worlds.unknowns import drawn
from model.compiled import sources_digest
from model.scenario import Scenario
from tools.results import RESULTS

BASELINE = "voluntary"
CHOOSING, REPORTING = 777, 1
"""Seeds of the worlds that choose, and of those that report."""
WORLDS, BLOCK = 200, 10
FAMILY: Mapping[str, Sequence[str]] = {
    "support alone": ["guidance=support"],
    "card with support": ["scheme=balanced_card", "guidance=support"],
    "time saved with support": ["scheme=time_saved_survey", "guidance=support"],
    "waiting time with support": ["scheme=response_time", "guidance=support"],
    "output with support": ["scheme=outcome_measure", "guidance=support"],
    "output less spoilt work": ["scheme=quality_gated", "gate=none"],
}
"""Candidates that are not shipped: measures of what is wanted, and support.

``recommended`` itself is output less spoilt work, with support: what was chosen.
"""
MEASURED = 5


class Candidate(NamedTuple):
    """A candidate in one half of the worlds: a row of ``recommended.csv``.

    Attributes
    ----------
    half : str
        chooses, or reports.
    net_value, welfare : float
        Mean difference from the baseline, in the unit of the outcome.
    """

    half: str
    scheme: str
    worlds: int
    falls: float
    falls_low: float
    falls_high: float
    rises: float
    rises_low: float
    rises_high: float
    middle: float
    worst: float
    regret: float
    worst_regret: float
    best: int
    net_value: float
    welfare: float
    digest: str

    @property
    def is_safe(self) -> bool:
        """Whether the mean of its worst twentieth is no clear fall."""
        return self.worst >= -CLEAR


RECOMMENDED = Table(
    "recommended.csv",
    Candidate,
    "a candidate for recommendation in one half of the worlds",
    {
        "half": ("", "chooses or reports"),
        "worlds": ("worlds", "plausible worlds"),
        **{name: IN_WORLDS.meanings[name] for name in Candidate._fields[3:11]},
        "regret": ("%", "mean of what it yields less than the best candidate"),
        "worst_regret": ("%", "mean of that in the worst twentieth"),
        "best": ("worlds", "worlds in which no candidate yields more"),
        "net_value": ("$ per employee-week", "mean difference from the baseline"),
        "welfare": ("half-days", "mean difference from the baseline"),
        "digest": ("", "of the model that the worlds are for"),
    },
)


class Known(NamedTuple):
    """What to measure before the chosen scheme comes: a row of a small table."""

    known: str
    right: float
    how: str


KNOWN = Table(
    "recommended_measure.csv",
    Known,
    "what to measure before the recommended scheme is introduced",
    {
        "known": ("", "dotted key; empty: nothing"),
        "right": ("share", "worlds in which the direction of output is told right"),
        "how": ("", "how a company could measure it"),
    },
)


def candidates() -> dict[str, Scenario]:
    """Compose all candidates, the baseline first."""
    shipped = [name for name in members("scheme") if name != BASELINE]
    named = {name: [f"scheme={name}"] for name in (BASELINE, *shipped)}
    return {name: compose(texts) for name, texts in {**named, **FAMILY}.items()}


def run(folder: Path, worlds: Worlds, first: int, last: int, seed: int) -> Floats:
    """Run all candidates in some worlds: shape (worlds, schemes, 2, outcomes).

    The arms are with the scheme and without it. Blocks that stand in the folder are
    read.
    """
    named = candidates()
    scenarios, places = pairs(named, BASELINE)
    content = [scenario.model_dump_json() for scenario in named.values()]
    known = sha256("".join([sources_digest(), *content]).encode()).hexdigest()[:12]
    blocks = []
    with Progress(last - first, 0, unit="worlds") as progress:
        for start in range(first, last, BLOCK):
            stop = min(last, start + BLOCK)
            path = folder / f"{worlds.origin.digest}-{known}-{seed}-{start}-{stop}.json"
            if not path.exists():
                some = [worlds[k] for k in range(start, stop)]
                means = outcomes(scenarios, some, seed)
                with replacing(path) as file:
                    file.write(json.dumps(means.tolist()).encode())
            blocks.append(json.loads(path.read_text(encoding="utf-8")))
            progress.advance(stop - start)
    means = np.array([row for block in blocks for row in block])
    arms = [means[:, list(pair)] for pair in places.values()]
    return np.stack(arms, axis=1)


def effects_on_output(found: Floats) -> Floats:
    """Give the effects of all but the baseline on output [%], (worlds, schemes)."""
    with_it, without = np.moveaxis(found[..., OUTCOMES.index("output")], 2, 0)
    return percents(with_it, without)


def tabulated(half: str, found: Floats, digest: str) -> Iterator[Candidate]:
    """Tabulate one half; the baseline is a candidate, without effect."""
    names = list(candidates())
    place = {name: OUTCOMES.index(name) for name in ("net_value", "welfare")}
    with_it, without = found[:, :, 0], found[:, :, 1]
    output = effects_on_output(found)
    effects = np.column_stack([np.zeros(len(output)), output])
    less = regrets(effects)
    gained = np.concatenate(
        [np.zeros((len(output), 1, len(OUTCOMES))), with_it - without], axis=1
    ).mean(axis=0)
    for k, name in enumerate(names):
        own = classes(effects[:, k])
        yield Candidate(
            half=half,
            scheme=name,
            worlds=own.worlds,
            **own.columns(Candidate._fields[3:11]),
            regret=float(less[:, k].mean()),
            worst_regret=-classes(-less[:, k]).worst,
            best=int((less[:, k] == 0.0).sum()),
            net_value=float(gained[k, place["net_value"]]),
            welfare=float(gained[k, place["welfare"]]),
            digest=digest,
        )


def half_of(rows: Sequence[Candidate], half: str) -> dict[str, Candidate]:
    """Pick the rows of one half by scheme."""
    return {row.scheme: row for row in rows if row.half == half}


def chosen(rows: Sequence[Candidate]) -> Candidate:
    """Choose by the worlds that choose: the least regret of those that are safe."""
    return min(
        (row for row in half_of(rows, "chooses").values() if row.is_safe),
        key=lambda row: row.regret,
    )


def to_measure(
    effects: Floats, worlds: Worlds, first: int, seed: int
) -> Iterator[Known]:
    """Say what tells the direction of a scheme most often, nothing first."""
    n = len(effects)
    rows = slice(first, first + n)
    bases = {
        row.key: of_unknown(worlds.values[rows, worlds.keys.index(row.key)])
        for row in drawn()
    }
    bases[RULES.key] = of_structure(worlds.rules[rows])
    bases[LAWS.key] = of_structure(worlds.laws[rows])
    rng = np.random.default_rng(seed)
    right = {key: worth(effects[:, None], x, rng).right for key, x in bases.items()}
    yield Known("", today(effects), "")
    for key in sorted(right, key=lambda key: -right[key])[:MEASURED]:
        yield Known(key, right[key], MEASURED_BY[key])


def main(arguments: Sequence[str]) -> None:
    """Run both halves, and write the results into ``docs/results/``."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    worlds = current()
    half = min(int(arguments[1]) if arguments[1:] else WORLDS, len(worlds) // 2)
    found: dict[str, Any] = {
        "chooses": run(folder, worlds, 0, half, CHOOSING),
        "reports": run(folder, worlds, half, 2 * half, REPORTING),
    }
    digest = worlds.origin.digest
    rows = [row for name, x in found.items() for row in tabulated(name, x, digest)]
    RECOMMENDED.write(RESULTS / RECOMMENDED.name, rows)
    best = chosen(rows).scheme
    names = [name for name in candidates() if name != BASELINE]
    effects = np.zeros(half)
    if best != BASELINE:
        effects = effects_on_output(found["chooses"])[:, names.index(best)]
    KNOWN.write(RESULTS / KNOWN.name, to_measure(effects, worlds, 0, CHOOSING))
    print(f"chosen: {best}; python -m tools.documents writes docs/recommended.md")


if __name__ == "__main__":
    main(sys.argv[1:])
