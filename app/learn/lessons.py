"""Seven short lessons: each asks for a prediction before a run reveals the result.

Nothing here knows how a run ends: what is right follows from the comparison.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import NamedTuple

from app.comparison import Comparison, compare
from experiments.designs.pair import Pair, Side
from experiments.statistics.effects import Effect
from experiments.store.dataset import SUFFIX

NEAR, FAR = 1.25, 2.0
"""Factors within which a guessed number is right, and half right."""
CLOSE = 1.0
"""Distance within which a guessed number is right; factors say nothing near 0."""
HARDLY = 0.1
"""Size of a rank correlation below which a measure tells hardly anything."""
RISES, STAYS, FALLS = "it rises", "no clear change", "it falls"


class Range(NamedTuple):
    """The whole numbers that may be guessed."""

    low: int
    high: int
    unit: str


Said = str | float
"""A prediction: an option or a number."""


class Truth(NamedTuple):
    """What the run says: an option or a number, and a sentence about it.

    Attributes
    ----------
    alike : tuple of str
        Other options that the run cannot tell from the answer; they are right too.
    """

    answer: Said
    sentence: str
    alike: tuple[str, ...] = ()


Results = Mapping[str, Comparison]
"""Finished comparisons by the name of their scheme."""


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    answers : sequence of str or Range
        Options to choose from, or numbers to guess.
    schemes : tuple of str
        Schemes that are run against ``baseline``; the first one is charted.
    draws : tuple of str
        Charts of the run, see ``app.learn.charts.DRAWN``; they leave out what a
        later lesson asks for.
    truth : function
        What the finished comparisons say.
    """

    title: str
    story: str
    question: str
    answers: Sequence[str] | Range
    schemes: tuple[str, ...]
    truth: Callable[[Results], Truth]
    draws: tuple[str, ...]
    baseline: str = "voluntary"

    def pairs(self) -> dict[str, Pair]:
        """What has to be run, by scheme."""
        return {
            name: Pair(first=Side(self.baseline), second=Side(name))
            for name in self.schemes
        }

    def allows(self, said: Said) -> bool:
        """Whether it is one of the options, or a number within the range."""
        if isinstance(self.answers, Range):
            low, high, _ = self.answers
            return not isinstance(said, str) and low <= said <= high
        return said in self.answers

    def score(self, said: Said, truth: Truth) -> float:
        """1 for a right prediction, 0.5 for a number that is not far off, else 0."""
        if isinstance(truth.answer, str) or isinstance(said, str):
            return float(said == truth.answer or said in truth.alike)
        if abs(said - truth.answer) <= CLOSE:
            return 1.0
        if said * truth.answer <= 0.0:
            return 0.0
        factor = max(said / truth.answer, truth.answer / said)
        return 1.0 if factor <= NEAR else 0.5 if factor <= FAR else 0.0

    def told(self, said: Said) -> str:
        """A prediction or an answer as people read it."""
        if isinstance(said, str) or not isinstance(self.answers, Range):
            return str(said)
        return f"{said:.0f} {self.answers.unit}"


class Step(NamedTuple):
    """How far the runs of a lesson are [0, 1], and their results at the end."""

    part: float
    results: Results | None = None


async def run(lesson: Lesson, visitor: str) -> AsyncGenerator[Step, None]:
    """Run what a lesson compares, pair by pair; what the server knows is not rerun.

    Raises ``UserError`` for more work than is allowed.
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


def effect(comparison: Comparison, outcome: str) -> Effect:
    """The effect of the second scheme over the whole run."""
    return comparison.effects[comparison.pair.labels[1], outcome, "whole"]


def way(found: Effect) -> str:
    """Whether an effect is clear, and its direction."""
    if not found.is_clear:
        return STAYS
    return RISES if (found.effect or 0.0) > 0.0 else FALLS


def mean(comparison: Comparison, side: int, outcome: str) -> float:
    """Mean of an outcome over the whole run of the first (0) or second (1) side."""
    label = comparison.pair.labels[side]
    return comparison.panel.mean(label, outcome + SUFFIX["whole"]) or 0.0


def _harmful(results: Results) -> Truth:
    [found] = results.values()
    share = 100.0 * mean(found, 0, "misuse_share") / mean(found, 0, "genuine_share")
    return Truth(
        share,
        f"In {share:.0f} of 100 half-days with AI people got less done than by hand, "
        "although nobody was rewarded for using it: they judge tasks with error, and "
        "some expect more of AI than it gives.",
    )


def _usage(results: Results) -> Truth:
    [found] = results.values()
    percent = effect(found, "reported_tokens").percent or 0.0
    padded = 100.0 * mean(found, 1, "padded_token_share")
    return Truth(
        percent,
        f"Reported usage changes by {percent:+.0f} %. {padded:.0f} % of all tokens are "
        "padding, burnt to be counted; all others come from work, wise or not.",
    )


def _output(results: Results) -> Truth:
    [found] = results.values()
    return Truth(way(effect(found, "output")), found.sentence)


def _channel(results: Results) -> Truth:
    [found] = results.values()
    changes = {name: effect(found, name) for name in LOSSES}
    worst, *others = sorted(LOSSES, key=lambda name: changes[name].effect or 0.0)
    return Truth(
        LOSSES[worst],
        f"The largest loss is {LOSSES[worst]}. {found.sentence}",
        tuple(LOSSES[n] for n in others if _overlap(changes[n], changes[worst])),
    )


def _validity(results: Results) -> Truth:
    [found] = results.values()
    before, after = (mean(found, side, "score_validity") for side in (0, 1))
    answer = way(effect(found, "score_validity"))
    said = f"The rank correlation goes from {before:+.2f} to {after:+.2f}: {answer}."
    if answer == STAYS and abs(before) < HARDLY:
        said += (
            " There was little to lose: tokens hardly told who gets more done, even "
            "before anybody was ranked by them."
        )
    return Truth(answer, f"{said} {found.sentence}")


def _audit(results: Results) -> Truth:
    [found] = results.values()
    before, after = (100.0 * mean(found, side, "padded_token_share") for side in (0, 1))
    return Truth(
        way(effect(found, "output")),
        f"Padding goes from {before:.1f} to {after:.1f} % of all tokens. "
        f"{found.sentence}",
    )


def _best(results: Results) -> Truth:
    changes = {name: effect(found, "output") for name, found in results.items()}
    best, *others = sorted(
        changes, key=lambda name: changes[name].percent or 0.0, reverse=True
    )
    said = "; ".join(
        f"{DESIGNS[name]} {found.percent or 0.0:+.1f} %"
        for name, found in changes.items()
    )
    return Truth(
        DESIGNS[best],
        f"Real output against voluntary use: {said}. The last one was put together to "
        "raise output in this model (on other runs); what guidance brings in a real "
        "company is an assumption.",
        tuple(DESIGNS[n] for n in others if _overlap(changes[n], changes[best])),
    )


def _overlap(one: Effect, other: Effect) -> bool:
    """Whether intervals meet; without intervals nothing can be told apart."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return True
    return one.low <= other.high and other.low <= one.high


