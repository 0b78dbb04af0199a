"""What the runs of each lesson say; nothing here knows how a run ends."""

from app.comparison import Comparison
from app.learn.lesson import Results, Truth
from experiments.statistics.effects import Effect
from experiments.store.dataset import SUFFIX

KINDS = ("genuine", "trivial", "padded")
"""Kinds of tokens, which make all of them."""
HARDLY = 0.1
"""Size of a rank correlation below which a measure tells hardly anything."""
RISES, STAYS, FALLS = "it rises", "no clear change", "it falls"
LOSSES = {
    "output_manual": "people work less hard",
    "output_misuse": "AI used where it harms",
    "output_trivial": "core work put off for chores",
    "output_padding": "time spent padding",
    "output_dressing": "time spent on dressing up",
    "output_rework": "rework and sign-off",
    "output_strain": "strain",
}
"""Options of the lesson on channels: those through which output is lost."""
DESIGNS = {
    "participation_80": "a target for weekly active use",
    "top_2pct_board": "a board of the heaviest users",
    "outcome_measure": "counting output instead of tokens",
    "recommended": "guidance, and counting output less spoilt work",
}
"""Options of the last lesson, by scheme."""


def direction(effect: Effect) -> str:
    """Return the direction of an effect, or that it is not clear."""
    if not effect.is_clear:
        return STAYS
    return RISES if (effect.effect or 0.0) > 0.0 else FALLS


def means(comparison: Comparison, outcome: str) -> tuple[float, float]:
    """Return the means of an outcome over the whole run of both sides."""
    first, second = (
        comparison.panel.mean(label, outcome + SUFFIX["whole"]) or 0.0
        for label in comparison.pair.labels
    )
    return first, second


def trivial_token_shares(comparison: Comparison) -> tuple[float, float]:
    """Return the share of trivial use in all tokens of both sides."""
    first, second = zip(
        *(means(comparison, f"{kind}_tokens") for kind in KINDS), strict=True
    )
    trivial = KINDS.index("trivial")
    return first[trivial] / sum(first), second[trivial] / sum(second)


def harmful_use(results: Results) -> Truth:
    """Tell how much AI use on core work does harm without any scheme, in %."""
    [comparison] = results.values()
    harmful, _ = means(comparison, "misuse_share")
    core, _ = means(comparison, "genuine_share")
    trivial, _ = means(comparison, "trivial_share")
    share = 100.0 * harmful / core
    text = (
        f"In {share:.0f} of 100 half-days with AI on core work people got less done "
        "than by hand, although nobody was rewarded for using it: they judge tasks "
        "with error, and some expect more of AI than it gives."
    )
    if trivial:
        chores = 100.0 * trivial / (core + trivial)
        text += f" {chores:.0f} % of all their genuine AI use was trivial: for chores."
    return Truth(share, text)


def usage(results: Results) -> Truth:
    """Tell the effect on reported usage, in %."""
    [comparison] = results.values()
    percent = comparison.effect("reported_tokens").percent or 0.0
    _, padded = means(comparison, "padded_token_share")
    _, trivial = trivial_token_shares(comparison)
    return Truth(
        percent,
        f"Reported usage changes by {percent:+.0f} %. {100.0 * padded:.0f} % of all "
        f"tokens are padding, burnt to be counted, and {100.0 * trivial:.0f} % are "
        "trivial use, for chores; all others come from core work, wise or not.",
    )


def output(results: Results) -> Truth:
    """Tell the direction of the effect on real output."""
    [comparison] = results.values()
    return Truth(direction(comparison.effect("output")), comparison.sentence)


def largest_loss(results: Results) -> Truth:
    """Tell the channel through which most output is lost."""
    [comparison] = results.values()
    effects = {name: comparison.effect(name) for name in LOSSES}
    worst, *others = sorted(LOSSES, key=lambda name: effects[name].effect or 0.0)
    return Truth(
        LOSSES[worst],
        f"The largest loss: {LOSSES[worst]}. {comparison.sentence}",
        tuple(LOSSES[n] for n in others if _overlap(effects[n], effects[worst])),
    )


def validity(results: Results) -> Truth:
    """Tell the direction of the effect on the measure's rank correlation."""
    [comparison] = results.values()
    before, after = means(comparison, "score_validity")
    answer = direction(comparison.effect("score_validity"))
    text = f"The rank correlation goes from {before:+.2f} to {after:+.2f}: {answer}."
    if answer == STAYS and abs(before) < HARDLY:
        text += (
            " There was little to lose: tokens hardly told who gets more done, even "
            "before anybody was ranked by them."
        )
    return Truth(answer, f"{text} {comparison.sentence}")


def audit(results: Results) -> Truth:
    """Tell the direction of the effect on real output, and where padding goes."""
    [comparison] = results.values()
    before, after = means(comparison, "padded_token_share")
    chores, more = trivial_token_shares(comparison)
    return Truth(
        direction(comparison.effect("output")),
        f"Padding goes from {100.0 * before:.1f} to {100.0 * after:.1f} % of all "
        f"tokens; trivial use, which no audit tells from work that matters, from "
        f"{100.0 * chores:.0f} to {100.0 * more:.0f} %. {comparison.sentence}",
    )


def best_design(results: Results) -> Truth:
    """Tell the scheme that adds most to real output."""
    effects = {name: of.effect("output") for name, of in results.items()}
    best, *others = sorted(
        effects, key=lambda name: effects[name].percent or 0.0, reverse=True
    )
    listed = "; ".join(
        f"{DESIGNS[name]} {effect.percent or 0.0:+.1f} %"
        for name, effect in effects.items()
    )
    return Truth(
        DESIGNS[best],
        f"Real output against voluntary use: {listed}. The last one was put together "
        "to raise output in this model (on other runs); what guidance brings in a real "
        "company is an assumption.",
        tuple(DESIGNS[n] for n in others if _overlap(effects[n], effects[best])),
    )


def _overlap(one: Effect, other: Effect) -> bool:
    """Return whether intervals overlap, or one of them is unknown."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return True
    return one.low <= other.high and other.low <= one.high
