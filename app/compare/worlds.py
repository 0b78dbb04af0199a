"""How sure the answer is: in how many plausible worlds it comes out so."""

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from html import escape
from typing import NamedTuple

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.certificate import Certificate, computed, known
from app.components import Panel, Paragraph
from app.worlds_bar import NAMES, UNKNOWN, bar
from experiments.designs.pair import Pair
from experiments.errors import UserError
from experiments.report.worlds import NOT_YOURS, WHICH, sentence
from experiments.statistics.worlds import CLEAR, InWorlds, overall
from experiments.words.structures import STRUCTURES

WAITS = "In how many other plausible worlds it is so comes after these runs."


class Sure(NamedTuple):
    """What is known of a pair in other worlds.

    Attributes
    ----------
    subject : Pair or None
        Whose certificate it is; None before the first one.
    certificate : Certificate or None
        What the worlds so far say, if any were looked at.
    is_coming : bool
        Whether there is more to come.
    """

    subject: Pair | None = None
    certificate: Certificate | None = None
    is_coming: bool = False


def use_certificate(pair: Pair, *, is_ready: bool, is_coming: bool) -> Sure:
    """Look up the certificate of a pair, or compute it once the pair is ready."""
    subject = replace(pair, replicates=1)
    found: Sure
    found, set_found = solara.use_state(Sure())

    async def work() -> None:
        if not is_ready or known(subject):
            return
        set_found(Sure(subject, is_coming=True))
        context = get_current_context()
        try:
            async with aclosing(computed(subject, context.id)) as steps:
                async for step in steps:
                    if not visitor.is_watched(context):
                        break
                    set_found(Sure(subject, step, not step.is_whole))
        except UserError:  # more work than one visitor may ask for
            set_found(Sure(subject))

    use_task(work, dependencies=[subject, is_ready])
    ready = known(subject)
    if ready:
        return Sure(subject, ready)
    if found.subject == subject:
        return found
    return Sure(subject, is_coming=is_coming or is_ready)


def said(certificate: Certificate) -> str:
    """Say in a sentence in how many worlds output falls, hardly moves and rises."""
    rows = overall(certificate.rows())
    if not rows:
        return UNKNOWN
    [row] = rows.values()
    if certificate.is_whole:
        return sentence(row)
    return f"So far {row.worlds} of {certificate.of} worlds: {sentence(row)}"


def missing(sure: Sure) -> str:
    """Say why there is no certificate."""
    return WAITS if sure.is_coming else UNKNOWN


@solara.component
def Verdict(sure: Sure) -> None:
    """Show the bar of all worlds and its sentence."""
    with solara.Div(classes=["verdict"]):
        if sure.certificate:
            for row in overall(sure.certificate.rows()).values():
                solara.HTML(tag="div", unsafe_innerHTML=bar(row))
            Paragraph(said(sure.certificate))
        else:
            Paragraph(missing(sure), "quiet")


@solara.component
def Worlds(sure: Sure) -> None:
    """Show the bars by rule of choice and by law of rework, and what they mean."""
    certificate = sure.certificate
    with Panel("How sure is that?"):
        if certificate is None:
            Paragraph(missing(sure), "quiet")
            return
        Paragraph(
            f"{len(certificate.effects)} {WHICH}, one run of each side in each"
            f"{', computed ahead' if certificate.is_shipped else ''}: of 100 of them, "
            f"in how many real output {NAMES['falls']} (by more than {CLEAR} %), "
            f"{NAMES['little']}, {NAMES['rises']}.",
            "quiet",
        )
        solara.HTML(
            tag="div",
            unsafe_innerHTML="".join(lines(certificate.rows())),
            classes=["worlds"],
        )
        Paragraph(NOT_YOURS, "quiet")


def lines(rows: list[InWorlds]) -> Iterator[str]:
    """Yield the names and the bars of structures, in HTML."""
    for structure in STRUCTURES:
        own = [row for row in rows if row.among == structure.short]
        if own:
            yield f"<h3>By {structure.doubt}</h3>"
        for row in own:
            yield f"<span>{escape(row.structure)}</span>{bar(row)}"
