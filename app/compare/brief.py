"""The policy brief: what a few pages say about a comparison, and its form as HTML.

Every number comes from the comparison that the page shows.
"""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

from app.certificate import Certificate
from app.compare.brief_worlds import in_worlds
from app.compare.cover import Cover, today
from app.compare.money import Line, Terms, budget_sentence, lines
from app.compare.numbers import (
    dollars,
    in_percent,
    net_value,
    signed_dollars,
    with_minus,
)
from app.compare.people_words import said as said_of_people
from app.compare.timeline_bar import Stretch, stretches
from app.comparison import Comparison
from experiments.designs.pair import as_yaml, this_model
from experiments.figures.channels import CHANNELS
from experiments.figures.save import rendered
from experiments.figures.trajectories import trajectories
from experiments.report.cells import shares
from experiments.report.gains import sentence
from experiments.statistics.accounts import by_group
from experiments.statistics.effects import EFFECTS
from experiments.store.dataset import SUFFIX
from experiments.words import schemes as words
from experiments.words.gaming import LIMITS
from experiments.words.screen import number, percent, rounded
from model.scenario import Scenario

TEMPLATES = Path(__file__).parent / "templates"
MOST_QR = 1000
"""Most characters of a link that a camera reads from paper as a QR code."""


@dataclass(frozen=True)
class Brief:
    """What a brief says.

    Attributes
    ----------
    byline : str
        Author, date, and for how many people.
    decision : str
        In the author's words; empty if they said none.
    numbers : tuple of (str, str, str)
        Name, value and interval of each number.
    money : tuple of (str, str, str, str, str)
        Name of each part of net value, its $ under both schemes, the difference and
        its interval; the sum comes last.
    timeline : tuple of (str, tuple of Stretch)
        Label of each side, with the stretches of its run.
    schemes : tuple of (str, tuple of (str, str))
        Label of each side, with the title and description of each of its incentives.
    channels : tuple of (str, str, str)
        Name, change of output in % and interval of each channel.
    losers : tuple of str
        Who gains and who loses, in sentences.
    chart, code : bytes
        PNG; the code is the link as a QR code, empty if the link is too long for one.
    """

    title: str
    byline: str
    decision: str
    answer: str
    about: str
    numbers: tuple[tuple[str, str, str], ...]
    money_terms: str
    money: tuple[tuple[str, str, str, str, str], ...]
    budget: str
    timeline: tuple[tuple[str, tuple[Stretch, ...]], ...]
    schemes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    channels: tuple[tuple[str, str, str], ...]
    losers: tuple[str, ...]
    sure: tuple[str, ...]
    limits: tuple[str, ...]
    yaml: str
    link: str
    model: str
    chart: bytes
    code: bytes

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of both sides."""
        return tuple(label for label, _ in self.timeline)


def brief(
    comparison: Comparison,
    certificate: Certificate | None,
    link: str,
    cover: Cover,
    terms: Terms,
) -> Brief:
    """Write the brief of a finished comparison.

    ``certificate`` is None if no other worlds were looked at; ``link`` restores the
    comparison, ``cover`` holds the author's words, and ``terms`` say how money is told.
    """
    pair = comparison.pair
    first, second = pair.labels
    scenarios = [pair.scenario(side) for side in (pair.first, pair.second)]
    sides = [*zip(pair.labels, scenarios, strict=True)]
    people = scenarios[0].organisation.employees
    whom = f"for {terms.company(comparison):,} people"
    return Brief(
        title=cover.title or f"What {second} does, against {first}",
        byline=", ".join(filter(None, (cover.author, cover.date or today(), whom))),
        decision=cover.decision,
        answer=comparison.sentence,
        about=(
            f"Simulated with {people:,} people over {pair.weeks} weeks, "
            f"{comparison.replicates} replicates of each side, seed {pair.seed}; the "
            "same people, tasks and luck on both sides."
        ),
        numbers=_numbers(comparison, terms),
        money_terms=terms.said(comparison),
        money=tuple(map(_in_dollars, lines(comparison, terms))),
        budget=budget_sentence(comparison, terms),
        timeline=tuple((label, tuple(stretches(of))) for label, of in sides),
        schemes=tuple((label, tuple(parts_of(of))) for label, of in sides),
        channels=_channels(comparison),
        losers=tuple(_losers(comparison)),
        sure=(
            *in_worlds(certificate),
            "Intervals are 95 % intervals of the paired difference over replicates: "
            "they hold luck, not what nobody knows about people and technology.",
        ),
        limits=LIMITS,
        yaml=as_yaml(pair),
        link=link,
        model=this_model(),
        chart=rendered(chart(comparison), "png"),
        code=qr(link),
    )


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


def qr(link: str) -> bytes:
    """Draw a link as a QR code, PNG; empty if it is too long to be read from paper."""
    if len(link) > MOST_QR:
        return b""
    picture = io.BytesIO()
    segno.make(link, error="l", micro=False).save(picture, kind="png", scale=4)
    return picture.getvalue()


def as_html(content: Brief) -> str:
    """Return the brief as one HTML file."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    picture, code = (
        base64.b64encode(png).decode() for png in (content.chart, content.code)
    )
    text: str = environment.get_template("brief.html.j2").render(
        brief=content, picture=picture, code=code
    )
    return text


