"""``study=certificate``: in which plausible worlds a scheme harms, what decides it."""

import numpy as np
from rich.console import Console

from experiments.report.page import Page
from experiments.store.dataset import Floats
from experiments.studies.certificate import page as report
from experiments.studies.certificate.deciding import column
from experiments.studies.certificate.plan import OWN, Plan, joined, plan, tables
from experiments.studies.certificate.results import Found, found
from experiments.studies.certificate.subject import Certificate
from experiments.studies.certificate.words import answer
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say
from experiments.words.structures import LAWS, RULES


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Say in how many worlds what is run."""
    del finished
    say(screen, report.about(planned.subject), style="bold")


def read(results: Results[Plan, Pieces]) -> Found:
    """Read what was found."""
    subject = results.plan.subject
    return found(subject.scheme, subject.baseline, results.rows)


def say_certificate(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print the answer, a paragraph a question."""
    for text in answer(read(results)):
        screen.print()
        say(screen, text)


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the charts and make the page."""
    subject, told = results.plan.subject, read(results)
    effects = joined(results.source, OWN)[:, 0]
    ranked = [row.key for row in told.contrasts[:3]]
    columns = [(key, _values(subject, key)[: len(effects)]) for key in ranked]
    return report.page(subject, told, effects, columns, results.folder)


def _values(subject: Certificate, key: str) -> Floats:
    codes = {RULES.key: subject.worlds.rules, LAWS.key: subject.worlds.laws}
    if key in codes:
        return codes[key].astype(np.float64)
    return column(subject.worlds, key)


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_certificate,
    charts=lambda results: report.charts(read(results)),
    page=page,
    announce=announce,
)
run = STUDY.run
