"""The appendix of a certificate: its tables, for referees."""

from experiments.report.page import (
    Block,
    Cell,
    Facts,
    Grid,
    Row,
    Subsection,
    Text,
)
from experiments.statistics.worlds import CLEAR, InWorlds
from experiments.studies.certificate.kept.shares import FITTED, Prior
from experiments.studies.certificate.results import Found
from experiments.studies.certificate.words import sure, valued
from experiments.words.screen import joined, percent, signed

MOST_ROWS = 12


def appendix(found: Found) -> list[Subsection]:
    """Make a subsection of every table."""
    parts = [_structures(found), _priors(found), _contrasts(found), _turns(found)]
    if found.least:
        parts.append(_least(found))
    if found.standings:
        parts.append(_rivals(found))
    return parts


def _structures(found: Found) -> Subsection:
    rows = [
        _shares(row.structure or "all worlds", row, row.little)
        for row in found.in_worlds
    ]
    grid = Grid(
        "By structure",
        f"Shares of worlds [%] in which output clearly falls, moves by at most {CLEAR} "
        "%, clearly rises, with 95 % intervals; the effect in the middle world, and "
        "its mean in the worst twentieth [%].",
        ("worlds", "number", "falls", "little", "rises", "middle", "worst"),
        rows,
    )
    return Subsection("structures", grid.title, [grid])


def _priors(found: Found) -> Subsection:
    names = {
        "declared": "distributions as declared",
        "uniform": "all uniform",
        FITTED: "worlds that your panel speaks for",
    }
    rows = [
        _shares(
            f"{names[row.shape]}, {row.tolerance} tolerances",
            row,
            1.0 - row.falls - row.rises,
        )
        for row in found.priors
    ]
    grid = Grid(
        "By prior",
        "The same for other shapes of the prior and narrower tolerances of voluntary "
        "use, or before a panel was looked at.",
        ("worlds", "number", "falls", "little", "rises", "middle", "worst"),
        rows,
    )
    return Subsection("priors", grid.title, [grid])


def _shares(name: str, row: InWorlds | Prior, little: float) -> Row:
    cells = [
        Cell(f"{row.worlds:,}"),
        _share(row.falls, row.falls_low, row.falls_high),
        Cell(f"{100.0 * little:.0f}"),
        _share(row.rises, row.rises_low, row.rises_high),
        Cell(signed(row.middle)),
        Cell(signed(row.worst)),
    ]
    return Row(name, cells)


def _share(value: float, low: float, high: float) -> Cell:
    ends = f"[{100.0 * low:.0f}, {100.0 * high:.0f}]"
    return Cell(f"{100.0 * value:.0f}", ends)


def _contrasts(found: Found) -> Subsection:
    title = "What parts bad worlds from others"
    if found.always:
        text = "Worlds do not differ: there is nothing to part."
        return Subsection("contrasts", title, [Text(text)])
    first = found.contrasts[0]
    bars = [f"{bar:.2f}" for bar in (first.first_bar, first.second_bar)]
    grid = Grid(
        title,
        "How much more often a world is bad in the worse third (alternative) than in "
        "the better one, in either half of the worlds, if the thirds were chosen in "
        f"the other. Named above {joined(list(dict.fromkeys(bars)), 'and')}.",
        ("unknown", "worse", "first half", "second half", "decides"),
        [
            Row(
                row.key,
                [
                    Cell(row.worse),
                    Cell(f"{row.first:+.2f}".replace("-", "−")),
                    Cell(f"{row.second:+.2f}".replace("-", "−")),
                    Cell("yes" if row.decides else ""),
                ],
            )
            for row in found.contrasts[:MOST_ROWS]
        ],
    )
    return Subsection("contrasts", grid.title, [grid])


def _turns(found: Found) -> Subsection:
    if not found.turns:
        return Subsection("turns", "The turn test", [Text("There is no bad world.")])
    grid = Grid(
        "The turn test",
        f"{found.turns[0].worlds} bad worlds, each run again with one value changed.",
        ("changed", "to", "turned", "clearly rises", "plausible", "before", "after"),
        [
            Row(
                f"{row.key}{' (placebo)' if row.placebo else ''}",
                [
                    Cell(valued(row.key, row.to_value)),
                    *(Cell(str(x)) for x in (row.turned, row.rises, row.plausible)),
                    Cell(signed(row.before)),
                    Cell("–" if row.after is None else signed(row.after)),
                ],
            )
            for row in found.turns
        ],
    )
    return Subsection("turns", grid.title, [grid])


def _least(found: Found) -> Subsection:
    [row] = found.least
    text = (
        f"The search looked at {row.looked_at:,} worlds. The worst that it began with "
        f"had an effect of {signed(row.start)} %, the one that it found "
        f"{signed(row.found)} % with the luck of the search, {signed(row.fresh)} % (sd "
        f"{percent(row.fresh_sd)}) with other luck, where it is plausible in "
        f"{row.fresh_plausible} of {row.fresh_runs} runs. Of {row.near_worlds} worlds "
        f"near it {row.near_plausible} are plausible"
    )
    if row.near is not None:
        text += f", with a mean effect of {signed(row.near)} %"
    far = sorted(
        found.least_values,
        key=lambda x: -abs(x.value - x.declared) / (x.high - x.low),
    )
    grid = Grid(
        "Its values",
        f"Those that lie farthest from the declared ones; rule of choice {row.rule}, "
        f"law of rework {row.law}.",
        ("unknown", "there", "declared", "span"),
        [
            Row(
                x.key,
                [
                    Cell(valued(x.key, x.value)),
                    Cell(f"{x.declared:g}"),
                    Cell(f"{x.low:g} to {x.high:g}"),
                ],
            )
            for x in far[:MOST_ROWS]
        ],
    )
    return Subsection("least", "The least favourable world", [Text(f"{text}."), grid])


def _rivals(found: Found) -> Subsection:
    standing = Grid(
        "Among all schemes",
        "In the same worlds: how often it is the best, and what it yields less than "
        "the best in the same world [%], on average and in the worst twentieth.",
        ("scheme", "best in", "regret", "worst regret", "middle", "worst"),
        [
            Row(
                row.scheme,
                [
                    Cell(f"{row.best} of {row.worlds}"),
                    Cell(percent(row.regret) or "0"),
                    Cell(percent(row.worst_regret) or "0"),
                    Cell(signed(row.median)),
                    Cell(signed(row.worst)),
                ],
                is_baseline=row.scheme == found.baseline,
            )
            for row in found.standings
        ],
    )
    blocks: list[Block] = [standing]
    if doubtless := _doubtless(found):
        text = "Clearly worse, in at least 95 of 100 of these worlds:"
        blocks += [Text(text), Facts.of(doubtless)]
    return Subsection("rivals", standing.title, blocks)


def _doubtless(found: Found) -> list[tuple[str, str]]:
    """List which schemes are worse than which, alike ones together."""
    than: dict[str, list[str]] = {}
    for row in sure(found.rivals):
        than.setdefault(row.scheme, []).append(row.other)
    alike: dict[str, list[str]] = {}
    for scheme, others in than.items():
        alike.setdefault(f"than {joined(others, 'and')}", []).append(scheme)
    return [(joined(schemes, "and"), others) for others, schemes in alike.items()]
