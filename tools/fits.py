"""Keep how well fits do: on companies of the model, and on others.

    python -m tools.fits build/fit_bank

Makes a bank of 3,000 companies of 250 people over 52 weeks, under a monthly minimum
from week 20, in a folder that a stopped run goes on from. A fifth of the worlds is held
out. Companies of these are asked as they are in the bank, with what the model lacks
laid over them at random; then 100 of them with nothing or one thing laid over them,
some within and some beyond what the bank allows for. The results stand in
``docs/results/``, and ``python -m tools.documents`` puts them into ``docs/fit.md``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments import compose
from experiments.config.settings import Engine
from experiments.store.dataset import Floats
from experiments.store.table import Table
from experiments.studies.fit.bank import DIFFERENCES, bank
from experiments.studies.fit.blocks import shown
from experiments.studies.fit.companies import companies
from experiments.studies.fit.design import GO_ON, Design
from experiments.studies.fit.held_out import HeldOut, Split
from experiments.studies.fit.living import Company, live
from experiments.studies.fit.seen import seen
from experiments.studies.fit.summaries import averaged
from experiments.studies.fit.targets import PADDED, Target, structures, targets, values
from experiments.worlds.shipped import current
from experiments.worlds.world import World
from tools.results import RESULTS, stored

PEOPLE, WEEKS, AHEAD, START, DRAWS = 250, 52, 52, 20, 3000
SCHEMES = ("voluntary", "review_linked", "recommended")
SIZE = (f"organisation.employees={PEOPLE}", f"weeks={WEEKS + AHEAD}")
ASKED, FEWEST = 100, 20
"""Companies that are asked, and those not flagged that a share needs."""
TOKENS, GENUINE, OUTPUT = DIFFERENCES
WATCHED = (("", PADDED), (GO_ON, TOKENS), (GO_ON, GENUINE), (GO_ON, OUTPUT))
"""Answers that are told of companies unlike those of the model."""


class HeldRow(NamedTuple):
    """How an answer does on held-out companies: a row of fit_held_out.csv."""

    scheme: str
    what: str
    half: float
    most: float
    width: float
    half_output: float
    most_output: float
    width_output: float


HELD = Table(
    "fit_held_out.csv",
    HeldRow,
    "how often intervals of a fit hold the truth of held-out companies",
    {
        "what": ("", "what is asked"),
        "half": ("share", "50 % intervals that hold the truth; tokens alone"),
        "most": ("share", "90 % intervals that hold the truth; tokens alone"),
        "width": ("share", "width over the prior's, mean; tokens alone"),
        "half_output": ("share", "50 % intervals, with output"),
        "most_output": ("share", "90 % intervals, with output"),
        "width_output": ("share", "width, with output"),
    },
)


class UnlikeRow(NamedTuple):
    """How a fit does on companies with one thing laid over: of fit_unlike.csv."""

    what: str
    flagged: float
    padded: float | None
    tokens: float | None
    genuine: float | None
    output: float | None
    output_known: float | None


UNLIKE = Table(
    "fit_unlike.csv",
    UnlikeRow,
    "what a fit does where companies differ from the model in one thing",
    {
        "what": ("", "what was laid over held-out companies"),
        "flagged": ("share", "of which no answer would be shown; tokens alone"),
        "padded": (
            "share",
            "of the others, 90 % intervals with the truth: padded share of tokens",
        ),
        "tokens": ("share", "of the effect of the scheme in force on tokens"),
        "genuine": ("share", "of its effect on genuine tokens"),
        "output": ("share", "of its effect on output"),
        "output_known": ("share", "of that effect in a panel with output"),
    },
)


def design() -> Design:
    """Give the design that is looked at."""
    minimum = f'timeline=[{{week: {START}, change: ["quota=monthly"]}}]'
    others = {name: compose([f"scheme={name}", *SIZE]) for name in SCHEMES}
    return Design(compose([minimum, *SIZE]), WEEKS, AHEAD, START, others, DRAWS, seed=1)


Change = Callable[[Company, np.random.Generator], Company]


def _times(genuine: Floats | float, padded: Floats | float = 1.0) -> Change:
    """Multiply genuine and padded tokens."""

    def change(company: Company, rng: np.random.Generator) -> Company:
        del rng
        return company._replace(
            genuine=company.genuine * genuine, padded=company.padded * padded
        )

    return change


def _both(factor: Floats | float) -> Change:
    return _times(factor, factor)


def _agents(share: float, times: float, often: float, slowly: bool = False) -> Change:
    """Agents of a share of people, from the scheme's first week on or slowly."""

    def change(company: Company, rng: np.random.Generator) -> Company:
        people, weeks = company.genuine.shape
        begun = rng.integers(0, weeks, people) if slowly else np.full(people, START)
        on = np.less(rng.random(people), share)[:, None] & (
            np.arange(weeks) >= np.asarray(begun)[:, None]
        )
        works = on & (rng.random((people, weeks)) < often)
        return company._replace(genuine=company.genuine * np.where(works, times, 1.0))

    return change


