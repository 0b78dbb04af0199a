"""The policy brief: what two pages say about a comparison, and its form as HTML.

Every number comes from the comparison that the page shows.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

from app.certificate import Certificate
from app.compare.numbers import in_percent, net_value
from app.compare.worlds import said
from app.comparison import Comparison
from app.worlds_bar import UNKNOWN
from experiments.designs.pair import as_yaml, this_model
from experiments.figures.save import rendered
from experiments.figures.trajectories import trajectories
from experiments.report.cells import shares
from experiments.report.sentences import CHANNELS
from experiments.report.worlds import NOT_YOURS, WHICH, hundred
from experiments.statistics.effects import EFFECTS
from experiments.store.dataset import SUFFIX
from experiments.words import schemes as words
from experiments.words.gaming import LIMITS
from experiments.words.screen import number, percent, rounded
from experiments.words.structures import STRUCTURES
from model.scenario import Scenario

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Brief:
    """What a brief says.

    Attributes
    ----------
    numbers : tuple of (str, str, str)
        Name, value and interval of each number.
    schemes : tuple of (str, tuple of (str, str))
        Label of each side, with the title and description of each of its incentives.
    channels : tuple of (str, str, str)
        Name, change of output in % and interval of each channel.
    chart : bytes
        PNG.
    """

    title: str
    answer: str
    about: str
    numbers: tuple[tuple[str, str, str], ...]
    schemes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    channels: tuple[tuple[str, str, str], ...]
    sure: tuple[str, ...]
    limits: tuple[str, ...]
    yaml: str
    link: str
    model: str
    chart: bytes


def brief(comparison: Comparison, certificate: Certificate | None, link: str) -> Brief:
    """Write the brief of a finished comparison.

    ``certificate`` is None if no other worlds were looked at; ``link`` restores the
    comparison.
    """
    pair = comparison.pair
    first, second = pair.labels
    scenarios = [pair.scenario(side) for side in (pair.first, pair.second)]
    people = scenarios[0].organisation.employees
    return Brief(
        title=f"What {second} does, against {first}",
        answer=comparison.sentence,
        about=(
            f"Simulated with {people:,} people over {pair.weeks} weeks, "
            f"{comparison.replicates} replicates of each side, seed {pair.seed}; the "
            "same people, tasks and luck on both sides."
        ),
        numbers=_numbers(comparison),
        schemes=tuple(
            (label, tuple(parts_of(scenario)))
            for label, scenario in zip(pair.labels, scenarios, strict=True)
        ),
        channels=_channels(comparison),
        sure=(
            *_in_worlds(certificate),
            "Intervals are 95 % intervals of the paired difference over replicates: "
            "they hold luck, not what nobody knows about people and technology.",
        ),
        limits=LIMITS,
        yaml=as_yaml(pair),
        link=link,
        model=this_model(),
        chart=rendered(chart(comparison), "png"),
    )


def _in_worlds(certificate: Certificate | None) -> Iterator[str]:
    """Yield in how many worlds output falls and rises, by each structure, too."""
    rows = certificate.rows() if certificate else []
    if not certificate or not rows:
        yield UNKNOWN
        return
    yield f"{said(certificate)} These are {WHICH}; {len(certificate.effects)} were run."
    for structure in STRUCTURES:
        own = [row for row in rows if row.among == structure.short]
        if own:
            each = "; ".join(
                f"{row.structure} {hundred(row.falls)} / {hundred(row.rises)}"
                for row in own
            )
            yield (
                f"By {structure.doubt}, of 100 worlds each, clearly falls / clearly "
                f"rises: {each}."
            )
    yield NOT_YOURS


def parts_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield what a scheme consists of, and what its timeline changes."""
    yield from words.contents(scenario, scenario)
    for week, sentences in words.timeline(scenario):
        yield f"From week {week}", " ".join(sentences)


def chart(comparison: Comparison) -> Figure:
    """Draw reported usage and the difference in real output by week, for print."""
    first, second = comparison.pair.labels
    weeks = comparison.weekly.to_pandas()
    return trajectories(weeks, [second], first, comparison.events)


def as_html(content: Brief) -> str:
    """Return the brief as one HTML file, which prints on two sheets."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    png = base64.b64encode(content.chart).decode()
    text: str = environment.get_template("brief.html.j2").render(
        brief=content, picture=png
    )
    return text


def _numbers(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for label, outcome in (
        ("Reported usage", "reported_tokens"),
        ("Real output", "output"),
    ):
        effect = in_percent(comparison, outcome)
        rows.append((label, f"{effect.value or '–'} %", effect.ends))
    net = net_value(comparison)
    rows.append(("Net value, per employee and year", net.value or "–", net.ends))
    worse = shares(comparison.fates.overall)
    rows.append(("People who are worse off", worse.value or "–", worse.ends))
    second = comparison.pair.labels[1]
    core, trivial, padded = (
        100.0 * (comparison.panel.mean(second, name + SUFFIX["whole"]) or 0.0)
        for name in ("genuine_share", "trivial_share", "padded_token_share")
    )
    split = f"core work {percent(core)} %, trivial {percent(trivial)} %"
    whole = f"{percent(core + trivial)} %"
    rows.append(("Genuine AI use, share of half-days", whole, split))
    rows.append(("Padded tokens, share of all", f"{percent(padded)} %", ""))
    return tuple(rows)


def _channels(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    first = comparison.pair.labels[0]
    output = comparison.panel.mean(first, "output" + SUFFIX["whole"]) or 1.0
    rows = []
    for name, (less, more) in CHANNELS.items():
        effect = comparison.effect(name)
        size = effect.effect or 0.0
        percents = (
            None if x is None else 100.0 * x / output
            for x in (effect.effect, effect.low, effect.high)
        )
        change = rounded(*percents, sign=True)
        if size != 0.0:
            label = more if size > 0.0 else less
            rows.append((label, f"{change.value} %", change.ends))
    return tuple(rows) or (("no channel changes", f"{number(0.0)} %", ""),)


def table(comparison: Comparison) -> str:
    """Return all effects of a comparison as the text of a CSV file."""
    return EFFECTS.text(comparison.effects.values())
