"""The seven lessons: each asks for a prediction before its run is revealed."""

from app.learn import truths
from app.learn.lesson import Lesson, Range
from app.learn.truths import FALLS, RISES, STAYS

DIRECTIONS = (RISES, STAYS, FALLS)

LESSONS = (
    Lesson(
        title="One employee, one half-day",
        story="Every half-day brings a task. AI speeds up tasks that suit it and slows "
        "down those that do not, and people see only roughly which is which. Nobody is "
        "rewarded for using AI.",
        question="Of 100 half-days in which people use AI on their core work, in how "
        "many would they have got more done without it?",
        answers=Range(0, 100, "of 100"),
        schemes=("no_review",),
        truth=truths.harmful_use,
        charts=("half_days",),
    ),
    Lesson(
        title="A number on the dashboard",
        story="The company now asks for 112 M tokens from everybody every four weeks; "
        "who misses them is flagged, and team-mates see it.",
        question="By how many per cent does reported usage change, on average over two "
        "years, against voluntary use?",
        answers=Range(-50, 100, "%"),
        schemes=("monthly_minimum",),
        truth=truths.usage,
        charts=("usage",),
    ),
    Lesson(
        title="And the work?",
        story="The same monthly minimum, on the same people. Real output is what "
        "people get done, with AI or without.",
        question="What happens to real output, against voluntary use?",
        answers=DIRECTIONS,
        schemes=("monthly_minimum",),
        truth=truths.output,
        charts=("usage", "output"),
    ),
    Lesson(
        title="Where did it go?",
        story="Usage now counts in the half-yearly review. Output can be lost in "
        "several ways: people work less hard, AI is used where it harms, core work is "
        "put off for chores, time is spent on padding or on dressing up results, poor "
        "results cause rework for others, and whoever falls behind works under strain.",
        question="Through which of them is most lost, against voluntary use?",
        answers=tuple(truths.LOSSES.values()),
        schemes=("review_linked",),
        truth=truths.largest_loss,
        charts=("channels", "output"),
    ),
    Lesson(
        title="Rank everybody",
        story="Do tokens tell who gets more done? A rank correlation says it: +1 if "
        "whoever uses more always gets more done, 0 if tokens say nothing. Now a "
        "leaderboard shows everybody's rank by tokens, every week.",
        question="What happens to that link between tokens and real output, against "
        "voluntary use?",
        answers=DIRECTIONS,
        schemes=("full_rank_board",),
        truth=truths.validity,
        charts=("validity", "usage"),
    ),
    Lesson(
        title="Catch the padders",
        story="Usage counts in the review, and some pad. The company answers with a "
        "cap on what is counted, a ceiling on spending and audits of the heaviest "
        "users.",
        question="What does that do to real output, against the review alone?",
        answers=DIRECTIONS,
        schemes=("cap_and_audit",),
        truth=truths.audit,
        charts=("channels", "usage"),
        baseline="review_linked",
    ),
    Lesson(
        title="Design a measure",
        story="You choose: a target for weekly active use; a board of the heaviest "
        "users; output instead of tokens as what is counted and reviewed; or "
        "guidance (training, shared examples) together with counting output less "
        "the spoilt work that is found.",
        question="Which of them adds most to real output, against voluntary use?",
        answers=tuple(truths.DESIGNS.values()),
        schemes=tuple(truths.DESIGNS),
        truth=truths.best_design,
        charts=("designs",),
    ),
)


def verdict(points: float) -> str:
    """Say what a total score means."""
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
