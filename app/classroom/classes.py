"""Classes of this server: who joined by a code, and what they predicted, anonymously.

No names are asked for. A prediction is stored with a random identifier of the browser,
so that it can be changed. A class sees counts and, after the result is revealed, the
sorted predictions. Nothing is written to disk. A class is forgotten half a day after
its last use, or when the server ends.
"""

import time
from dataclasses import dataclass, field
from secrets import choice
from threading import RLock
from typing import NamedTuple

from app.learn.lesson import Prediction, Results, Truth
from app.learn.lessons import LESSONS
from experiments.errors import UserError

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0, 1, I, L and O
LETTERS = 6
MOST_CLASSES, MOST_MEMBERS = 200, 500
KEPT = 12 * 3600.0
"""Seconds without use after which a class is forgotten."""


class Result(NamedTuple):
    """What the run of a lesson says, and the comparisons that its charts draw."""

    truth: Truth
    results: Results


class View(NamedTuple):
    """A class as one of its members sees it.

    Attributes
    ----------
    version : int
        Changes whenever there is something new to see.
    predicted : int
        Members who have predicted in the present lesson.
    prediction : str, float or None
        What this member has predicted.
    result : Result or None
        None until the result is revealed.
    predictions : tuple
        Those of everybody, sorted; empty until the result is revealed.
    """

    code: str
    version: int
    is_host: bool
    lesson: int
    members: int
    predicted: int
    prediction: Prediction | None
    result: Result | None
    predictions: tuple[Prediction, ...]

    @property
    def right(self) -> int:
        """Members whose prediction is fully right."""
        if self.result is None:
            return 0
        lesson, truth = LESSONS[self.lesson], self.result.truth
        return sum(lesson.score(one, truth) == 1.0 for one in self.predictions)


@dataclass
class _Class:
    """One class; its predictions are by lesson and member."""

    code: str
    host: str
    lesson: int = 0
    version: int = 0
    members: set[str] = field(default_factory=set)
    predictions: dict[int, dict[str, Prediction]] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    used: float = field(default_factory=time.monotonic)

    def touch(self) -> None:
        self.version += 1
        self.used = time.monotonic()

    def view(self, visitor: str) -> View:
        predictions = self.predictions.get(self.lesson, {})
        result = self.results.get(self.lesson)
        return View(
            self.code,
            self.version,
            visitor == self.host,
            self.lesson,
            len(self.members),
            len(predictions),
            predictions.get(visitor),
            result,
            tuple(sorted(predictions.values(), key=_order)) if result else (),
        )


def _order(prediction: Prediction) -> tuple[bool, Prediction]:
    return isinstance(prediction, str), prediction


class Classes:
    """All classes of a server; every method may be called from any thread."""

    def __init__(self) -> None:
        self._by_code: dict[str, _Class] = {}
        self._lock = RLock()

    def open(self, host: str) -> str:
        """Open a class and return its code; raises ``UserError`` if all are taken."""
        with self._lock:
            self._forget()
            if len(self._by_code) >= MOST_CLASSES:
                raise UserError(
                    f"this server has no room for another class: {MOST_CLASSES} are "
                    "open. Try again later."
                )
            code = self._new_code()
            self._by_code[code] = _Class(code, host, members={host})
            return code

    def join(self, code: str, visitor: str) -> str:
        """Join a class and return its code in the form in which it is shown.

        Raises ``UserError`` if there is no such class, or if it is full.
        """
        with self._lock:
            joined = self._named(code)
            if visitor not in joined.members:
                if len(joined.members) >= MOST_MEMBERS:
                    raise UserError(
                        f"this class is full: it has {MOST_MEMBERS} members."
                    )
                joined.members.add(visitor)
                joined.touch()
            return joined.code

    def version(self, code: str) -> int:
        """Return a number that changes with the class; raises ``UserError``."""
        with self._lock:
            return self._named(code).version

    def look(self, code: str, visitor: str) -> View:
        """Return the class as a member sees it; raises ``UserError``."""
        with self._lock:
            return self._named(code).view(visitor)

    def predict(
        self, code: str, visitor: str, lesson: int, prediction: Prediction
    ) -> None:
        """Store or change the prediction of a member.

        Nothing happens if the class has turned to another lesson or seen the result, or
        if the lesson does not allow the prediction.
        """
        with self._lock:
            joined = self._named(code)
            if (
                visitor in joined.members
                and lesson == joined.lesson
                and lesson not in joined.results
                and LESSONS[lesson].allows(prediction)
            ):
                joined.predictions.setdefault(lesson, {})[visitor] = prediction
                joined.touch()

    def reveal(self, code: str, visitor: str, lesson: int, result: Result) -> None:
        """Show a result to everybody; only the host can."""
        with self._lock:
            joined = self._named(code)
            if visitor == joined.host and lesson == joined.lesson:
                joined.results[lesson] = result
                joined.touch()

    def turn_to(self, code: str, visitor: str, lesson: int) -> None:
        """Turn to another lesson; only the host can. Revealed results stay revealed."""
        with self._lock:
            joined = self._named(code)
            if visitor == joined.host and 0 <= lesson < len(LESSONS):
                joined.lesson = lesson
                joined.touch()

    def _named(self, code: str) -> _Class:
        self._forget()
        joined = self._by_code.get(code[:100].strip().upper())
        if joined is None:
            raise UserError(
                f"there is no class of this code on this server; codes have {LETTERS} "
                "letters and digits, and a class is forgotten after half a day."
            )
        return joined

    def _forget(self) -> None:
        now = time.monotonic()
        for code in [c for c, k in self._by_code.items() if now - k.used >= KEPT]:
            del self._by_code[code]

    def _new_code(self) -> str:
        while True:
            code = "".join(choice(ALPHABET) for _ in range(LETTERS))
            if code not in self._by_code:
                return code


CLASSES = Classes()
"""The classes of this server."""
