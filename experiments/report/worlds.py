"""What plausible worlds say of schemes, in sentences and as tables."""

from collections.abc import Mapping, Sequence

from experiments.report.page import Cell, Grid, Row
from experiments.statistics.worlds import CLEAR, InWorlds, overall
from experiments.words.screen import joined, signed
from experiments.words.structures import STRUCTURES, Structure
from experiments.worlds.shipped import MAKE

WHICH = "worlds that reproduce what is known of voluntary use"
NOT_YOURS = (
    "A share is one of such worlds, known to its interval by the luck of the draw "
    "alone. It is not a probability for any one company. By another prior it may be "
    "another one: study=certificate tells."
)
SURE = 0.9
"""Share of worlds from which the answer names a scheme as clearly falling or rising."""
HEADS = (
    "scheme",
    "clearly falls",
    "about nothing",
    "clearly rises",
    "middle world",
    "worst twentieth",
)
OTHERS = (
    "These worlds were found with another version of the model, in which other worlds "
    f"may be plausible; {MAKE} finds them anew."
)
NONE = (
    "No other worlds were run (study.worlds=0): nothing here says whether a sign holds "
    "in any but the world as given."
)


def legend(worlds: int, is_of_this_model: bool) -> str:
    """Say what was run, and what the classes mean."""
    if worlds == 0:
        return NONE
    text = (
        f"Every scheme was run once in each of {worlds:,} {WHICH}, each another "
        "setting of everything that nobody knows. Of 100 worlds, with 95 % intervals: "
        f"in how many real output clearly falls, moves by at most {CLEAR} %, clearly "
        "rises. Middle world and worst twentieth (their mean): in % of the baseline. "
        f"{NOT_YOURS}"
    )
    return text if is_of_this_model else f"{text} {OTHERS}"


def sentence(row: InWorlds) -> str:
    """Say in how many worlds output falls, hardly moves and rises under a scheme."""
    said = (
        ("clearly falls", row.falls, row.falls_low, row.falls_high),
        ("hardly moves", row.little, row.little_low, row.little_high),
        ("clearly rises", row.rises, row.rises_low, row.rises_high),
    )
    parts = (
        f"{what} in {hundred(share)} ({hundred(low)} to {hundred(high)})"
        for what, share, low, high in said
    )
    return (
        f"Of 100 plausible worlds real output {joined(list(parts), 'and')}; middle "
        f"world {moved(row.middle)}, worst twentieth {moved(row.worst)}."
    )


def answer(rows: Sequence[InWorlds], is_of_this_model: bool) -> str:
    """Name the schemes of which nearly all plausible worlds say the same."""
    found = overall(rows)
    if not found:
        return (
            "Only the world as given was run (study.worlds=0): nothing here says "
            "whether the signs hold in other worlds."
        )
    down = [name for name, row in found.items() if row.falls >= SURE]
    up = [name for name, row in found.items() if row.rises >= SURE]
    worlds = max(row.worlds for row in found.values())
    among = f"{worlds:,} {WHICH}"
    said = [
        f"clearly {verb} under {joined(names, 'and')}"
        for names, verb in ((down, "falls"), (up, "rises"))
        if names
    ]
    text = (
        f"In nine of ten and more of {among}, real output {' and '.join(said)}."
        if said
        else ""
    )
    if len(found) > len(down) + len(up):
        text += (
            " Under all others what output does depends on what nobody knows."
            if said
            else f"In {among}, what output does depends on what nobody knows, under "
            "every scheme."
        )
    return " ".join(f"{text} {'' if is_of_this_model else OTHERS}".split())


def cells(row: InWorlds) -> list[str]:
    """Write a row of the table of classes, without its name."""
    return [
        _share(row.falls, row.falls_low, row.falls_high),
        _share(row.little, row.little_low, row.little_high),
        _share(row.rises, row.rises_low, row.rises_high),
        moved(row.middle),
        moved(row.worst),
    ]


def grid(rows: Sequence[InWorlds], order: Sequence[str], caption: str) -> Grid:
    """Make the table of classes, schemes in order."""
    found = overall(rows)
    lines = [
        Row(name, [Cell(text) for text in cells(found[name])])
        for name in order
        if name in found
    ]
    return Grid("Plausible worlds", caption, HEADS, lines)


BY_STRUCTURE = (
    "Of 100 worlds under each rule of choice and each law of rework: in how many "
    "output clearly falls / clearly rises."
)


def by_structure(
    rows: Sequence[InWorlds], structure: Structure
) -> Mapping[str, list[str]]:
    """Write falls and rises of 100 worlds under each alternative, by scheme."""
    found = {(row.scheme, row.among, row.structure): row for row in rows}
    schemes = dict.fromkeys(row.scheme for row in rows)
    return {
        scheme: [
            _both(found.get((scheme, structure.short, name)))
            for name in structure.names.values()
        ]
        for scheme in schemes
    }


def structures_grid(rows: Sequence[InWorlds], order: Sequence[str]) -> Grid:
    """Make the table by rule of choice and law of rework."""
    each = [by_structure(rows, structure) for structure in STRUCTURES]
    lines = [
        Row(name, [Cell(text) for found in each for text in found[name]])
        for name in order
        if name in each[0]
    ]
    heads = (name for structure in STRUCTURES for name in structure.names.values())
    title = "By rule of choice and law of rework"
    return Grid(title, BY_STRUCTURE, ("scheme", *heads), lines)


def hundred(share: float) -> str:
    """Write a share as a number of 100."""
    return f"{100.0 * share:.0f}"


def moved(effect: float) -> str:
    """Write an effect in % with its sign, with two decimals at most."""
    return f"{signed(effect).replace('−', '-')} %"


def _share(share: float, low: float, high: float) -> str:
    return f"{hundred(share)} [{hundred(low)}, {hundred(high)}]"


def _both(row: InWorlds | None) -> str:
    return "–" if row is None else f"{hundred(row.falls)} / {hundred(row.rises)}"
