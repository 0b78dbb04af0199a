"""The page of ``study=certificate``: two screens for a board, then an appendix."""

from collections.abc import Sequence
from pathlib import Path

from experiments.figures.worlds import described, dots
from experiments.report.page import (
    Block,
    Entry,
    Facts,
    Page,
    Section,
    Text,
)
from experiments.report.picture import picture
from experiments.store.dataset import Floats
from experiments.studies.certificate.appendix import appendix
from experiments.studies.certificate.figure import deciders
from experiments.studies.certificate.kept.information import (
    FIRST_THREE,
    NOTHING,
    PLACEBO,
    Information,
)
from experiments.studies.certificate.results import Found
from experiments.studies.certificate.subject import Certificate
from experiments.studies.certificate.words import (
    answer,
    decides,
    known,
    measure,
    named,
    of_100,
    worth_measuring,
)
from experiments.words.screen import count, percent

WORLDS, DECIDES = "certificate_worlds", "certificate_decides"
MOST_MEASURED = 5
LIMITS = (
    (
        "Worlds",
        "A world sets everything that nobody knows, within declared spans, so that "
        "voluntary use comes out as it is known to be. Rules of choice and laws of "
        "rework come in equal numbers: they are no draws from anything.",
    ),
    (
        "Intervals",
        "They are those of draws from these worlds. They are not about your company.",
    ),
    (
        "What decides",
        "Worlds are cut into thirds. One half of the worlds says which third is the "
        "worse, the other how much worse it is. It is named if that is at least 20 of "
        "100, more than for any placebo, in both halves.",
    ),
    (
        "The turn test",
        "One value is changed in bad worlds, all else and all luck stay. What a "
        "placebo turns is turned by luck.",
    ),
    (
        "What to measure",
        "What is chosen for a world is chosen by other worlds, so that noise is worth "
        "nothing. Effects beyond 30 % count as 30 %.",
    ),
    (
        "The least favourable world",
        "A search flatters itself: what it finds is bad by luck, too. So its effect is "
        "told with other luck, with how many worlds near it are plausible.",
    ),
)


def charts(found: Found) -> list[str]:
    """Name the charts of the page; where worlds do not differ nothing can decide."""
    return [WORLDS] if found.always else [WORLDS, DECIDES]


def about(subject: Certificate) -> str:
    """Say how large the study is."""
    worlds = count(subject.run_in, "plausible world")
    if subject.is_fitted:
        worlds = f"{count(subject.run_in, 'world')} that your panel speaks for"
    text = (
        f"{subject.scheme} against {subject.baseline} in {worlds}, one run of each in "
        "a world"
    )
    if subject.others and subject.rivals_in:
        others = count(len(subject.others), "other scheme")
        text += f"; {others} in {subject.rivals_in} of them"
    return f"{text}; seed {subject.seed}."


def page(
    subject: Certificate,
    found: Found,
    effects: Floats,
    columns: Sequence[tuple[str, Floats]],
    folder: Path,
) -> Page:
    """Draw both charts into the folder and make the page."""
    own = {found.scheme: effects}
    title = "The effect on real output in every plausible world"
    drawn = dots(own, found.baseline)
    pictures = [picture(drawn, folder, WORLDS, title, described(own))]
    if DECIDES in charts(found):
        alt = f"{decides(found)} {_thirds_told(found)}"
        drawn = deciders(effects, columns, found.thirds)
        pictures.append(picture(drawn, folder, DECIDES, _caption(found), alt))
    return Page(
        title=f"Certificate: {found.scheme}",
        question=(
            f"How sure is it what {found.scheme} does to real output, what could turn "
            "it, and what should be found out first?"
        ),
        about=about(subject),
        answer=answer(found),
        pictures=pictures,
        sections=[
            _measure(found),
            Section("appendix", "Appendix for referees", appendix(found), "Appendix"),
            Section("limits", "How to read it", [Facts.of(LIMITS)]),
        ],
    )


def _caption(found: Found) -> str:
    if found.deciders:
        return "What decides it: what ranks first"
    return "What ranks first; nothing single decides it"


def _thirds_told(found: Found) -> str:
    """Tell the thirds of what decides to readers who cannot see the chart."""
    return " ".join(
        f"{group.key}, {group.group}: clearly falls in {group.falls}, clearly rises in "
        f"{group.rises} of {group.worlds}."
        for group in found.thirds
    )


def _measure(found: Found) -> Section:
    """Say what to measure first and how, as far as it tells more than placebos."""
    title = "What to measure first"
    if found.always:
        return Section("measure", title, [Text(measure(found))], "Measure")
    now = f"Today the direction is told right in {of_100(known(found, NOTHING).right)}"
    best = worth_measuring(found)[:MOST_MEASURED]
    blocks: list[Block] = [Text(f"{now} of 100 worlds.")]
    if best:
        placebo = of_100(known(found, PLACEBO).right)
        three = of_100(known(found, FIRST_THREE).right)
        blocks = [
            Text(
                f"{now} of 100 worlds, with a placebo in {placebo}, with the first "
                f"three of these in {three}."
            ),
            Facts([_to_measure(row) for row in best]),
        ]
    else:
        blocks.append(Text("Nothing single tells it more often than a placebo does."))
    return Section("measure", title, blocks, "Measure")


def _to_measure(row: Information) -> Entry:
    text = f"Known, the direction is told right in {of_100(row.right)} of 100 worlds"
    if row.value:
        text += f"; that is worth {percent(row.value)} % of output"
    return Entry(named(row.known), [Text(f"{text}."), Text(row.how, "How")])
