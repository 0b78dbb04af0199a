"""Why somebody chose: payoff terms, chances, and what would have flipped the choice.

With payoffs u and one term W of them, a factor k on that term makes an activity a as
good as the best one, m (by logit choice the most likely), where

    u_a + (k - 1) W_a = u_m + (k - 1) W_m,  so  k = 1 - (u_m - u_a) / (W_m - W_a).

Every incentive is linear in its weight (rate, stake, status, prize, penalty, sanction,
share charged), so k is how many times that weight it would have taken, with the
person, the task and all tables as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from model.block import TERMS
from model.outlook import Activity
from model.scenario import Scheme

LARGEST_FACTOR = 10.0
"""Flips that need a larger factor are not reported."""
OWN_TERMS = ("own_value", "reluctance", "conscience")


class Flip(NamedTuple):
    """The smallest change of a term that makes another activity the best one."""

    factor: float  # on the term's worth, 0 to 10; 1 is as it was
    activity: str  # that becomes the best one beyond this factor


@dataclass(frozen=True)
class Explanation:
    """One half-day of one person: what each activity was worth to them, and why.

    Attributes
    ----------
    employee, week, half_day : int
        Row, week (from 0, warm-up excluded) and half-day of the week (0 to 9).
    suitability : float
        How suitable the core task was for AI, 0 to 1.
    worth, chore : float
        Worth of the core task and of the chore beside it [half-days]; a chore is never
        worth more than the task.
    expected_gain, expected_chore_gain : float
        Relative gain that they expected from AI on the core task and on the chore.
    terms : dict of str to dict of str to float
        Payoff by term and activity [half-days]. First what is the person's own
        (own_value, reluctance, conscience), then the incentives in force; review is
        the part of the review that looks at usage, review_output the part that looks
        at output.
    open_to : tuple of str
        Activities that were open to them.
    probabilities : dict of str to float
        Of each activity, by the rule that people choose by.
    chosen : str
        The activity that the draw picked.
    flips : dict of str to Flip or None
        For each incentive, the smallest change of its worth that would have made
        another activity that was open to them the best one; None if no factor from 0
        to 10 does.
    role : str or None
        Name of their role; None in one crowd.
    """

    employee: int
    week: int
    half_day: int
    suitability: float
    worth: float
    chore: float
    expected_gain: float
    expected_chore_gain: float
    open_to: tuple[str, ...]
    terms: dict[str, dict[str, float]]
    probabilities: dict[str, float]
    chosen: str
    flips: dict[str, Flip | None]
    role: str | None = None

    @property
    def payoffs(self) -> dict[str, float]:
        """Sum of the terms by activity [half-days]."""
        return {
            name: sum(term[name] for term in self.terms.values())
            for name in self.probabilities
        }

    def __str__(self) -> str:
        """Return what the activities are worth over manual work, a line each."""
        names = [*self.terms, "sum", "chance"]
        widths = [max(len(name), 7) for name in names]
        heads = (f"{name:>{w}}" for name, w in zip(names, widths, strict=True))
        chore = f" beside a chore worth {self.chore:.2f}" if self.chore else ""
        role = f" ({self.role.replace('_', ' ')})" if self.role else ""
        lines = [
            f"Employee {self.employee}{role}, week {self.week}, half-day "
            f"{self.half_day}: "
            f"a task of suitability {self.suitability:.2f}, worth {self.worth:.2f}"
            f"{chore}, {self.chosen} chosen.",
            " ".join([f"{'':10}", *heads]),
        ]
        for activity in self.open_to:
            payoff = self.payoffs[activity]
            values = [term[activity] - term["manual"] for term in self.terms.values()]
            values.append(payoff - self.payoffs["manual"])
            cells = [f"{v:+{w}.3f}" for v, w in zip(values, widths, strict=False)]
            chance = f"{self.probabilities[activity]:{widths[-1]}.1%}"
            lines.append(" ".join([f"{activity:10}", *cells, chance]))
        for name, flip in self.flips.items():
            what = f"{name} would make another activity the best one"
            if flip is None:
                lines.append(f"No factor up to {LARGEST_FACTOR:.0f} on {what}.")
            else:
                lines.append(
                    f"{flip.factor:.2f} times {name} would make {flip.activity} the "
                    "best one."
                )
        return "\n".join(lines)


def offered(scheme: Scheme, suspected: bool) -> tuple[str, ...]:
    """Name the payoff terms that a scheme has, in the order of ``TERMS``.

    ``suspected``: whether a review by output is suspected to look at usage. Guidance
    and a mere cap are no payoffs and have no term.
    """
    names = {name for name, part in scheme.incentives.items() if part.has_worth()}
    if "review" in names:
        names.add("review_output")
        if not (suspected or scheme.review.weight > 0.0):
            names.remove("review")
    return tuple(name for name in TERMS if name in names)


def explain_week(
    notes: Any, employee: int, role: str | None, week: int, others: tuple[str, ...]
) -> tuple[Explanation, ...]:
    """Explain the ten half-days of a page of ``model.week.Notes``.

    ``role`` is the name of their role, None in one crowd; ``others`` are the terms that
    are not the person's own, see ``offered``.
    """
    names = [activity.name.lower() for activity in Activity]
    explanations = []
    for h in range(10):
        terms = {
            name: dict(
                zip(names, notes["terms"][h, TERMS.index(name)].tolist(), strict=True)
            )
            for name in OWN_TERMS + others
        }
        chances = dict(zip(names, notes["chances"][h].tolist(), strict=True))
        mask = int(notes["open_to"][h])
        open_to = tuple(
            name for a, name in zip(Activity, names, strict=True) if mask >> a & 1
        )
        flips = {name: smallest_flip(terms, name, open_to) for name in others}
        explanations.append(
            Explanation(
                employee=employee,
                week=week,
                half_day=h,
                suitability=float(notes["tasks"][h, 0]),
                worth=float(notes["worth"][h]),
                chore=float(notes["chore"][h]),
                expected_gain=float(notes["hoped"][h]),
                expected_chore_gain=float(notes["chore_hoped"][h]),
                open_to=open_to,
                terms=terms,
                probabilities=chances,
                chosen=names[notes["activities"][h]],
                flips=flips,
                role=role,
            )
        )
    return tuple(explanations)


def smallest_flip(
    terms: dict[str, dict[str, float]], name: str, open_to: Sequence[str]
) -> Flip | None:
    """Find the factor on a term, nearest to 1, that makes another activity the best."""
    payoffs = {a: sum(term[a] for term in terms.values()) for a in open_to}
    best = max(open_to, key=lambda a: payoffs[a])
    flips = []
    for activity in open_to:
        ahead = terms[name][best] - terms[name][activity]
        if activity == best or ahead == 0.0:
            continue
        factor = 1.0 - (payoffs[best] - payoffs[activity]) / ahead
        if 0.0 <= factor <= LARGEST_FACTOR:
            flips.append(Flip(factor, activity))
    return min(flips, key=lambda flip: abs(flip.factor - 1.0), default=None)
