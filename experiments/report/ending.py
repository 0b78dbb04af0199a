"""The last lines that a study prints: what it took, and where to look."""

from pathlib import Path

from rich.console import Console

from experiments.figures.save import FOLDER
from experiments.store.folder import MANIFEST
from experiments.store.manifest import read_manifest


def say_end(
    screen: Console, folder: Path, took: str, seconds: float, report: str
) -> None:
    """Say which files a finished study has and what it took; nothing is opened.

    A path stays whole, so that it can be copied.
    """
    names = ", ".join(read_manifest(folder)["files"])
    for line in (
        f"\n{folder}/ holds {names} and {MANIFEST}.",
        f"{took} Total: {seconds:.1f} s.".lstrip(),
        f"Report: {folder / report}",
        f"Charts: {folder / FOLDER}/ (PNG and SVG)",
    ):
        screen.print(line, soft_wrap=True)
