"""House style: one colour a scheme and an activity, everywhere the same.

Colours are those of Okabe and Ito (2008) and of Tol's muted scheme, which people with
any common kind of colour blindness tell apart; a marker comes with each, so that forty
schemes differ too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import product
from textwrap import wrap
from typing import Any, NamedTuple, ParamSpec

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

Parameters = ParamSpec("Parameters")

WIDTH = 7.6
"""Inches of every chart: fits A4 and Letter, and a phone when scrolled a little."""
INK, FAINT, GRID = "#1f2933", "#5b6770", "#d9dee3"

HOUSE: dict[Any, Any] = {
    "svg.hashsalt": "tokenmaxxing",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "figure.facecolor": "white",
    "figure.dpi": 100.0,
    "savefig.facecolor": "white",
}

GENUINE, TRIVIAL, MISUSE = "#0072b2", "#7fc4ec", "#1b4079"
"""Colours of genuine AI use, three shades of one: core work, trivial use, misuse.

Misuse is core work below break-even.
"""
MANUAL, PADDING = "#9aa5b1", "#d55e00"
DRESSING, REWORK, STRAIN = "#117733", "#aa4499", "#999933"
ACTIVITIES = (MANUAL, GENUINE, TRIVIAL, MISUSE, PADDING, DRESSING, REWORK, STRAIN)
UP, DOWN = "#2166ac", "#b2561a"
"""Colours of more and of less, on maps."""


class Style(NamedTuple):
    """Colour and marker of a scheme."""

    colour: str
    marker: str


BASELINE = Style("#1f2933", "o")

COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#b8860b",
    "#56b4e9",
    "#882255",
    "#117733",
    "#332288",
    "#999933",
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")
_STYLES = tuple(Style(c, m) for m, c in product(MARKERS[1:], COLOURS))

SHIPPED = {
    "voluntary": BASELINE,
    "no_review": Style(FAINT, "s"),
    "participation_80": Style("#56b4e9", "o"),
    "monthly_minimum": Style("#d55e00", "o"),
    "top_250_board": Style("#cc79a7", "o"),
    "top_2pct_board": Style("#cc79a7", "s"),
    "full_rank_board": Style("#882255", "D"),
    "review_linked": Style("#b8860b", "o"),
    "suspected_linkage": Style("#b8860b", "^"),
    "outcome_measure": Style("#117733", "o"),
    "quality_gated": Style("#44aa99", "v"),
    "balanced_card": Style("#999933", "D"),
    "response_time": Style("#aa4499", "P"),
    "time_saved_survey": Style("#6a5acd", "s"),
    "automation_count": Style("#cc6677", "v"),
    "risk_gate": Style("#7f4f24", "P"),
    "cap_and_audit": Style("#332288", "s"),
    "everything_at_once": Style("#8b1a1a", "X"),
    "amazon_2026": Style("#0072b2", "^"),
    "recommended": Style("#009e73", "*"),
}
"""Schemes that are shipped look the same in every study."""


def styles(schemes: Iterable[str]) -> dict[str, Style]:
    """Give each scheme a colour and a marker: shipped ones by name, others by order."""
    taken = set(SHIPPED.values())
    free = [style for style in _STYLES if style not in taken]
    by_scheme: dict[str, Style] = {}
    others = 0
    for scheme in schemes:
        if scheme in SHIPPED:
            by_scheme[scheme] = SHIPPED[scheme]
        elif scheme not in by_scheme:
            by_scheme[scheme] = free[others % len(free)]
            others += 1
    return by_scheme


def darker(colour: str) -> str:
    """Darken a colour until small text in it can be read on white."""
    red, green, blue = to_rgb(colour)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    factor = min(1.0, 0.32 / light) if light > 0.0 else 1.0
    return to_hex((red * factor, green * factor, blue * factor))


@contextmanager
def house() -> Iterator[None]:
    """Set Matplotlib to the style of the house; restore it afterwards."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(HOUSE)
        yield


def chart(draw: Callable[Parameters, Figure]) -> Callable[Parameters, Figure]:
    """Make a function draw its chart in the house style."""

    @wraps(draw)
    def drawn(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Figure:
        with house():
            return draw(*args, **kwargs)

    return drawn


def wrapped(name: str, width: int = 20) -> str:
    """Break a long name into lines, at underscores and blanks where possible."""
    pieces = name.replace("_", "_\u200b").replace("-", "-\u200b")
    words = pieces.replace("\u200b", " ") if "_" in name else name
    lines = wrap(words, width, break_on_hyphens=True) or [name]
    return "\n".join(line.replace("_ ", "_") for line in lines)


def nothing(axes: Axes, reason: str) -> None:
    """Say in an empty panel why it is empty."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.text(
        0.5,
        0.5,
        "\n".join(wrap(f"No data because {reason}.", 60)),
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=FAINT,
    )


def empty(reason: str) -> Figure:
    """Make a figure that only says why there is no chart."""
    figure = Figure(figsize=(WIDTH, 1.6))
    nothing(figure.add_axes((0.0, 0.0, 1.0, 1.0)), reason)
    return figure


def note(figure: Figure, text: str, *, below: float = 0.06) -> None:
    """Write a note below the chart: what bands, marks and units mean."""
    inches = float(figure.get_figwidth())
    lines = wrap(text, int(inches * 16.6))
    figure.text(
        0.012,
        below / float(figure.get_figheight()),
        "\n".join(lines),
        fontsize=7.5,
        color=FAINT,
        va="bottom",
        ha="left",
        linespacing=1.25,
    )


def note_height(text: str, inches: float = WIDTH) -> float:
    """Give the height of a note in inches."""
    return 0.12 + 0.132 * len(wrap(text, int(inches * 16.6)))


def axes_at(
    figure: Figure, left: float, bottom: float, width: float, height: float
) -> Axes:
    """Add axes at a place and in a size in inches, from the lower left corner."""
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def panels(
    rows: int,
    columns: int,
    *,
    height: float,
    left: float = 0.7,
    right: float = 0.15,
    top: float = 0.3,
    bottom: float = 0.55,
    across: float = 0.25,
    down: float = 0.45,
    text: str = "",
    share_x: bool = True,
    share_y: bool = True,
) -> tuple[Figure, Sequence[Sequence[Axes]]]:
    """Make a grid of panels with margins in inches, and a note below them.

    ``height`` is that of one panel; margins are fixed, so that what is placed among
    the points stays where it was placed.
    """
    foot = bottom + (note_height(text) if text else 0.0)
    tall = top + rows * height + (rows - 1) * down + foot
    figure = Figure(figsize=(WIDTH, tall))
    each = (WIDTH - left - right - (columns - 1) * across) / columns
    grid = figure.subplots(rows, columns, squeeze=False, sharex=share_x, sharey=share_y)
    figure.subplots_adjust(
        left=left / WIDTH,
        right=1.0 - right / WIDTH,
        top=1.0 - top / tall,
        bottom=foot / tall,
        wspace=across / each,
        hspace=down / height,
    )
    if text:
        note(figure, text)
    return figure, [list(row) for row in grid]
