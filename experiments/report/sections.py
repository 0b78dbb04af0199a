"""Sections that the pages of a comparison and of one scheme share."""

from collections.abc import Mapping, Sequence

from experiments.designs.design import Design
from experiments.report.charts import Pictures
from experiments.report.page import (
    Block,
    Entry,
    Facts,
    Items,
    Section,
    Subsection,
    Text,
    paragraphs,
)
from experiments.runs.trial import Trial
from experiments.words.gaming import LIMITS, Game, gaming
from experiments.words.screen import count
from model.scenario import Scenario


def about(design: Design) -> str:
    """Say how large a study is."""
    text = (
        f"{design.employees:,} people, {count(design.weeks, 'week')} after a warm-up, "
        f"{count(design.points[0].replicates, 'replicate')}, seed {design.seed}."
    )
    if len(design.schemes) == 1:
        return text
    return f"{text} Every scheme has the same people, tasks and luck."


def ways(pictures: Pictures) -> Section:
    """Show how effects come about."""
    return Section("ways", "How it comes about", pictures["ways"])


def precision(said: Sequence[str], pictures: Pictures) -> Section:
    """Say and show how well the numbers are known."""
    blocks: list[Block] = [*paragraphs(said), *pictures["precision"]]
    return Section("known", "How well it is known", blocks)


def games(schemes: Mapping[str, Scenario], baseline: str | None) -> Section:
    """Say how each scheme could be gamed."""
    text = (
        "What a part does, how people could game it, and what theory expects. The last "
        "is a prediction to be tested, not a result."
    )
    blocks: list[Block] = [Text(text)]
    blocks += [_games(*told) for told in gaming(schemes, baseline)]
    return Section("gaming", "How each scheme could be gamed", blocks, "Gaming")


def _games(scheme: str, note: str, games: Sequence[Game]) -> Subsection:
    blocks: list[Block] = [*paragraphs([note])]
    if games:
        blocks.append(Facts([_game(game) for game in games]))
    return Subsection(f"gaming-{scheme}", scheme, blocks)


def _game(game: Game) -> Entry:
    texts = [Text(game.does), Text(game.game, "Gaming")]
    if game.prediction:
        texts.append(Text(game.prediction, "Theory", is_faint=True))
    return Entry(game.incentive, texts)


def limits() -> Section:
    """Say what was not modelled."""
    return Section("limits", "What was not modelled", [Items(LIMITS)], "Not modelled")


def about_trial(trial: Trial) -> str:
    """Say how much was simulated to check a claim."""
    return (
        f"{trial.people:,} people in each organisation, {trial.replicates} replicates, "
        f"seed {trial.seed}."
    )
