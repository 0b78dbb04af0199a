"""Keep a pair: as a file for the command line, as a brief, a chart or a table."""

from collections.abc import Callable

import solara

from app import visitor
from app.compare import brief
from app.compare.brief_pdf import as_pdf
from app.compare.cover import CoverFields, cover
from app.compare.folded import Folded
from app.compare.money_view import terms
from app.compare.state import refused
from app.compare.worlds import Sure
from app.comparison import Comparison
from app.components import Refusal
from app.file import FileChooser
from app.pair_link import as_query
from experiments.designs.pair import MOST_TEXT, Pair, as_yaml, from_yaml
from experiments.errors import UserError
from experiments.figures.save import rendered

BESIDE = {"flex-wrap": "wrap", "gap": "8px"}
OTHER_MODEL = (
    "This was made with another version of the model: the numbers shown here are those "
    "of the present one and may differ from what its author saw."
)


@solara.component
def Share(pair: Pair, comparison: Comparison | None, sure: Sure) -> None:
    """Offer the files of a pair, and to open such a file."""
    Refusal("" if pair.is_of_this_model else OTHER_MODEL)

    def content() -> None:
        with solara.Column():
            with solara.Row(style=BESIDE):
                solara.FileDownload(
                    as_yaml(comparison.pair if comparison else pair),
                    "pair.yaml",
                    "YAML for the command line",
                )
                if comparison and not comparison.is_preview:
                    link = f"{visitor.origin.value}/compare?{as_query(pair)}"
                    Files(comparison, sure, link)
            Upload()

    Folded("Keep and open files", content)


@solara.component
def Files(comparison: Comparison, sure: Sure, link: str) -> None:
    """Offer the files of a finished comparison; each is made when it is downloaded."""

    def picture(form: str) -> Callable[[], bytes]:
        return lambda: rendered(brief.chart(comparison), form)

    def content() -> brief.Brief:
        return brief.brief(comparison, sure.certificate, link, cover.value, terms.value)

    CoverFields()
    with solara.Row(style=BESIDE):
        for make, name, label in (
            (lambda: as_pdf(content()), "brief.pdf", "Policy brief, PDF"),
            (lambda: brief.as_html(content()), "brief.html", "Policy brief, HTML"),
            (picture("png"), "comparison.png", "Chart, PNG"),
            (picture("svg"), "comparison.svg", "Chart, SVG"),
            (lambda: brief.table(comparison), "effects.csv", "All effects, CSV"),
        ):
            solara.FileDownload(make, name, label)


def Upload() -> None:
    """Open a file that was kept before, validated like a config."""

    def refuse(reason: str) -> None:
        refused.value = f"The file cannot be used: {reason}"

    def take(text: str) -> None:
        try:
            visitor.pair.value = from_yaml(text)
            refused.value = ""
        except UserError as error:
            refuse(str(error))

    FileChooser("Open a pair.yaml", ".yaml,.yml", MOST_TEXT, take, refuse)
