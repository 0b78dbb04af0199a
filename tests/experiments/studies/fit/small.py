"""A small design, and panels for it."""

from experiments.config.compose import compose
from experiments.config.settings import Engine
from experiments.studies.fit.design import Design
from model.scenario import Scenario

WEEKS, AHEAD, START = 26, 6, 10
TIMELINE = f'timeline=[{{week: {START}, change: ["quota=monthly"]}}]'
THREADS = Engine(kind="threads", threads=0, workers=0, address=None, wait=1.0)
SIZE = ["organisation.employees=100", f"weeks={WEEKS + AHEAD}"]


def composed(*texts: str) -> Scenario:
    return compose([*texts, *SIZE])


def design(**changes: object) -> Design:
    others = {name: composed(f"scheme={name}") for name in ("voluntary", "no_review")}
    made = Design(composed(TIMELINE), WEEKS, AHEAD, START, others, 100, 1)
    return made._replace(**changes)
