"""Share and keep: every state is a link and a file that the command line runs."""

from collections.abc import Callable

import solara

from app import visitor
from app.compare import brief
from app.comparison import Comparison
from app.pair_link import as_query
from app.parts import Folded, Refusal
from experiments.designs.pair import MOST_TEXT, Pair, as_yaml, from_yaml
from experiments.errors import UserError
from experiments.figures.save import rendered

BESIDE = {"flex-wrap": "wrap", "gap": "8px"}
OTHER_MODEL = (
    "This was made with another version of the model: the numbers shown here are those "
    "of the present one and may differ from what its author saw."
)


@solara.component
def Share(pair: Pair, comparison: Comparison | None) -> None:
    """The link, the files and the brief of what is shown, and a file of one's own."""
    link = f"/?{as_query(pair)}"
    Refusal("" if pair.is_of_this_model else OTHER_MODEL)

    def ways() -> None:
        with solara.Column():
            solara.HTML(
                tag="p",
                unsafe_innerHTML=f'<a href="{escaped_link(link)}">Link to exactly this '
                "state</a> (copy its address)",
            )
            with solara.Row(style=BESIDE):
                solara.FileDownload(
                    as_yaml(pair), "pair.yaml", "YAML for the command line"
                )
                if comparison and not comparison.is_preview:
                    Files(comparison, link)
            Upload()

    Folded("Share and keep", ways)


@solara.component
def Files(comparison: Comparison, link: str) -> None:
    """Downloads of a finished comparison; each is made when it is asked for."""

    def picture(form: str) -> Callable[[], bytes]:
        return lambda: rendered(brief.chart(comparison), form)

    def said() -> brief.Brief:
        return brief.brief(comparison, link)

    with solara.Row(style=BESIDE):
        for make, name, label in (
            (lambda: brief.as_pdf(said()), "brief.pdf", "Policy brief, PDF"),
            (lambda: brief.as_html(said()), "brief.html", "Policy brief, HTML"),
            (picture("png"), "comparison.png", "Chart, PNG"),
            (picture("svg"), "comparison.svg", "Chart, SVG"),
            (lambda: brief.table(comparison), "effects.csv", "All effects, CSV"),
        ):
            solara.FileDownload(make, name, label)


@solara.component
def Upload() -> None:
    """Takes a file that was kept before, validated like a config."""

    def take(file: solara.components.file_drop.FileInfo) -> None:
        try:
            if file["size"] > MOST_TEXT:
                raise UserError(f"the file has more than {MOST_TEXT:,} bytes.")
            text = file["file_obj"].read(MOST_TEXT + 1).decode()
            visitor.pair.value = from_yaml(text)
            visitor.refused.value = ""
        except (UserError, UnicodeDecodeError) as wrong:
            reason = wrong if isinstance(wrong, UserError) else "it is not a text file."
            visitor.refused.value = f"The file cannot be used: {reason}"

    solara.FileDrop("Drop a pair.yaml here to open it", on_file=take, lazy=True)


def escaped_link(link: str) -> str:
    """A link as the value of an attribute."""
    return link.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
