"""An organisation that is played: its latest week, its boards, what changed when."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import NamedTuple, TypeVar

import numpy as np

from app.live.course import Course
from experiments.words.schemes import changes
from model.incentive import Scope
from model.organisation import Organisation
from model.scenario import ROW, Scheme
from model.workforce import Floats, Ints

POOL = ThreadPoolExecutor(max(2, os.cpu_count() or 1), "organisation")
"""Where all visitors' weeks are lived, off the loop that serves them."""
KINDS = ("manual", "genuine", "misuse", "padding")
"""What half-days are spent on; misuse is genuine use that does harm."""
LISTED = 10
"""Names of a ranking that are shown."""
LATELY = 4
"""Weeks that a ranking by score covers where no board is published."""

Made = TypeVar("Made")


class Change(NamedTuple):
    """Something that was different from a week on."""

    week: int
    label: str  # for the axis
    said: tuple[str, ...]  # in sentences


class Board(NamedTuple):
    """A ranking by score as staff see it, and the one by real output of those weeks."""

    name: str  # empty where none is published
    note: str
    weeks: int  # that it covers
    by_score: tuple[int, ...]  # rows, best first
    scores: tuple[float, ...]  # a week
    by_output: tuple[int, ...]
    outputs: tuple[float, ...]  # a week [half-days]

    @property
    def both(self) -> set[int]:
        """Who stands in both."""
        return set(self.by_score) & set(self.by_output)


@dataclass(frozen=True)
class Snapshot:
    """An organisation after a week.

    Attributes
    ----------
    week : int
        Weeks that are over.
    did : array, shape (n, 4)
        Half-days of the latest week by ``KINDS``; before week 0 that of the warm-up.
    usage, output : tuple of float
        Reported usage [M tokens] and real output [half-days] per employee-week.
    """

    week: int
    did: Ints
    usage: tuple[float, ...]
    output: tuple[float, ...]
    events: tuple[Change, ...]
    board: Board

    @property
    def mostly(self) -> Ints:
        """What each person did mostly, (n,); of equals the last of ``KINDS``."""
        last: Ints = 3 - np.argmax(self.did[:, ::-1], axis=1)
        return last


@dataclass(eq=False)
class Runner:
    """The organisation of one visitor; whoever steps it waits for the other."""

    course: Course
    week: int = 0
    latest: Snapshot = field(init=False)
    organisation: Organisation = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Replay up to the week."""
        self.organisation = self.course.at(0)
        self._events: list[Change] = []
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
        """Whether the horizon is reached."""
        return self.latest.week >= self.course.pair.weeks

    def step(self, weeks: int = 1) -> Snapshot:
        """Let weeks pass, up to the horizon."""
        with self._lock:
            for _ in range(weeks):
                if self.organisation.week >= self.course.pair.weeks:
                    break
                self._pass_week()
            self.latest = self._snapshot()
            return self.latest

    def _pass_week(self) -> None:
        organisation, scenario = self.organisation, self.course.scenario
        now = organisation.scheme
        targets = organisation.principal.targets if scenario.principal.ratchet else {}
        organisation.step()
        staff = organisation.simulation.staff
        self._outputs.append(staff["output"].copy())
        self._scores.append(staff["score"].copy())
        self._usage.append(organisation.outcomes["reported_tokens"])
        self._output.append(organisation.outcomes["output"])
        self._note_raised(targets)
        foreseen = organisation.scheme
        if foreseen != now:
            self._note(foreseen_label(now, foreseen), now, foreseen)
        before = organisation.scheme
        self.course.adopt_due(organisation)
        self._note_adoption(before)

    def _note_adoption(self, before: Scheme) -> None:
        week = self.organisation.week
        if any(a.week == week for a in self.course.adopted):
            after = self.organisation.scheme
            self._note(self.course.label(week), before, after)

    def _note(self, label: str, before: Scheme, after: Scheme) -> None:
        said = tuple(changes(before, after, self.course.scenario))
        said = said or ("Nothing is different from before.",)
        self._events.append(Change(self.organisation.week, label, said))

    def _note_raised(self, before: dict[str, float]) -> None:
        if not before:
            return
        for name, value in self.organisation.principal.targets.items():
            if name in before and value > before[name] * (1.0 + 1e-9):
                shown = f"{value:.0%}" if name == "participation" else f"{value:.4g}"
                title = self.organisation.scheme.incentives[name].title
                text = f"{title} raised to {shown}."
                self._events.append(
                    Change(self.organisation.week, "target raised", (text,))
                )

    def _snapshot(self) -> Snapshot:
        staff = self.organisation.simulation.staff
        kinds = (
            staff["manual"],
            staff["genuine"] - staff["misuse"],
            staff["misuse"],
            staff["padding"],
        )
        return Snapshot(
            self.organisation.week,
            np.stack(kinds, axis=1),
            tuple(self._usage),
            tuple(self._output),
            tuple(self._events),
            self._board(),
        )

    def _board(self) -> Board:
        organisation = self.organisation
        staff, published = (
            organisation.simulation.staff,
            organisation.simulation.published,
        )
        name = published_board(organisation.scheme)
        weeks, shown = LATELY, min(LISTED, len(staff))
        end = organisation.week
        note = "No board is published; this is what one would show."
        called = ""
        if name:
            row, part = getattr(ROW, name), organisation.scheme.incentives[name]
            called = part.title.lower()
            weeks = part.window()
            end -= int(published["elapsed"][row])
            score = 10.0 * staff["rate"][:, row]
            note = f"What the {called} says since its last update."
            for threshold in part.thresholds():
                if threshold.top_share is not None:
                    listed = max(1, int(threshold.top_share * len(staff)))
                    shown = min(shown, listed)
            if getattr(part, "scope", None) is Scope.TEAM:
                note = "Every team sees its own board; this is all of them together."
        else:
            score = lately(self._scores, end - weeks, end, staff["score"])
        output = lately(self._outputs, end - weeks, end, staff["output"])
        by_score = np.argsort(-score, kind="stable")[:shown]
        by_output = np.argsort(-output, kind="stable")[:shown]
        return Board(
            called,
            note,
            weeks,
            tuple(by_score.tolist()),
            tuple(score[by_score].tolist()),
            tuple(by_output.tolist()),
            tuple(output[by_output].tolist()),
        )


def published_board(scheme: Scheme) -> str:
    """Name of the board that staff can see; empty if there is none."""
    for name, part in scheme.incentives.items():
        if part.ranks_in_public and part.has_weight():
            return name
    return ""


def foreseen_label(before: Scheme, after: Scheme) -> str:
    """What the timeline changes, in two words."""
    had, has = published_board(before), published_board(after)
    if had and not has:
        return "board removed"
    return "board put up" if has and not had else "scheme changed"


def lately(weeks: list[Floats], first: int, end: int, warm_up: Floats) -> Floats:
    """Mean over weeks of a person's numbers, (n,); before week 0 those of warm-up."""
    known = weeks[max(0, first) : max(0, end)]
    return np.mean(known, axis=0) if known else warm_up.copy()


async def aside(work: Callable[[Event], Made]) -> Made:
    """Do work off the loop; it is told by the event when nobody waits any more."""
    stop = Event()
    try:
        return await asyncio.get_running_loop().run_in_executor(POOL, work, stop)
    except asyncio.CancelledError:
        stop.set()
        raise
