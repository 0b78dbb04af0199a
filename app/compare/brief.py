"""The policy brief: two pages on one comparison, as HTML and as PDF.

Every number comes from the comparison that is shown; both forms say the same.
"""

import base64
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib import get_data_path

from app.comparison import Comparison
from experiments.designs.pair import as_yaml, this_model
from experiments.figures.save import rendered
from experiments.figures.trajectories import trajectories
from experiments.report.sentences import CHANNELS
from experiments.statistics.effects import EFFECTS
from experiments.store.dataset import SUFFIX
from experiments.words import schemes as words
from experiments.words.gaming import LIMITS
from experiments.words.screen import estimate, number, percent

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(get_data_path()) / "fonts" / "ttf"
WEEKS_A_YEAR = 52.0
MARGIN = 16.0  # mm


@dataclass(frozen=True)
class Brief:
    """What a brief says.

    Attributes
    ----------
    numbers : tuple of (str, str, str)
        What it is, the value, its interval.
    schemes : tuple of (str, tuple of (str, str))
        Each side and its parts in plain words.
    channels : tuple of (str, str, str)
        Through which channels output changes, % of the first side's output.
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
    chart: bytes  # PNG


def brief(comparison: Comparison, link: str) -> Brief:
    """Say everything that a brief says of a comparison."""
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
            (label, tuple(words.parts(scenario, scenario)))
            for label, scenario in zip(pair.labels, scenarios, strict=True)
        ),
        channels=_channels(comparison),
        sure=(
            "Intervals are 95 % intervals of the paired difference over replicates: "
            "they hold luck, not what nobody knows about people and technology.",
            "The sign may turn where people learn faster, believe otherwise or cause "
            "more rework, and under other rules of choice: tokenmaxxing study=compare "
            "shows nine such worlds and five rules.",
        ),
        limits=LIMITS,
        yaml=as_yaml(pair),
        link=link,
        model=this_model(),
        chart=rendered(chart(comparison), "png"),
    )


def chart(comparison: Comparison) -> Any:
    """Reported usage and the difference in real output week by week, for print."""
    first, second = comparison.pair.labels
    weeks = comparison.weekly.to_pandas()
    return trajectories(weeks, [second], first, comparison.events)


def as_html(content: Brief) -> str:
    """The brief as a page that stands alone and prints on two sheets."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    picture = base64.b64encode(content.chart).decode()
    text: str = environment.get_template("brief.html.j2").render(
        brief=content, picture=picture
    )
    return text


def as_pdf(content: Brief) -> bytes:
    """The brief as a PDF of two A4 pages."""
    pdf = _Sheet(format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        pdf.add_font("DejaVu", style, FONTS / file)
    pdf.set_title(content.title)
    pdf.set_lang("en-GB")
    pdf.add_page()
    pdf.paragraph(content.title, 16, bold=True)
    pdf.paragraph(content.answer, 11)
    pdf.paragraph(content.about, 8, grey=True)
    pdf.rows([(n, v, e) for n, v, e in content.numbers], (70, 40, 66), bold=1)
    alt = "Reported usage and the difference in real output, week by week"
    pdf.image(io.BytesIO(content.chart), w=pdf.epw, alt_text=alt)
    pdf.ln(3)
    pdf.paragraph("Through which channels output changes", 11, bold=True)
    pdf.rows(list(content.channels), (90, 30, 56), bold=1)
    pdf.add_page()
    for name, parts in content.schemes:
        pdf.paragraph(f"The scheme: {name}", 11, bold=True)
        for title, text in parts:
            pdf.paragraph(f"{title}: {text}", 8.5)
    pdf.paragraph("How sure is that?", 11, bold=True)
    for text in content.sure:
        pdf.paragraph(text, 8.5)
    pdf.paragraph("What is not modelled", 11, bold=True)
    for text in content.limits:
        pdf.paragraph(f"• {text}", 8)
    pdf.paragraph("To repeat it", 11, bold=True)
    pdf.paragraph(f"tokenmaxxing study=pair data=pair.yaml, with\n{content.yaml}", 7.5)
    pdf.paragraph(f"Model {content.model}.", 7.5, grey=True)
    return bytes(pdf.output())


class _Sheet(FPDF):
    """Paragraphs and rows in the fonts and colours of the house."""

    def paragraph(
        self, text: str, size: float, *, bold: bool = False, grey: bool = False
    ) -> None:
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*((91, 103, 112) if grey else (31, 41, 51)))
        self.multi_cell(
            0, size * 0.47, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.ln(1.2)

    def rows(
        self, lines: list[tuple[str, ...]], widths: tuple[float, ...], *, bold: int
    ) -> None:
        self.set_text_color(31, 41, 51)
        self.set_draw_color(217, 222, 227)
        for line in lines:
            for k, (text, width) in enumerate(zip(line, widths, strict=True)):
                self.set_font("DejaVu", "B" if k == bold else "", 9)
                self.cell(width, 5.4, text, border="B")
            self.ln(5.4)
        self.ln(2.5)


def _numbers(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    second = comparison.pair.labels[1]
    found = []
    for name, words_ in (
        ("reported_tokens", "Reported usage"),
        ("output", "Real output"),
    ):
        effect = comparison.effects[second, name, "whole"]
        ends = effect.percent, effect.percent_low, effect.percent_high
        shown = estimate(*ends, sign=True)
        found.append((words_, f"{shown.value or '–'} %", shown.ends))
    net = comparison.effects[second, "net_value", "whole"]
    yearly = (
        None if x is None else WEEKS_A_YEAR * x for x in (net.effect, net.low, net.high)
    )
    shown = estimate(*yearly, sign=True)
    label = "Net value, $ per employee and year"
    found.append((label, shown.value or "–", shown.ends))
    share = comparison.panel.mean(second, "padded_token_share" + SUFFIX["whole"])
    shown_share = "–" if share is None else f"{percent(100.0 * share)} %"
    found.append(("Padded tokens, share of all", shown_share, ""))
    return tuple(found)


def _channels(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    first, second = comparison.pair.labels
    whole = comparison.panel.mean(first, "output" + SUFFIX["whole"]) or 1.0
    rows = []
    for name, (less, more) in CHANNELS.items():
        effect = comparison.effects[second, name, "whole"]
        size = effect.effect or 0.0
        ends = (
            None if x is None else 100.0 * x / whole
            for x in (effect.effect, effect.low, effect.high)
        )
        shown = estimate(*ends, sign=True)
        if size != 0.0:
            rows.append((more if size > 0.0 else less, f"{shown.value} %", shown.ends))
    return tuple(rows) or (("no channel changes", f"{number(0.0)} %", ""),)


def table(comparison: Comparison) -> str:
    """All effects of a comparison as the text of a CSV file."""
    return EFFECTS.text(comparison.effects.values())