def _holiday(company: Company, rng: np.random.Generator) -> Company:
    away = (rng.random(len(company.genuine)) < 0.5)[:, None] & np.isin(T, (31, 32))
    there = np.where(away, 0.0, 1.0)
    return company._replace(
        genuine=company.genuine * there,
        padded=company.padded * there,
        output=company.output * there,
    )


def _heaviest(company: Company, rng: np.random.Generator) -> Company:
    del rng
    before = np.nanmean(company.genuine[:, :START], axis=1)
    there = np.nan_to_num(before) >= np.nanquantile(before, 0.9)
    on = there[:, None] & (T >= START)
    return company._replace(genuine=company.genuine * np.where(on, 5.0, 1.0))


def _accounts(company: Company, rng: np.random.Generator) -> Company:
    usual = np.nanmedian(company.genuine[company.genuine > 0.0])
    own = usual * 30.0 * np.exp(0.2 * rng.standard_normal((3, WEEKS)))
    nothing = np.zeros_like(own)
    return company._replace(
        genuine=np.concatenate([company.genuine, own]),
        padded=np.concatenate([company.padded, nothing]),
        output=np.concatenate([company.output, nothing]),
    )


def _output(factor: Floats) -> Change:
    def change(company: Company, rng: np.random.Generator) -> Company:
        del rng
        return company._replace(output=company.output * factor)

    return change


def _noise(company: Company, rng: np.random.Generator) -> Company:
    return _both(np.exp(0.6 * rng.standard_normal(company.genuine.shape)))(company, rng)


T = np.arange(WEEKS)
CHANGES: Mapping[str, Change] = {
    "nothing": _both(1.0),
    "growth of 1 % a week": _both(np.exp(0.01 * T)),
    "growth of 1 % a week from the scheme on": _both(
        np.exp(0.01 * np.maximum(T - START, 0))
    ),
    "half as much again from the scheme on": _both(np.where(T >= START, 1.5, 1.0)),
    "tokens times 10": _both(10.0),
    "half of the people away for two weeks": _holiday,
    "agents of 30 %, x4 in 30 % of weeks, from the scheme on": _agents(0.3, 4.0, 0.3),
    "the same, little by little": _agents(0.3, 4.0, 0.3, slowly=True),
    "agents of 70 %, x10 in 60 % of weeks": _agents(0.7, 10.0, 0.6),
    "agents of 60 %, x6 in half of the weeks": _agents(0.6, 6.0, 0.5),
    "half as much again for 8 weeks from the scheme on": _both(
        np.where((T >= START) & (T < START + 8), 1.5, 1.0)
    ),
    "the heaviest tenth x5 from the scheme on": _heaviest,
    "three service accounts": _accounts,
    "month-end work, x1.4": _both(np.where(T % 4 == 3, 1.4, 1.0)),
    "noise of 0.6 in tokens": _noise,
    "output 5 % lower from the scheme on": _output(np.where(T >= START, 0.95, 1.0)),
    "output 0.3 % lower each week": _output(np.exp(-0.003 * T)),
    "genuine work that looks like padding": _agents(0.5, 3.0, 0.1),
}
"""What is laid over companies, one thing at a time."""
LARGER = "nothing, 1,000 people by groups of 250"


