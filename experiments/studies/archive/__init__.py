"""``study=archive``: a finished study in one file, for a repository with a DOI."""

from pathlib import Path

from experiments.config.request import Request
from experiments.errors import UserError
from experiments.exports import panel_file
from experiments.store.files import explained
from experiments.store.finished import Finished
from experiments.store.manifest import versions
from experiments.studies.archive.archive import write
from experiments.words.screen import console, say


def run(request: Request) -> None:
    """Pack a study's folder, and print where the archive is and what it holds.

    The archive is written beside the folder, or into out=DIR.
    """
    if request.path is None:
        raise TypeError("study=archive needs a path")
    screen = console()
    folder = request.path
    with explained(folder):
        finished = Finished(folder)
        if panel_file.NAME in finished.manifest["files"]:
            raise UserError(
                f"{folder} holds a panel of real people. Pseudonyms are still personal "
                "data, and not for a repository: no archive is made of it."
            )
        if wrong := list(finished.changed()):
            raise UserError(
                f"{folder} is not what it was: {'; '.join(wrong)}. Make the study "
                "anew with again=true."
            )
    target = _target(folder, request.out)
    with explained(target.parent):
        names = write(finished, target)
    size = target.stat().st_size / 1e6
    screen.print(f"{target} ({size:.1f} MB) holds", soft_wrap=True)
    say(screen, ", ".join(names), 2)
    made = finished.manifest["versions"]
    here = versions([name for name in made if name != "python"])
    if made != here:
        say(screen, f"The study was made with {made}; environment.txt says {here}.")


def _target(folder: Path, out: Path | None) -> Path:
    name = f"{folder.resolve().name}.zip"
    if out is None:
        return folder.resolve().parent / name
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file; out=DIR must name a folder.")
    with explained(out):
        out.mkdir(parents=True, exist_ok=True)
    return out / name
