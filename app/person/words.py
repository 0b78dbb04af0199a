"""Why an employee chose an activity, in sentences, from the payoff terms.

A choice is compared with the best other activity that was open. Terms in which it was
ahead speak for it; terms in which it was behind speak against it.
"""

from experiments.words.screen import joined
from model.explanation import LARGEST_FACTOR, Explanation, Flip

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
DID = {
    "manual": "worked by hand",
    "genuine": "used AI for the task",
    "trivial": "gave a chore to AI",
    "padding": "padded",
}
DOING = {
    "manual": "working by hand",
    "genuine": "using AI for the task",
    "trivial": "giving a chore to AI",
    "padding": "padding",
}
TERMS = {
    "own_value": "the work done itself",
    "reluctance": "taste for or against AI",
    "conscience": "conscience",
    "bonus": "the bonus",
    "review": "the measure in the review",
    "review_output": "output in the review",
    "leaderboard": "the rank on the leaderboard",
    "top_board": "a place on the board of heavy users",
    "quota": "the minimum",
    "participation": "the participation target",
    "audit": "the risk of an audit",
    "budget": "the cost of tokens",
    "dismissal": "keeping the job",
}
SMALL = 0.005
"""Half-days below which a term is left out."""
RARE = 0.01
"""Chances, and factors of an incentive, below which no number is given."""


def half_day_name(number: int) -> str:
    """Return the name of a half-day of the week, 0 to 9."""
    return f"{DAYS[number // 2]} {'morning' if number % 2 == 0 else 'afternoon'}"


def term_name(name: str) -> str:
    """Return the name of a payoff term."""
    return TERMS.get(name, name.replace("_", " "))


def advantages(explanation: Explanation, activity: str, other: str) -> dict[str, float]:
    """Return by how much an activity is ahead of another in each term [half-days]."""
    return {
        name: term[activity] - term[other] for name, term in explanation.terms.items()
    }


def rival(explanation: Explanation) -> str:
    """Return the best activity not chosen; the chosen one if no other was open."""
    others = [name for name in explanation.open_to if name != explanation.chosen]
    payoffs = explanation.payoffs
    return max(others, key=lambda name: payoffs[name], default=explanation.chosen)


def why(explanation: Explanation) -> str:
    """Explain a choice by comparison with the best other activity."""
    chosen, other = explanation.chosen, rival(explanation)
    chance = explanation.probabilities[chosen]
    if other == chosen:
        return f"They {DID[chosen]} because nothing else was open to them."
    ahead = advantages(explanation, chosen, other)
    reasons = _strongest(ahead, 1.0)
    against = _strongest(ahead, -1.0)
    gap = sum(ahead.values())
    if gap < 0.0:
        text = (
            f"They {DID[chosen]} although {DOING[other]} would have been worth "
            f"{-gap:.2f} half-days more"
        )
        text += f", for {against}" if against else ""
        return (
            f"{text}. People do not always take the best: the chance of this was "
            f"{chance_in_words(chance)}."
        )
    reason = f"of {reasons}" if reasons else "it was worth about the same"
    text = f"They {DID[chosen]} because {reason}"
    text += f", although {against} spoke for {DOING[other]}." if against else "."
    return (
        f"{text} All in all it was {gap:.2f} half-days ahead of {DOING[other]}; the "
        f"chance of choosing it was {chance_in_words(chance)}."
    )


def task(explanation: Explanation) -> str:
    """Describe the core task of a half-day, and the chore beside it if it was open."""
    text = (
        f"The task was worth {explanation.worth:.2f} half-days and suited to AI at "
        f"{explanation.suitability:.2f} on a scale from 0 to 1; they expected to be "
        f"{_faster(explanation.expected_gain)} with it."
    )
    if "trivial" not in explanation.open_to:
        return text
    return (
        f"{text} The best chore left was worth {explanation.chore:.2f}; there "
        f"they expected to be {_faster(explanation.expected_chore_gain)}. "
        "It puts off the task, and no filter or audit tells it from work that matters."
    )


def _faster(gain: float) -> str:
    return f"{abs(gain):.0%} {'faster' if gain >= 0.0 else 'slower'}"


def flips(explanation: Explanation) -> list[str]:
    """Tell which changes of an incentive would have changed the choice.

    The last sentence names the incentives that could not.
    """
    if not explanation.flips:
        return ["No incentive depends on this choice, so none could have changed it."]
    sentences = [_flip(name, flip) for name, flip in explanation.flips.items() if flip]
    never = [term_name(name) for name, flip in explanation.flips.items() if not flip]
    if never:
        sentences.append(
            f"A change of {joined(never, 'or')} alone, from nothing to "
            f"{LARGEST_FACTOR:.0f} times what it is, would have made no other activity "
            "the best one."
        )
    return sentences


def _flip(name: str, flip: Flip) -> str:
    incentive = term_name(name)
    best = f"{DOING[flip.activity]} would have been the best choice"
    if flip.factor < RARE:
        return f"Had {incentive} been worth nothing, {best}."
    if flip.factor < 1.0:
        return (
            f"Had {incentive} been worth less than {100.0 * flip.factor:.0f} % of what "
            f"it was, {best}."
        )
    return (
        f"Had {incentive} been worth more than {flip.factor:.3g} times as much, {best}."
    )


def _strongest(ahead: dict[str, float], sign: float) -> str:
    """List the three strongest terms of a sign."""
    terms = sorted(
        ((sign * v, name) for name, v in ahead.items() if sign * v >= SMALL),
        reverse=True,
    )[:3]
    return joined([f"{term_name(name)} ({sign * v:+.2f})" for v, name in terms], "and")


def chance_in_words(chance: float) -> str:
    """Write a chance; one that is not 0 or 1 is never rounded to it."""
    if 0.0 < chance < RARE:
        return "less than 1 %"
    if RARE < 1.0 - chance < 1.0 or chance in (0.0, 1.0):
        return f"{100.0 * chance:.0f} %"
    return "more than 99 %"
