"""Who gains and who loses in words, for the page and for the brief."""

from app.comparison import Comparison
from app.people import MUCH, Fates, Staff
from experiments.store.dataset import MOST_PEOPLE
from experiments.words.groups import EVERYBODY

OUTCOMES = {
    "output": "own output",
    "welfare": "own account",
    "reward": "reward",
}
"""What people gain or lose, as the page names it."""
KINDS = {
    "everybody": "everybody",
    "role": "role",
    "skill": "skill, in fifths",
    "tenure": "time in the job",
    "scruple": "scruple",
    "use": "use of AI before, in fifths",
}
"""What people are divided by, as the page names it."""


def said(fates: Fates, outcome: str) -> str:
    """Say how many of everybody lose and gain more than a little."""
    of = fates.spreads[EVERYBODY, outcome]
    return (
        f"{OUTCOMES[outcome].capitalize()}: {100 * of.loses_much:.0f} % lose more than "
        f"{MUCH:g} % of a week, {100 * of.gains_much:.0f} % gain more than that; for "
        f"{100 * of.same:.0f} % nothing changes."
    )


def whom(staff: Staff, comparison: Comparison) -> str:
    """Say who is drawn."""
    pair = comparison.pair
    people = pair.scenario(pair.first).organisation.employees
    which = f"the first {MOST_PEOPLE:,} of " if people > MOST_PEOPLE else ""
    return f"{len(staff.slots):,} of {which}{people:,} people of the first replicate."
