"""Token budget: chargeback and hard cap.

worth = -chargeback * price * tokens / value of a half-day
Once the spend of a window has reached the cap, activities that use tokens are
infeasible until the window ends.

Source: Uber's cap of $1,500 a tool and month (docs/evidence.md, section 1.1).
Prediction: chargeback makes people weigh tokens against work; a cap truncates the
right tail, genuine or not.
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, Threshold, window_weeks
from model.parameters import parameter
from model.people import People
from model.wording import every, percent
from model.workplace import Workplace


class Budget(Incentive):
    """Tokens cost the person, or run out."""

    title = "Budget"
    gamed = (
        "Spend what is left before the window ends, or leave genuine use undone once "
        "the cap is near."
    )
    weights = ("chargeback", "cap")

    chargeback: float = parameter(
        0.0,
        "part of the price that is felt by the person",
        low=0.0,
        high=1.0,
        confidence="choice",
    )
    cap: float = parameter(
        0.0,
        "spend of a window beyond which no tokens are left (0: no cap)",
        unit="$ per window",
        low=0.0,
        high=1e9,
        span=(100.0, 3000.0),
        confidence="choice",
    )
    weeks: int = window_weeks(4)

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        lines = []
        if self.cap > 0:
            lines.append(
                f"each person has ${self.cap:,.0f} of tokens {every(self.weeks)}; then "
                "there are none until the window ends."
            )
        if self.chargeback > 0:
            lines.append(
                f"people feel {percent(self.chargeback)} of the price of their tokens."
            )
        return " Besides, ".join(lines)

    def has_worth(self) -> bool:
        """Whether tokens cost; a cap alone is no payoff."""
        return self.chargeback > 0

    def window(self) -> int:
        """Weeks after which the cap starts anew."""
        return self.weeks

    def counts(self) -> Counted:
        """What is spent."""
        return Counted.SPEND

    def thresholds(self) -> tuple[Threshold, ...]:
        """The cap."""
        if self.cap == 0.0:
            return ()
        return (Threshold("spending cap", Counted.SPEND, self.cap),)


@rule
def worth(budget: Budget, dollars: float, half_day_value: float) -> float:
    """Worth of the tokens of a half-day, negative [half-days]."""
    return -budget.chargeback * dollars / half_day_value


@rule
def exhausted(budget: Budget, spent: float) -> bool:
    """Whether the spend of the window so far [$] has reached the cap."""
    return budget.cap > 0.0 and spent >= budget.cap