LOSSES = {
    "output_misuse": "AI used where it harms",
    "output_padding": "time spent padding",
    "output_rework": "rework for others",
    "output_strain": "strain",
}
"""Channels through which output is lost, as options."""

DESIGNS = {
    "participation_80": "a target for weekly active use",
    "top_2pct_board": "a board of the heaviest users",
    "outcome_measure": "counting output instead of tokens",
    "recommended": "guidance, and counting output",
}
"""Schemes of the last lesson, as options."""

LESSONS = (
    Lesson(
        title="One employee, one half-day",
        story="Every half-day brings a task. AI speeds up tasks that suit it and slows "
        "down those that do not, and people see only roughly which is which. Nobody is "
        "rewarded for using AI.",
        question="Of 100 half-days in which people use AI, in how many would they have "
        "got more done without it?",
        answers=Range(0, 100, "of 100"),
        schemes=("no_review",),
        truth=_harmful,
        draws=("half_days",),
    ),
    Lesson(
        title="A number on the dashboard",
        story="The company now asks for 112 M tokens from everybody every four weeks; "
        "who misses them is flagged, and team-mates see it.",
        question="By how many per cent does reported usage change, on average over two "
        "years, against voluntary use?",
        answers=Range(-50, 100, "%"),
        schemes=("monthly_minimum",),
        truth=_usage,
        draws=("usage",),
    ),
    Lesson(
        title="And the work?",
        story="The same monthly minimum, on the same people. Real output is what "
        "people get done, with AI or without.",
        question="What happens to real output, against voluntary use?",
        answers=(RISES, STAYS, FALLS),
        schemes=("monthly_minimum",),
        truth=_output,
        draws=("usage", "output"),
    ),
    Lesson(
        title="Where did it go?",
        story="Usage now counts in the half-yearly review. Output can be lost in "
        "several ways: AI is used where it harms, time is spent on padding, poor "
        "results cause rework for others, and whoever falls behind works under strain.",
        question="Through which of them is most lost, against voluntary use?",
        answers=tuple(LOSSES.values()),
        schemes=("review_linked",),
        truth=_channel,
        draws=("channels", "output"),
    ),
    Lesson(
        title="Rank everybody",
        story="Do tokens tell who gets more done? A rank correlation says it: +1 if "
        "whoever uses more always gets more done, 0 if tokens say nothing. Now a "
        "leaderboard shows everybody's rank by tokens, every week.",
        question="What happens to that link between tokens and real output, against "
        "voluntary use?",
        answers=(RISES, STAYS, FALLS),
        schemes=("full_rank_board",),
        truth=_validity,
        draws=("validity", "usage"),
    ),
    Lesson(
        title="Catch the padders",
        story="Usage counts in the review, and some pad. The company answers with a "
        "cap on what is counted, a ceiling on spending and audits of the heaviest "
        "users.",
        question="What does that do to real output, against the review alone?",
        answers=(RISES, STAYS, FALLS),
        schemes=("cap_and_audit",),
        truth=_audit,
        draws=("channels", "usage"),
        baseline="review_linked",
    ),
    Lesson(
        title="Design a measure",
        story="You choose: a target for weekly active use; a board of the heaviest "
        "users; output instead of tokens as what is counted and reviewed; or "
        "guidance (training, shared examples) together with counting output.",
        question="Which of them adds most to real output, against voluntary use?",
        answers=tuple(DESIGNS.values()),
        schemes=tuple(DESIGNS),
        truth=_best,
        draws=("designs",),
    ),
)


def verdict(points: float) -> str:
    """What the total score says, and what it does not."""
    most = len(LESSONS)
    if points >= 0.8 * most:
        return "You see through measures well. The model is a model: keep checking."
    if points >= 0.5 * most:
        return (
            "More than half: your feeling for measures is good, and where you were "
            "wrong the run has shown you why."
        )
    return (
        "Few people guess these well, and a wrong guess is how one notices. Look at "
        "the lessons that surprised you in Compare."
    )
