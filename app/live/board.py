"""Rankings of people by score and by real output."""

from typing import NamedTuple

import numpy as np

from experiments.words.groups import role_title
from model.incentive import Scope
from model.organisation import Organisation
from model.scenario import ROW, Scheme
from model.workforce import Floats, Ints

LISTED = 10
"""People of a ranking that are shown."""
RECENT = 4
"""Weeks that a ranking covers if no board is published."""


class Board(NamedTuple):
    """The ranking by score, and the ranking by real output of the same weeks.

    Attributes
    ----------
    name : str
        Name of the board that staff see; empty if none is published.
    note : str
        What the ranking by score is.
    weeks : int
        Weeks that the rankings cover.
    by_score, by_output : tuple of int
        Employees, best first; of those alone who share the board.
    scores, outputs : tuple of float
        Score [points] and real output [half-days] a week, in those orders.
    """

    name: str
    note: str
    weeks: int
    by_score: tuple[int, ...]
    scores: tuple[float, ...]
    by_output: tuple[int, ...]
    outputs: tuple[float, ...]

    @property
    def both(self) -> set[int]:
        """Employees in both rankings."""
        return set(self.by_score) & set(self.by_output)


def published_board(scheme: Scheme) -> str:
    """Return the incentive whose board staff can see; empty if there is none."""
    for name, part in scheme.incentives.items():
        if part.ranks_in_public and part.has_weight():
            return name
    return ""


def board_of(
    organisation: Organisation, scores: list[Floats], outputs: list[Floats]
) -> Board:
    """Rank people after the latest week.

    ``scores`` and ``outputs`` have an array (n,) for each week that is over. With
    groups the board is that of everybody else, or of the first group that has one.
    """
    simulation, group = organisation.simulation, _with_board(organisation)
    staff, end = simulation.staff, organisation.week
    scheme = organisation.scheme_of(end, group)
    name, among = published_board(scheme), np.arange(len(staff))
    if name:
        row = getattr(ROW, name)
        weeks = scheme.incentives[name].window()
        end -= int(simulation.published_to(group)["elapsed"][row])
        among = simulation.regimes.members(simulation.regimes.of_parts[group])
        score = 10.0 * staff["rate"][:, row]
    else:
        weeks = RECENT
        score = _mean(scores, end - weeks, end, staff["score"])
    output = _mean(outputs, end - weeks, end, staff["output"])
    listed = _listed(scheme, name, len(among))
    by_score, by_output = (_best(of, among, listed) for of in (score, output))
    parts = simulation.scenario.parts
    whose = f" of {role_title(parts[group])}" if name and len(parts) > 1 else ""
    return Board(
        _title(scheme, name) + whose,
        _note(scheme, name),
        weeks,
        by_score,
        tuple(score[[*by_score]].tolist()),
        by_output,
        tuple(output[[*by_output]].tolist()),
    )


def _with_board(organisation: Organisation) -> int:
    """Choose the part whose board is shown, by its place in ``Scenario.parts``."""
    *groups, rest = range(len(organisation.simulation.scenario.parts))
    for group in (rest, *groups):
        if published_board(organisation.scheme_of(organisation.week, group)):
            return group
    return rest


def _listed(scheme: Scheme, name: str, people: int) -> int:
    """Return how many people to list: never more than the board itself shows."""
    thresholds = scheme.incentives[name].thresholds() if name else ()
    shares = [t.top_share for t in thresholds if t.top_share is not None]
    return min(LISTED, people, *(max(1, int(share * people)) for share in shares))


def _title(scheme: Scheme, name: str) -> str:
    return scheme.incentives[name].title.lower() if name else ""


def _note(scheme: Scheme, name: str) -> str:
    if not name:
        return "No board is published; this is what one would show."
    if getattr(scheme.incentives[name], "scope", None) is Scope.TEAM:
        return "Every team sees its own board; this is all of them together."
    return f"What the {_title(scheme, name)} says since its last update."


def _best(values: Floats, among: Ints, listed: int) -> tuple[int, ...]:
    order = np.argsort(-values[among], kind="stable")
    return tuple(among[order[:listed]].tolist())


def _mean(weeks: list[Floats], first: int, end: int, warm_up: Floats) -> Floats:
    """Average over weeks, (n,); before week 0 return the values of the warm-up."""
    known = weeks[max(0, first) : max(0, end)]
    return np.mean(known, axis=0) if known else warm_up.copy()
