"""An organisation that is played week by week, and what it shows after each week."""

from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np

from app.activities import KINDS
from app.course import Course
from app.live.board import Board, board_of, published_board
from experiments.words.schemes import changes
from model.organisation import Organisation
from model.scenario import Scheme
from model.workforce import Floats, Ints


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
    """

    week: int
    half_days: Ints
    usage: tuple[float, ...]
    output: tuple[float, ...]
    changes: tuple[Change, ...]
    board: Board

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
        self._note_adoption(self.course.scenario.scheme)
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
        before = organisation.scheme
        targets = organisation.principal.targets if scenario.principal.ratchet else {}
        organisation.step()
        staff = organisation.simulation.staff
        self._outputs.append(staff["output"].copy())
        self._scores.append(staff["score"].copy())
        self._usage.append(organisation.outcomes["reported_tokens"])
        self._output.append(organisation.outcomes["output"])
        self._note_raised(targets)
        planned = organisation.scheme
        if planned != before:
            self._note(timeline_label(before, planned), before, planned)
        self.course.adopt_due(organisation)
        self._note_adoption(planned)

    def _note_adoption(self, before: Scheme) -> None:
        week = self.organisation.week
        if any(adopted.week == week for adopted in self.course.adopted):
            self._note(self.course.label(week), before, self.organisation.scheme)

    def _note(self, label: str, before: Scheme, after: Scheme) -> None:
        sentences = tuple(changes(before, after, self.course.scenario))
        sentences = sentences or ("Nothing is different from before.",)
        self._changes.append(Change(self.organisation.week, label, sentences))

    def _note_raised(self, before: dict[str, float]) -> None:
        if not before:
            return
        for name, value in self.organisation.principal.targets.items():
            if name in before and value > before[name] * (1.0 + 1e-9):
                target = f"{value:.0%}" if name == "participation" else f"{value:.4g}"
                title = self.organisation.scheme.incentives[name].title
                sentence = f"{title} raised to {target}."
                week = self.organisation.week
                self._changes.append(Change(week, "target raised", (sentence,)))

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
        )


def timeline_label(before: Scheme, after: Scheme) -> str:
    """Name in two words what the timeline of a scheme changes."""
    had, has = published_board(before), published_board(after)
    if had and not has:
        return "board removed"
    return "board put up" if has and not had else "scheme changed"
