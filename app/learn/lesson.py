"""What a lesson is: a story, a question, a prediction, and a run that answers it."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import NamedTuple

from app.comparison import Comparison, compare
from experiments.designs.pair import Pair, Side

NEAR, FAR = 1.25, 2.0
"""Factors within which a predicted number gets 1 point and half a point."""
CLOSE = 1.0
"""Distance within which a predicted number gets 1 point, as factors fail near 0."""


class Range(NamedTuple):
    """The whole numbers that can be predicted."""

    low: int
    high: int
    unit: str


Prediction = str | float
"""An option or a number."""


class Truth(NamedTuple):
    """What the run says: an option or a number, and a sentence about it.

    Attributes
    ----------
    ties : tuple of str
        Other options that the run cannot tell from the answer; they are right too.
    """

    answer: Prediction
    sentence: str
    ties: tuple[str, ...] = ()


Results = Mapping[str, Comparison]
"""Finished comparisons by the name of their scheme."""


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    answers : sequence of str or Range
        Options to choose from, or numbers to predict.
    schemes : tuple of str
        Schemes that are run against ``baseline``; the first one is charted.
    truth : function
        Returns what the finished comparisons say.
    charts : tuple of str
        Charts of the run, by their names in ``app.learn.charts.CHARTS``. They show
        nothing that a later lesson asks for.
    """

    title: str
    story: str
    question: str
    answers: Sequence[str] | Range
    schemes: tuple[str, ...]
    truth: Callable[[Results], Truth]
    charts: tuple[str, ...]
    baseline: str = "voluntary"

    def pairs(self) -> dict[str, Pair]:
        """Return what has to be run, by scheme."""
        return {
            name: Pair(first=Side(self.baseline), second=Side(name))
            for name in self.schemes
        }

    def allows(self, prediction: Prediction) -> bool:
        """Return whether it is one of the options, or a number within the range."""
        if isinstance(self.answers, Range):
            low, high, _ = self.answers
            return not isinstance(prediction, str) and low <= prediction <= high
        return prediction in self.answers

    def score(self, prediction: Prediction, truth: Truth) -> float:
        """Return 1 for a right prediction, 0.5 for a number not far off, else 0."""
        answer = truth.answer
        if isinstance(answer, str) or isinstance(prediction, str):
            return float(prediction in (answer, *truth.ties))
        if abs(prediction - answer) <= CLOSE:
            return 1.0
        if prediction * answer <= 0.0:
            return 0.0
        factor = max(prediction / answer, answer / prediction)
        return 1.0 if factor <= NEAR else 0.5 if factor <= FAR else 0.0

    def as_text(self, answer: Prediction) -> str:
        """Write a prediction or an answer, with its unit."""
        if isinstance(answer, str) or not isinstance(self.answers, Range):
            return str(answer)
        return f"{answer:.0f} {self.answers.unit}"


class Step(NamedTuple):
    """The share of the runs that is done [0, 1], and their results at the end."""

    done: float
    results: Results | None = None


async def run(lesson: Lesson, visitor: str) -> AsyncGenerator[Step, None]:
    """Run the comparisons of a lesson one after the other.

    The server remembers comparisons: known ones are not run again. Raises
    ``UserError`` for more work than is allowed.
    """
    pairs = lesson.pairs()
    results: dict[str, Comparison] = {}
    for k, (name, pair) in enumerate(pairs.items()):
        async with aclosing(compare(pair, visitor)) as steps:
            async for step in steps:
                yield Step((k + step.done / step.total) / len(pairs))
                if step.comparison and not step.comparison.is_preview:
                    results[name] = step.comparison
    yield Step(1.0, results)
