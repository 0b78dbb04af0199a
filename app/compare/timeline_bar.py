"""The timeline of a scheme as a bar: which part of the run it is in force unchanged."""

from collections.abc import Iterator
from typing import NamedTuple

from experiments.words import schemes as words
from model.scenario import Scenario


class Stretch(NamedTuple):
    """Weeks without a change, from ``start`` to before ``end``, and what began."""

    start: int
    end: int
    said: str

    @property
    def share(self) -> int:
        """How long it is, in weeks."""
        return self.end - self.start


def stretches(scenario: Scenario) -> Iterator[Stretch]:
    """Yield the stretches of a run, in order."""
    starts = [(0, "As described."), *_changes(scenario)]
    ends = [*(week for week, _ in starts[1:]), scenario.weeks]
    for (start, said), end in zip(starts, ends, strict=True):
        if end > start:
            yield Stretch(start, end, said)


def _changes(scenario: Scenario) -> Iterator[tuple[int, str]]:
    for week, said in words.timeline(scenario):
        yield week, " ".join(said)
