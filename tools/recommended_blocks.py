"""The words and tables of ``docs/recommended.md``, and those on other priors."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from experiments.words.screen import percent, signed
from tools.markdown import headed, items
from tools.priors import kept, sentence, table_of_priors
from tools.recommended import (
    BASELINE,
    CHOOSING,
    KNOWN,
    RECOMMENDED,
    REPORTING,
    Candidate,
    Known,
    chosen,
    half_of,
)
from tools.results import stored

NOTHING_STORED = "*Not stored yet: `python -m tools.recommended` finds it.*"


def choice(rows: Sequence[Candidate]) -> Iterator[str]:
    """Say what is recommended, why, and what it costs."""
    best = chosen(rows)
    there = half_of(rows, "reports")[best.scheme]
    safe = [row.scheme for row in half_of(rows, "chooses").values() if row.is_safe]
    yield (
        f"Of {len(half_of(rows, 'chooses'))} candidates, {len(safe)} are safe: "
        f"{', '.join(f'`{name}`' for name in safe)}."
    )
    if best.scheme == BASELINE:
        yield (
            "No scheme can be recommended in all worlds. Leave things as they are, and "
            "measure first what decides."
        )
        return
    yield (
        f"`{best.scheme}` has the least regret among them: it yields "
        f"{percent(best.regret)} % less than the best candidate of each world on "
        "average."
    )
    yield (
        f"In {there.worlds} other worlds, with other luck, it clearly lowers output in "
        f"{100 * there.falls:.0f} of 100 and clearly raises it in "
        f"{100 * there.rises:.0f}; {signed(there.middle)} % in the middle world, "
        f"{signed(there.worst)} % in the worst twentieth."
    )
    yield (
        f"Net of tokens and of the hours that it takes, that is "
        f"{signed(there.net_value)} $ a head and week; people's own welfare changes by "
        f"{signed(there.welfare)} half-days a half-day."
    )


def candidates_table(rows: Sequence[Candidate], half: str) -> Iterator[list[str]]:
    """Tabulate one half by regret; heads first."""
    yield [
        *("candidate", "safe", "regret, %", "worst regret, %", "best in"),
        *("falls, of 100", "rises, of 100", "middle, %", "worst twentieth, %"),
        *("net value, $ a head and week", "welfare, half-days a half-day"),
    ]
    for row in sorted(half_of(rows, half).values(), key=lambda row: row.regret):
        yield [
            f"`{row.scheme}`",
            "yes" if row.is_safe else "",
            percent(row.regret) or "0",
            percent(row.worst_regret) or "0",
            str(row.best),
            f"{100 * row.falls:.0f}",
            f"{100 * row.rises:.0f}",
            signed(row.middle),
            signed(row.worst),
            signed(row.net_value),
            signed(row.welfare),
        ]


def measure_table(rows: Sequence[Known]) -> Iterator[list[str]]:
    """Tabulate what to measure first; heads first."""
    yield ["known first", "direction told right, of 100", "how to measure it"]
    for row in rows:
        name = f"`{row.known}`" if row.known else "nothing"
        yield [name, f"{100 * row.right:.0f}", row.how]


def precision(rows: Sequence[Candidate]) -> str:
    """Say how many worlds chose and reported, and for which model."""
    counts = {row.half: row.worlds for row in rows}
    return (
        f"{counts['chooses']} worlds chose, with seed {CHOOSING}; "
        f"{counts['reports']} others reported, with seed {REPORTING}; the list of "
        f"worlds is that of model {rows[0].digest}."
    )


def recommended_choice() -> str:
    """What is recommended, and why."""
    rows = stored(RECOMMENDED)
    return items([*choice(rows), precision(rows)]) if rows else NOTHING_STORED


def recommended_candidates(half: str) -> str:
    """All candidates in one half of the worlds."""
    rows = stored(RECOMMENDED)
    return headed(candidates_table(rows, half)) if rows else NOTHING_STORED


def measure_first(rows: Sequence[Known]) -> str:
    """Say what to measure first; nothing, where nothing tells more."""
    if all(f"{100 * row.right:.0f}" == "100" for row in rows):
        return fill(
            "Nothing, for the direction: it is told right in 100 of 100 of these "
            "worlds without knowing more. How *much* it brings differs between them, "
            "and what none of them holds they cannot tell.",
            88,
        )
    luck = fill(
        "Five of all unknowns rank first by luck, too: look for a number well above "
        "the first row.",
        88,
    )
    return f"{headed(measure_table(rows))}\n\n{luck}"


def recommended_measure() -> str:
    """What to measure before it is introduced."""
    rows = stored(KNOWN)
    return measure_first(rows) if rows else NOTHING_STORED


def priors() -> str:
    """What every scheme does in plausible worlds of other priors."""
    rows = kept()
    if not rows:
        return "*Not stored yet: `python -m tools.priors` finds it.*"
    return f"{fill(sentence(rows), 88)}\n\n{headed(table_of_priors(rows))}"
