"""Compute what comes with the studio: every named scheme, and its plausible worlds.

    make studio

The first table holds what *Compare* shows of each scheme against voluntary use. For the
second, every scheme is run in plausible worlds, over each length that a comparison of
two of them has there.
"""

from collections.abc import Iterator

from app.comparison import Comparison, compared
from app.shipped import (
    FOLDER,
    ORIGIN,
    OUTPUTS,
    SCHEMES,
    SEED,
    WORLDS,
    Mapped,
    Origin,
    Output,
    digest,
)
from experiments.designs.pair import Pair, Side, named
from experiments.worlds.runs import horizon, outcomes, sized
from experiments.worlds.shipped import current
from model.simulate import simulate_many

DIGITS = 7


def mapped() -> Iterator[Mapped]:
    """Compare every scheme with voluntary use, as the page does."""
    baseline = Pair().first
    for name in named():
        if name != baseline.scheme:
            pair = Pair(baseline, Side(name))
            design = pair.design()
            runs = [*simulate_many(design.job(run) for run in design.runs)]
            yield _mapped(name, compared(pair, design, runs))


def _mapped(name: str, comparison: Comparison) -> Mapped:
    usage, output, net = map(
        comparison.effect, ("reported_tokens", "output", "net_value")
    )
    values = [
        *(usage.percent, usage.percent_low, usage.percent_high),
        *(output.percent, output.percent_low, output.percent_high),
        *(net.effect, net.low, net.high),
        comparison.fates.overall.worse_off,
    ]
    if None in values:
        raise ValueError(f"an effect of {name} is not known")
    return Mapped(name, *(short(value) for value in values if value is not None))


def outputs() -> Iterator[Output]:
    """Run every scheme in every world, over each length of a comparison."""
    schemes, worlds = named(), current().first(WORLDS)
    for weeks in sorted({horizon(scenario) for scenario in schemes.values()}):
        scenarios = [sized(scenario, weeks) for scenario in schemes.values()]
        found = outcomes(scenarios, worlds, SEED, names=("output",))[:, :, 0]
        for scheme, values in zip(schemes, found.T.tolist(), strict=True):
            for world, value in zip(worlds, values, strict=True):
                yield Output(scheme, weeks, world.number, short(value))


def short(value: float) -> float:
    """Round a number to what is kept of it."""
    return float(f"{value:.{DIGITS}g}")


def main() -> None:
    """Compute and keep all of it."""
    FOLDER.mkdir(exist_ok=True)
    given, pair = named()[Pair().first.scheme], Pair()
    SCHEMES.write(FOLDER / SCHEMES.name, mapped())
    OUTPUTS.write(FOLDER / OUTPUTS.name, outputs())
    people = given.organisation.employees
    row = Origin(digest(), pair.replicates, people, pair.weeks)
    ORIGIN.write(FOLDER / ORIGIN.name, [row])


if __name__ == "__main__":
    main()
