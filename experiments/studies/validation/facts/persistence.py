"""F24: usage stays after the board is removed if the review still counts it.

At Meta consumption rose from 60.2 to 73.7 trillion tokens in 30 days after the board
was removed, while use remained part of the review. Growth explains this as well, so
everything is compared with the same people without any scheme, in the same weeks.

Four organisations of the same people over two years. A board and a linked review come
together in week 0; after a year the board is taken down; or the board and the link are;
or neither; the fourth never has any scheme. Half a year later usage has settled. What
stays is the rise over the fourth as a share of the rise where nothing was removed.

That a linked review goes on working without a board is built in: incentives add up, and
where managers see usage suspicion is the larger of two weights. What stays when both
are gone, by learning, norms and savvy, is a result.
"""

from collections.abc import Sequence

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, level, percent, share
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding, given

REMOVED = 52
WEEKS = 104
LAST = 78
"""First of the weeks that are compared, half a year after the removal."""


UNLEARNT = {
    "without learning": ("people.learning=0",),
    "without correction of beliefs": ("people.belief_rate=0",),
    "with neither learning nor correction": (
        "people.learning=0",
        "people.belief_rate=0",
    ),
}
"""Worlds in which use leaves less behind."""


def find(trial: Trial) -> list[Finding]:
    """Measure usage after the board alone, and after board and link, are removed."""
    both = ["scheme=review_linked", "leaderboard=full", f"weeks={WEEKS}"]
    nothing = ["scheme=voluntary", f"weeks={WEEKS}"]
    down = [*both, _from_then_on("leaderboard=none")]
    ended = [*both, _from_then_on("leaderboard=none", "review=output")]
    scenarios = map(compose, (both, down, ended, nothing))
    stays, board_down, all_down, never = runs([*scenarios], trial)
    outcome = "reported_tokens"
    whole = effect(stays, never, outcome, LAST)
    kept = share(effect(board_down, never, outcome, LAST), whole)
    left = share(effect(all_down, never, outcome, LAST), whole)
    base = level(never, outcome, LAST)
    fall = 100.0 * share(effect(all_down, board_down, outcome, LAST), base)
    rise = percent(board_down, never, outcome, LAST)
    habit = percent(all_down, never, outcome, LAST)
    return [
        given("board removed: tokens over no scheme", "%", rise, least=0.0),
        given(
            "board removed: part of the rise that stays",
            "share",
            kept,
            least=0.5,
        ),
        given("link removed too: fall of tokens", "% of no scheme", fall, most=0.0),
        finding("both removed: part of the rise that stays", "share", left, most=0.5),
        finding("both removed: tokens over no scheme", "%", habit, least=0.0),
        *(
            aside(
                f"both removed: tokens over no scheme, {without}",
                "%",
                _habit(trial, ended, nothing, changes),
            )
            for without, changes in UNLEARNT.items()
        ),
    ]


def _habit(
    trial: Trial, ended: Sequence[str], nothing: Sequence[str], changes: Sequence[str]
) -> Floats:
    """Compute tokens after the removal over no scheme, %, in a changed world, (R,)."""
    changed = [compose([*asked, *changes]) for asked in (ended, nothing)]
    removed, never = runs(changed, trial)
    return percent(removed, never, "reported_tokens", LAST)


def _from_then_on(*changes: str) -> str:
    quoted = ", ".join(f'"{change}"' for change in changes)
    return f"timeline=[{{week: {REMOVED}, change: [{quoted}]}}]"


FACT = Fact(
    name="F24",
    claim=(
        "Usage does not return when the board is taken down while the review still "
        "counts it; when both go, it falls."
    ),
    source="Meta 2026 (evidence F24); one leak, confounded with growth",
    estimator=(
        "tokens half a year after the removal, against the same people without any "
        "scheme and against those where nothing was removed"
    ),
    find=find,
    given=(
        "In part: incentives add up, so that a linked review works without a board. "
        "What stays when both are gone is found."
    ),
    explanation=(
        "More of the rise stays with the review than without it. What stays without it "
        "is use that people have come to believe in: where use corrects no beliefs "
        "most of it is gone, and where it teaches nothing it is no less (explains). It "
        "is not the hysteresis of evidence C9, for which the pull of the norm is off "
        "(peers.norm_pull=0)."
    ),
)
