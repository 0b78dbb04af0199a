"""``study=pair``: two schemes side by side, as the studio keeps them in a file."""

import time
from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console

from experiments.config.request import Request
from experiments.config.settings import PairSettings
from experiments.designs.pair import MOST_TEXT, Pair, as_mapping, from_yaml
from experiments.errors import UserError
from experiments.figures.save import save
from experiments.figures.trajectories import events, trajectories
from experiments.report.ending import say_end
from experiments.report.sentences import sentence
from experiments.runs.runner import carry_out
from experiments.statistics.effects import EFFECTS, Effect, effects, lookup
from experiments.store.store import RUNS, WEEKS, Store
from experiments.words.screen import console, estimate, say

SHOWN = {
    "reported_tokens": "Reported usage",
    "output": "Real output",
}


def run(request: Request) -> None:
    """Simulate both sides of a pair, store them and say what the second one does."""
    start = time.perf_counter()
    request.settings_as(PairSettings)
    pair = read(request)
    # All that decides the results stands in the file, so that it belongs to the config.
    request = replace(
        request,
        seed=pair.seed,
        config=request.config | {"seed": pair.seed, "pair": as_mapping(pair)},
    )
    design = pair.design()
    done = carry_out(request, design, lambda store: _evaluate(store, pair))
    screen = console()
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    _print(screen, pair, effects(done.store.read(RUNS), pair.labels[0]))
    weeks = done.store.read(WEEKS).to_pandas()
    first, second = pair.labels
    chart = trajectories(weeks, [second], first, tuple(events(design.schemes)))
    save(chart, done.folder, "trajectories")
    say_end(screen, done, (RUNS, WEEKS, EFFECTS.name), start)


def read(request: Request) -> Pair:
    """The pair of a request; raises ``UserError`` if its file cannot be used."""
    path = request.data
    assert path is not None
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MOST_TEXT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise UserError(
            f"data={path}: cannot read the file ({reason.lower()})."
        ) from None
    try:
        return from_yaml(text)
    except UserError as wrong:
        raise UserError(f"data={path}: {wrong}") from None


def _evaluate(store: Store, pair: Pair) -> Sequence[str]:
    rows = effects(store.read(RUNS), pair.labels[0])
    EFFECTS.write(store.folder / EFFECTS.name, rows)
    return [EFFECTS.name]


def _print(screen: Console, pair: Pair, rows: Sequence[Effect]) -> None:
    first, second = pair.labels
    found = lookup(rows)
    people = pair.scenario(pair.first).organisation.employees
    say(
        screen,
        f"{second} against {first}: {people:,} people, {pair.weeks} weeks, "
        f"{pair.replicates} replicates of each, seed {pair.seed}",
        style="bold",
    )
    if not pair.is_of_this_model:
        say(
            screen,
            "The file was kept by another version of the model: numbers may differ.",
            style="yellow",
        )
    say(screen, sentence(second, found))
    for name, words in SHOWN.items():
        effect = found[second, name, "whole"]
        ends = effect.percent, effect.percent_low, effect.percent_high
        shown = estimate(*ends, sign=True)
        say(screen, f"{words}: {shown.value or '–'} % {shown.ends}", 2)
