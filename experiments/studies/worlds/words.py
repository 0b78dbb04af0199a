"""The search for plausible worlds in words."""

from experiments.studies.worlds.plan import Cell
from experiments.words.screen import count, percent
from experiments.worlds.shipped import PEOPLE, WEEKS, Origin

ABOUT = f"Voluntary use by {PEOPLE} people over {WEEKS} weeks, one run a world."


def summary(origin: Origin, cells: list[Cell], each: int) -> str:
    """Say how many worlds were found, and under how many structures too few."""
    text = (
        f"{origin.tries:,} worlds were drawn; the list has "
        f"{count(origin.worlds, 'world')} that reproduce what is known of voluntary "
        "use."
    )
    if short := sum(cell.kept < each for cell in cells):
        text += (
            f" Under {count(short, 'structure')} of {len(cells)} there are fewer than "
            f"{each}."
        )
    return text


HEADS = ("rule of choice", "law of rework", "drawn", "plausible", "listed")


def cells_of_search(cell: Cell) -> tuple[str, ...]:
    """Write the search of one structure, without its rule of choice."""
    share = f"{percent(100.0 * cell.passes / cell.tries)} %"
    return cell.law, f"{cell.tries:,}", share, str(cell.kept)


def range_of(low: float, high: float) -> str:
    """Write a range; an upper end that is infinite is none."""
    return f"above {low:g}" if high == float("inf") else f"{low:g} to {high:g}"
