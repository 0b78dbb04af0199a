"""An organisation that is played week by week, and what it shows after each week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np

from app.activities import KINDS
from app.course import Course
from app.live.board import Board, board_of, published_board
from experiments.designs.pair import Side
from experiments.words.groups import role_title
from experiments.words.schemes import changes, release
from model.groups import EVERYBODY_ELSE
from model.organisation import Organisation
from model.scenario import Scheme
from model.workforce import Floats, Ints

RAISED = "target raised"
"""The label of a target that the principal raised."""


class Change(NamedTuple):
    """What changed from a week on: a label for the axis, and sentences."""

    week: int
    label: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """An organisation after a week.

    Attributes
    ----------
    week : int
        Weeks that are over.
    half_days : array, shape (n, 5)
        Half-days of the latest week by ``KINDS``; before week 0 those of the warm-up.
    usage, output : tuple of float
        Reported usage [M tokens] and real output [half-days] per employee-week.
    groups : tuple of str
        The group of each person; empty without groups.
    """

    week: int
    half_days: Ints
    usage: tuple[float, ...]
    output: tuple[float, ...]
    changes: tuple[Change, ...]
    board: Board
    groups: tuple[str, ...]

    @property
    def main_kind(self) -> Ints:
        """The kind with most half-days of each person, (n,); of equals the last one."""
        last: Ints = len(KINDS) - 1 - np.argmax(self.half_days[:, ::-1], axis=1)
        return last


@dataclass(eq=False)
class Runner:
    """Plays the organisation of one visitor; one thread at a time can step it."""

    course: Course
    week: int = 0
    latest: Snapshot = field(init=False)
    organisation: Organisation = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Replay up to the week."""
        self.organisation = self.course.at(0)
        self._changes: list[Change] = []
        self._outputs: list[Floats] = []
        self._scores: list[Floats] = []
        self._usage: list[float] = []
        self._output: list[float] = []
        self._note_adoptions([r[0].scheme for r in self.course.scenario.regimes])
        self.latest = self._snapshot()
        if self.week:
            self.step(self.week)

    @property
    def is_over(self) -> bool:
        """Whether the last week of the course is over."""
        return self.latest.week >= self.course.pair.weeks

    def step(self, weeks: int = 1) -> Snapshot:
        """Play some weeks, at most up to the end of the course."""
        with self._lock:
            for _ in range(weeks):
                if self.organisation.week >= self.course.pair.weeks:
                    break
                self._play_week()
            self.latest = self._snapshot()
            return self.latest

    def _play_week(self) -> None:
        organisation, scenario = self.organisation, self.course.scenario
        before = self._schemes()
        targets = self._targets() if scenario.principal.ratchet else []
        organisation.step()
        staff = organisation.simulation.staff
        self._outputs.append(staff["output"].copy())
        self._scores.append(staff["score"].copy())
        self._usage.append(organisation.outcomes["reported_tokens"])
        self._output.append(organisation.outcomes["output"])
        self._note_raised(targets)
        planned = self._schemes()
        for group, (had, has) in enumerate(zip(before, planned, strict=True)):
            if had != has:
                self._note(group, timeline_label(had, has), had, has)
        self._note_release(organisation.week)
        self.course.adopt_due(organisation)
        self._note_adoptions(planned)

    def _schemes(self) -> list[Scheme]:
        """The scheme in force in each part in the coming week."""
        week, parts = self.organisation.week, self.course.scenario.parts
        return [self.organisation.scheme_of(week, k) for k in range(len(parts))]

    def _targets(self) -> list[dict[str, float]]:
        """The targets in force in each part."""
        principal, parts = self.organisation.principal, self.course.scenario.parts
        return [principal.targets_of(k) for k in range(len(parts))]

    def _note_adoptions(self, before: Sequence[Scheme]) -> None:
        week, parts = self.organisation.week, self.course.scenario.parts
        for adopted in self.course.adopted:
            if adopted.week == week:
                group, label = parts.index(adopted.group), Side(adopted.scheme).label
                self._note(group, label, before[group], self._schemes()[group])

    def _note(self, group: int, label: str, before: Scheme, after: Scheme) -> None:
        sentences = tuple(changes(before, after, self.course.scenario))
        sentences = sentences or ("Nothing is different from before.",)
        self._changes.append(
            Change(self.organisation.week, self._said(group, label), sentences)
        )

    def _said(self, group: int, label: str) -> str:
        """Put the name of the group before a label."""
        names = self.course.scenario.parts
        apart = names[group] != EVERYBODY_ELSE
        return f"{role_title(names[group])}: {label}" if apart else label

    def _note_release(self, week: int) -> None:
        for phase in self.course.scenario.releases:
            if phase.week == week:
                change = Change(week, "new model", (release(phase.technology),))
                self._changes.append(change)

    def _note_raised(self, before: Sequence[dict[str, float]]) -> None:
        if not before:
            return
        week = self.organisation.week
        schemes, targets = self._schemes(), self._targets()
        for group, (had, has) in enumerate(zip(before, targets, strict=True)):
            for name, value in has.items():
                if name in had and value > had[name] * (1.0 + 1e-9):
                    share = name == "participation"
                    target = f"{value:.0%}" if share else f"{value:.4g}"
                    title = schemes[group].incentives[name].title
                    sentence = f"{title} raised to {target}."
                    label = self._said(group, RAISED)
                    self._changes.append(Change(week, label, (sentence,)))

    def _snapshot(self) -> Snapshot:
        staff = self.organisation.simulation.staff
        half_days = {
            "manual": staff["manual"],
            "genuine": staff["genuine"] - staff["misuse"],
            "misuse": staff["misuse"],
            "trivial": staff["trivial"],
            "padding": staff["padding"],
        }
        return Snapshot(
            self.organisation.week,
            np.stack([half_days[kind] for kind in KINDS], axis=1),
            tuple(self._usage),
            tuple(self._output),
            tuple(self._changes),
            board_of(self.organisation, self._scores, self._outputs),
            self._groups,
        )

    @property
    def _groups(self) -> tuple[str, ...]:
        simulation = self.organisation.simulation
        if not simulation.scenario.groups:
            return ()
        titles = [role_title(name) for name in simulation.scenario.parts]
        return tuple(titles[group] for group in simulation.staff["group"].tolist())


def timeline_label(before: Scheme, after: Scheme) -> str:
    """Name in two words what the timeline of a scheme changes."""
    had, has = published_board(before), published_board(after)
    if had and not has:
        return "board removed"
    return "board put up" if has and not had else "scheme changed"
