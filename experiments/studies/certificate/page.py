"""The page of ``study=certificate``: two screens for a board, then an appendix."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from experiments.figures.worlds import described, dots
from experiments.report.page import (
    Block,
    Cell,
    Entry,
    Facts,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    Text,
)
from experiments.report.picture import picture
from experiments.statistics.worlds import CLEAR, InWorlds
from experiments.store.dataset import Floats
from experiments.studies.certificate.figure import deciders
from experiments.studies.certificate.kept.information import (
    FIRST_THREE,
    NOTHING,
    PLACEBO,
    Information,
)
from experiments.studies.certificate.kept.shares import Prior
from experiments.studies.certificate.results import Found
from experiments.studies.certificate.subject import Certificate
from experiments.studies.certificate.words import (
    answer,
    decides,
    known,
    named,
    of_100,
    sure,
    valued,
    worth_measuring,
)
from experiments.words.screen import count, percent, signed

CHARTS = ("certificate_worlds", "certificate_decides")
MOST_ROWS = 12
MOST_MEASURED = 5
LIMITS = (
    (
        "Worlds",
        "A world sets everything that nobody knows, within declared spans, so that "
        "voluntary use comes out as it is known to be. Rules of choice and laws of "
        "rework come in equal numbers: they are no draws from anything.",
    ),
    (
        "Intervals",
        "They are those of draws from these worlds. They are not about your company.",
    ),
    (
        "What decides",
        "Worlds are cut into thirds. One half of the worlds says which third is the "
        "worse, the other how much worse it is. It is named if that is at least 20 of "
        "100, more than for any placebo, in both halves.",
    ),
    (
        "The turn test",
        "One value is changed in bad worlds, all else and all luck stay. What a "
        "placebo turns is turned by luck.",
    ),
    (
        "What to measure",
        "What is chosen for a world is chosen by other worlds, so that noise is worth "
        "nothing. Effects beyond 30 % count as 30 %.",
    ),
    (
        "The least favourable world",
        "A search flatters itself and finds worlds that hardly any other is near to. "
        "Its effect is told with other luck.",
    ),
)


def about(subject: Certificate) -> str:
    """Say how large the study is."""
    text = (
        f"{subject.scheme} against {subject.baseline} in "
        f"{count(subject.run_in, 'plausible world')}, one run of each in a world"
    )
    if subject.others and subject.rivals_in:
        others = count(len(subject.others), "other scheme")
        text += f"; {others} in {subject.rivals_in} of them"
    return f"{text}; seed {subject.seed}."


def page(
    subject: Certificate,
    found: Found,
    effects: Floats,
    columns: Sequence[tuple[str, Floats]],
    folder: Path,
) -> Page:
    """Draw both charts into the folder and make the page."""
    own = {found.scheme: effects}
    alt = f"{decides(found)} {_thirds_told(found)}"
    first, second = CHARTS
    return Page(
        title=f"Certificate: {found.scheme}",
        question=(
            f"How sure is it what {found.scheme} does to real output, what could turn "
            "it, and what should be found out first?"
        ),
        about=about(subject),
        answer=answer(found),
        pictures=[
            picture(
                dots(own, found.baseline),
                folder,
                first,
                "The effect on real output in every plausible world",
                described(own),
            ),
            picture(
                deciders(effects, columns, found.thirds),
                folder,
                second,
                _caption(found),
                alt,
            ),
        ],
        sections=[
            _measure(found),
            Section("appendix", "Appendix for referees", _appendix(found), "Appendix"),
            Section("limits", "How to read it", [Facts.of(LIMITS)]),
        ],
    )


def _caption(found: Found) -> str:
    if found.deciders:
        return "What decides it: what ranks first"
    return "What ranks first; nothing single decides it"


def _thirds_told(found: Found) -> str:
    """Tell the thirds of what decides to readers who cannot see the chart."""
    return " ".join(
        f"{group.key}, {group.group}: clearly falls in {group.falls}, clearly rises in "
        f"{group.rises} of {group.worlds}."
        for group in found.thirds
    )


def _measure(found: Found) -> Section:
    """Say what to measure first and how, as far as it tells more than placebos."""
    now = f"Today the direction is told right in {of_100(known(found, NOTHING).right)}"
    best = worth_measuring(found)[:MOST_MEASURED]
    blocks: list[Block] = [Text(f"{now} of 100 worlds.")]
    if best:
        placebo = of_100(known(found, PLACEBO).right)
        three = of_100(known(found, FIRST_THREE).right)
        blocks = [
            Text(
                f"{now} of 100 worlds, with a placebo in {placebo}, with the first "
                f"three of these in {three}."
            ),
            Facts([_to_measure(row) for row in best]),
        ]
    else:
        blocks.append(Text("Nothing single tells it more often than a placebo does."))
    return Section("measure", "What to measure first", blocks, "Measure")


def _to_measure(row: Information) -> Entry:
    text = f"Known, the direction is told right in {of_100(row.right)} of 100 worlds"
    if row.value:
        text += f"; that is worth {percent(row.value)} % of output"
    return Entry(named(row.known), [Text(f"{text}."), Text(row.how, "How")])


def _appendix(found: Found) -> list[Subsection]:
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
    names = {"declared": "distributions as declared", "uniform": "all uniform"}
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
        "use.",
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
    first = found.contrasts[0]
    grid = Grid(
        "What parts bad worlds from others",
        "How much more often a world is bad in the worse third (alternative) than in "
        "the better one, in either half of the worlds, if the thirds were chosen in "
        f"the other. Named above {first.first_bar:.2f} and {first.second_bar:.2f}.",
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
    doubtless: Mapping[str, list[str]] = _by_scheme(found)
    texts = [
        (scheme, f"clearly worse than {', '.join(others)}")
        for scheme, others in doubtless.items()
    ]
    blocks = [standing]
    if not texts:
        return Subsection("rivals", standing.title, blocks)
    return Subsection(
        "rivals",
        standing.title,
        [
            *blocks,
            Text("In at least 95 of 100 of these worlds:"),
            Facts.of(texts),
        ],
    )


def _by_scheme(found: Found) -> dict[str, list[str]]:
    """List what each scheme is worse than, where that is never in doubt."""
    pairs: dict[str, list[str]] = {}
    for row in sure(found.rivals):
        pairs.setdefault(row.scheme, []).append(row.other)
    return pairs
