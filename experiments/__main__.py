"""The command ``tokenmaxxing``: overrides in, a study out."""

import importlib
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from experiments.config.catalogue import CONFIGS
from experiments.config.compose import read
from experiments.config.declared import offered
from experiments.config.help import page, version
from experiments.config.overrides import Override, check_hydras, last_of_each, literal
from experiments.config.paths import is_path, paths
from experiments.config.request import ask
from experiments.config.settings import module_of
from experiments.errors import UserError
from experiments.streams import standard_streams
from model.first_start import begin
from tokenmaxxing import another

STUDIO = "app"
"""The word that opens the studio instead of a study."""
FLAGS = {
    "--cfg": 1,  # how many words follow
    "-c": 1,
    "--package": 1,
    "-p": 1,
    "--resolve": 0,
    "--multirun": 0,
    "-m": 0,
    "--info": 0,
    "-i": 0,
    "--hydra-help": 0,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Carry out one command; exit with code 2 after a mistake of the user."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with standard_streams():
        try:
            _dispatch(given)
        except UserError as wrong:
            print(f"tokenmaxxing: {wrong}", file=sys.stderr)
            sys.exit(2)
        except KeyboardInterrupt:
            print(
                "tokenmaxxing: interrupted; the same command goes on from what is "
                "finished",
                file=sys.stderr,
            )
            sys.exit(130)


def _dispatch(given: list[str]) -> None:
    if any(word in ("-h", "--help", "help") for word in given):
        print(page())
    elif "--version" in given:
        print(version())
    elif given[:1] == [STUDIO]:
        if foreign := another(STUDIO):
            raise UserError(foreign)
        # Imported by name: the experiments must not depend on the studio.
        importlib.import_module("app.server").start(given[1:])
    elif any(word.startswith("-") for word in given):
        _by_hydra(given)
    else:
        _study(given)


def _study(overrides: Sequence[str]) -> None:
    request = ask(overrides)
    begin()  # compiles, if need be, while this process imports
    # Imported late: charts and storage take time that other commands do not need.
    study = importlib.import_module(module_of(request.study))
    study.run(request)


def _by_hydra(given: list[str]) -> None:
    """Let Hydra handle its own flags, after our check of all names."""
    flags, texts = _flags(given)
    sweeps = "-m" in flags or "--multirun" in flags
    hydras = [text for text in texts if text.startswith("hydra")]
    for text in hydras:
        check_hydras(text)
    ours = [text for text in texts if text not in hydras and not is_path(text)]
    overrides = read(ours, sweeps=sweeps)
    for key, path in paths(texts).items():
        overrides.append(Override(key, literal(str(path) if path else None)))
    kept = [override.text for override in last_of_each(overrides)]
    with ExitStack() as stack:
        if sweeps:
            notes = stack.enter_context(_folder_for_notes())
            hydras.insert(0, f"hydra.sweep.dir={literal(notes)}")
        stack.enter_context(offered())
        sys.argv = ["tokenmaxxing", *flags, *kept, *hydras]
        try:
            hydra.main(
                version_base="1.3", config_path=str(CONFIGS), config_name="config"
            )(_job)()
        except SystemExit as end:
            # Hydra has said what it refused; its exit code 1 would mean a failed run.
            sys.exit(2 if end.code == 1 else end.code)


def _folder_for_notes() -> tempfile.TemporaryDirectory[str]:
    """Make a folder for what Hydra notes of a --multirun; its own would stay."""
    try:
        return tempfile.TemporaryDirectory(prefix="tokenmaxxing-")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(
            f"--multirun needs a folder for temporary files ({reason}); name one by "
            "TMPDIR."
        ) from None


def _job(_: DictConfig) -> None:
    """Carry out one job of Hydra's, validated like any other command."""
    try:
        _study([str(text) for text in HydraConfig.get().overrides.task])
    except UserError as wrong:
        print(f"tokenmaxxing: {wrong}", file=sys.stderr)
        sys.exit(2)


def _flags(given: list[str]) -> tuple[list[str], list[str]]:
    """Split the arguments into Hydra's flags with their words, and overrides."""
    flags: list[str] = []
    texts: list[str] = []
    words = iter(given)
    for word in words:
        if not word.startswith("-"):
            texts.append(word)
            continue
        name = word.partition("=")[0]
        if name not in FLAGS:
            raise UserError(
                f"there is no flag {word}; flags are {', '.join(FLAGS)}, --help "
                "and --version.\nSettings are written without dashes: key=value."
            )
        flags.append(word)
        if FLAGS[name] and "=" not in word:
            following = next(words, None)
            if following is None:
                raise UserError(f"{word} needs a word after it, such as --cfg job.")
            flags.append(following)
    return flags, texts


if __name__ == "__main__":
    main()