def main(arguments: list[str]) -> int:
    """Make the bank and both tables."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    made, worlds = design(), current()
    drawn = companies(worlds, DRAWS, made.seed)
    engine = Engine(kind="threads", threads=0, workers=0, address=None, wait=1.0)
    full = bank(made, worlds, Path(arguments[0]), engine)
    asked = targets(made, with_output=False)
    truth = values(full, drawn, asked)
    codes = structures(full, drawn)
    tokens = full.without_output()
    alone, beside = (Split.of(x, truth, codes, made.seed) for x in (tokens, full))
    places = alone.asked
    held = (
        alone.ask(tokens.numbers[places], truth[places]),
        beside.ask(full.numbers[places], truth[places]),
    )
    HELD.write(RESULTS / HELD.name, list(_held(asked, *held)))
    numbers = full.company[places[:ASKED]]
    lived = [live(made, drawn[number]) for number in numbers.tolist()]
    rows: list[UnlikeRow] = []
    for what, change in CHANGES.items():
        rng = np.random.default_rng([made.seed, len(rows)])
        panels = [shown(made, change(company, rng)) for company in lived]
        own = truth[places[:ASKED]].copy()
        own[:, 0] = [padded for padded, _ in panels]
        told = np.array([summary.values for _, summary in panels])
        found = alone.ask(told[:, : tokens.numbers.shape[1]], own)
        with_output = beside.ask(told, own)
        rows.append(_unlike(what, asked, found, with_output, held[0].limits))
        print(rows[-1])
    told, own = _larger(made, [drawn[number] for number in numbers.tolist()], truth)
    found = alone.ask(told[:, : tokens.numbers.shape[1]], own)
    with_output = beside.ask(told, own)
    rows.append(_unlike(LARGER, asked, found, with_output, held[0].limits))
    UNLIKE.write(RESULTS / UNLIKE.name, rows)
    return 0


def _larger(made: Design, worlds: list[World], truth: Floats) -> tuple[Floats, Floats]:
    """Give summaries of larger companies, by groups, and what is true of them.

    Of answers that are not watched nothing is true: those of the first panels stand.
    """
    size = made.scenario.organisation.model_copy(update={"employees": 4 * PEOPLE})
    large = made._replace(scenario=made.scenario.varied(organisation=size), others={})
    own, told = truth[: len(worlds)].copy(), []
    for k, world in enumerate(worlds):
        company = live(large, world)
        own[k, 0], _ = shown(large, company)
        own[k, 1] = company.idle
        own[k, 2 : 2 + len(DIFFERENCES)] = company.answers[""]
        panel = seen(company.genuine + company.padded, company.output)
        told.append(averaged(panel, 4, START, made.window, made.seed).values)
    return np.array(told), own


def _held(asked: list[Target], alone: HeldOut, beside: HeldOut) -> Iterator[HeldRow]:
    columns = [
        x
        for held in (alone, beside)
        for x in (held.within(0.5), held.within(0.9), held.width.mean(axis=0))
    ]
    for k, target in enumerate(asked):
        yield HeldRow(target.scheme, target.what, *(float(x[k]) for x in columns))


def _unlike(
    what: str,
    asked: list[Target],
    found: HeldOut,
    with_output: HeldOut,
    limits: Floats,
) -> UnlikeRow:
    place = {(target.scheme, target.what): k for k, target in enumerate(asked)}
    known = np.asarray((found.misfits <= limits).all(axis=1))

    def within(held: HeldOut, key: tuple[str, str]) -> float | None:
        if known.sum() < FEWEST:
            return None
        return float(held.some(known).within(0.9)[place[key]])

    padded, in_tokens, genuine, output = (within(found, key) for key in WATCHED)
    beside = within(with_output, (GO_ON, OUTPUT))
    flagged = float(np.mean(~known))
    return UnlikeRow(what, flagged, padded, in_tokens, genuine, output, beside)


def table_held() -> Iterator[list[str]]:
    """Make the lines of the table of held-out companies."""
    yield ["answer", "50 %", "90 %", "width", "50 %, output", "90 %, output", "width"]
    for row in stored(HELD):
        name = f"{row.scheme}: {row.what}" if row.scheme else row.what
        yield [name, *(f"{x:.2f}" for x in row[2:])]


def table_unlike() -> Iterator[list[str]]:
    """Make the lines of the table of companies unlike the model."""
    yield [
        *("laid over", "flagged", "padded share", "tokens", "genuine tokens"),
        *("output", "output, if known"),
    ]
    for row in stored(UNLIKE):
        yield [row.what, *("–" if x is None else f"{x:.2f}" for x in row[1:])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
