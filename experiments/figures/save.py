"""Charts as files: PNG and SVG, the same bytes for the same data."""

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from experiments.figures.style import ACTIVITIES, COLOURS, FAINT, INK, SHIPPED, house
from experiments.store.files import replacing

DPI = 160
FOLDER = "figures"
FORMATS = ("png", "svg")
MOST = 256
"""Colours of a PNG; with so few the file is a third as large."""
KEPT = (
    *COLOURS,
    *(style.colour for style in SHIPPED.values()),
    *ACTIVITIES,
    INK,
    FAINT,
)
"""Colours that must stay exactly as they are."""


def rendered(figure: Figure, form: str) -> bytes:
    """Give the bytes of a chart in one format, without date or name of a program."""
    if form not in FORMATS:
        raise ValueError(f"cannot draw {form!r}; formats are {', '.join(FORMATS)}")
    file = io.BytesIO()
    with house():
        if form == "svg":
            figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        else:
            figure.set_dpi(DPI)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()  # type: ignore[no-untyped-call]
            pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
            picture = indexed(pixels[:, :, :3])
            picture.save(file, "png", optimize=True, dpi=(DPI, DPI))
    return file.getvalue()


def indexed(pixels: NDArray[np.uint8]) -> Image.Image:
    """Reduce a picture (h, w, 3) to its most frequent colours and those of the house.

    A colour that is kept stays exactly; any other becomes the nearest one.
    """
    red, green, blue = np.moveaxis(pixels.astype(np.int32), -1, 0)
    packed = (red << 16) | (green << 8) | blue
    unique, counts = np.unique(packed, return_counts=True)
    frequent = unique[np.argsort(-counts, kind="stable")]
    kept = [int(to_hex(colour)[1:], 16) for colour in KEPT]
    palette = np.array(list(dict.fromkeys([*kept, *frequent.tolist()]))[:MOST])
    apart = np.zeros((len(unique), len(palette)), np.int64)
    for shift in (16, 8, 0):
        apart += (((unique[:, None] >> shift) & 255) - ((palette >> shift) & 255)) ** 2
    # A table of all colours: to sort the pixels once more would take far longer.
    nearest = np.empty(1 << 24, np.uint8)
    nearest[unique] = apart.argmin(axis=1)
    picture = Image.fromarray(nearest[packed], "P")
    picture.putpalette([channel for c in palette for channel in _rgb(int(c))])
    return picture


def _rgb(colour: int) -> tuple[int, int, int]:
    """Unpack a colour into red, green and blue."""
    return colour >> 16, (colour >> 8) & 255, colour & 255


def contents(figure: Figure) -> dict[str, bytes]:
    """Give the bytes of a chart by format."""
    return {form: rendered(figure, form) for form in FORMATS}


def save(files: Mapping[str, bytes], folder: Path, name: str) -> None:
    """Write ``folder/figures/name.png`` and ``.svg`` from their bytes by format."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    for form, content in files.items():
        with replacing(place / f"{name}.{form}") as file:
            file.write(content)