def _numbers(comparison: Comparison, terms: Terms) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for label, outcome in (
        ("Reported usage", "reported_tokens"),
        ("Real output", "output"),
    ):
        effect = in_percent(comparison, outcome)
        rows.append((label, f"{effect.value or '–'} %", effect.ends))
    net = net_value(comparison)
    rows.append(("Net value, per employee and year", net.value or "–", net.ends))
    company = Terms(is_company=True, people=terms.people)
    whole = signed_dollars(*lines(comparison, company)[-1].difference)
    whom = f"Net value, for {company.company(comparison):,} people and year"
    rows.append((whom, whole.value, whole.ends))
    worse = shares(comparison.fates.overall)
    rows.append(("People who are worse off", worse.value or "–", worse.ends))
    second = comparison.pair.labels[1]
    core, trivial, padded = (
        100.0 * (comparison.panel.mean(second, name + SUFFIX["whole"]) or 0.0)
        for name in ("genuine_share", "trivial_share", "padded_token_share")
    )
    split = f"core work {percent(core)} %, trivial {percent(trivial)} %"
    total = f"{percent(core + trivial)} %"
    rows.append(("Genuine AI use, share of half-days", total, split))
    rows.append(("Padded tokens, share of all", f"{percent(padded)} %", ""))
    return tuple(rows)


def _in_dollars(line: Line) -> tuple[str, str, str, str, str]:
    shown = signed_dollars(*line.difference)
    ends = shown.ends if shown.low != shown.high else ""
    return line.name, dollars(line.first), dollars(line.second), shown.value, ends


def _losers(comparison: Comparison) -> Iterator[str]:
    """Yield who is worse off, and how many lose output and gain some."""
    fates = comparison.fates
    yield sentence(comparison.pair.labels[1], by_group(fates.rows))
    if fates.spreads:
        yield said_of_people(fates, "output")


def _channels(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    first = comparison.pair.labels[0]
    output = comparison.panel.mean(first, "output" + SUFFIX["whole"]) or 1.0
    rows = []
    for name, (label, _) in CHANNELS.items():
        effect = comparison.effect(name)
        percents = (
            None if x is None else 100.0 * x / output
            for x in (effect.effect, effect.low, effect.high)
        )
        change = with_minus(rounded(*percents, sign=True))
        if effect.effect:
            rows.append((label, f"{change.value} %", change.ends))
    return tuple(rows) or (("no channel changes", f"{number(0.0)} %", ""),)


def table(comparison: Comparison) -> str:
    """Return all effects of a comparison as the text of a CSV file."""
    return EFFECTS.text(comparison.effects.values())
