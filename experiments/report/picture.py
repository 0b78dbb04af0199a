"""Charts of a page: the picture in the page, and the files beside it."""

import base64
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from experiments.figures.save import FOLDER, FORMATS, contents, save


class Picture(NamedTuple):
    """A chart on a page; ``alt`` describes it to readers who cannot see it."""

    name: str
    caption: str
    alt: str
    png: bytes

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as the file says."""
        width, height = struct.unpack(">II", self.png[16:24])
        return width, height

    @property
    def is_tall(self) -> bool:
        """Whether it needs a printed page of its own."""
        width, height = self.size
        return height > 0.9 * width

    @property
    def source(self) -> str:
        """The picture itself, for the attribute ``src``."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"


def picture(figure: Figure, folder: Path, name: str, caption: str, alt: str) -> Picture:
    """Write the files of a chart into a study's folder; return it for a page."""
    return kept(contents(figure), folder, name, caption, alt)


def kept(
    files: Mapping[str, bytes], folder: Path, name: str, caption: str, alt: str
) -> Picture:
    """Write the files of a chart that was drawn elsewhere; return it for a page."""
    save(files, folder, name)
    return Picture(name, caption, alt, files["png"])


def files(names: Sequence[str]) -> list[str]:
    """Name the files of charts, as paths below the folder of a study."""
    return [f"{FOLDER}/{name}.{form}" for name in names for form in FORMATS]
