"""Classes: anonymous predictions of everybody who joined by a code in this server.

No names are asked for. A prediction is kept beside a random mark of the browser, so
that it can be changed; what a class sees are counts and, after the result is revealed,
the sorted predictions. Nothing is written to disk, and a class is forgotten half a day
after it was last used, or when the server ends.
"""

import time
from dataclasses import dataclass, field
from secrets import choice
from threading import RLock
from typing import NamedTuple

from app.learn.lessons import LESSONS, Results, Said, Truth
from experiments.errors import UserError

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is easily mistaken
LETTERS = 6
MOST_CLASSES, MOST_MEMBERS = 200, 500
KEPT = 12 * 3600.0
"""Seconds without use after which a class is forgotten."""


class Result(NamedTuple):
    """What the run of a lesson says, and its comparisons for the charts."""

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
    said : str, float or None
        What this member has said.
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
    said: Said | None
    result: Result | None
    predictions: tuple[Said, ...]

    @property
    def right(self) -> int:
        """Members whose prediction is fully right."""
        if self.result is None:
            return 0
        lesson, truth = LESSONS[self.lesson], self.result.truth
        return sum(lesson.score(said, truth) == 1.0 for said in self.predictions)


@dataclass
class _Class:
    """What a class has predicted, by lesson and member."""

    code: str
    host: str
    lesson: int = 0
    version: int = 0
    members: set[str] = field(default_factory=set)
    said: dict[int, dict[str, Said]] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    used: float = field(default_factory=time.monotonic)

    def touch(self) -> None:
        self.version += 1
        self.used = time.monotonic()

    def view(self, visitor: str) -> View:
        said = self.said.get(self.lesson, {})
        result = self.results.get(self.lesson)
        return View(
            self.code,
            self.version,
            visitor == self.host,
            self.lesson,
            len(self.members),
            len(said),
            said.get(visitor),
            result,
            tuple(sorted(said.values(), key=_order)) if result else (),
        )


def _order(said: Said) -> tuple[bool, Said]:
    return isinstance(said, str), said


class Classes:
    """All classes of a server; every method may be called from any thread."""

    def __init__(self) -> None:
        self._by_code: dict[str, _Class] = {}
        self._lock = RLock()

    def open(self, host: str) -> str:
        """Open a class and give its code; raises ``UserError`` if all are taken."""
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
        """Join a class and give its code as it is written.

        Raises ``UserError`` if there is no such class, or if it is full.
        """
        with self._lock:
            found = self._named(code)
            if visitor not in found.members:
                if len(found.members) >= MOST_MEMBERS:
                    raise UserError(
                        f"this class is full: it has {MOST_MEMBERS} members."
                    )
                found.members.add(visitor)
                found.touch()
            return found.code

    def version(self, code: str) -> int:
        """Changes whenever there is news; raises ``UserError`` if there is no class."""
        with self._lock:
            return self._named(code).version

    def look(self, code: str, visitor: str) -> View:
        """The class as a member sees it; raises ``UserError`` if there is none."""
        with self._lock:
            return self._named(code).view(visitor)

    def predict(self, code: str, visitor: str, lesson: int, said: Said) -> None:
        """Give or change a prediction of a member.

        Nothing happens if the class has gone on to another lesson or has seen the
        result, or if it is no prediction of this lesson.
        """
        with self._lock:
            found = self._named(code)
            if (
                visitor in found.members
                and lesson == found.lesson
                and lesson not in found.results
                and LESSONS[lesson].allows(said)
            ):
                found.said.setdefault(lesson, {})[visitor] = said
                found.touch()

    def reveal(self, code: str, visitor: str, lesson: int, result: Result) -> None:
        """Show a result to everybody; only the host can."""
        with self._lock:
            found = self._named(code)
            if visitor == found.host and lesson == found.lesson:
                found.results[lesson] = result
                found.touch()

    def turn_to(self, code: str, visitor: str, lesson: int) -> None:
        """Turn to another lesson; only the host can. What was revealed remains so."""
        with self._lock:
            found = self._named(code)
            if visitor == found.host and 0 <= lesson < len(LESSONS):
                found.lesson = lesson
                found.touch()

    def _named(self, code: str) -> _Class:
        self._forget()
        found = self._by_code.get(code[:100].strip().upper())
        if found is None:
            raise UserError(
                f"there is no class of this code on this server; codes have {LETTERS} "
                "letters and digits, and a class is forgotten after half a day."
            )
        return found

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
"""Those of this server."""
