"""Risk gate: the seniors of a team sign off what AI had a part in.

Not a payoff. Of the work that AI had a part in, a share is read before it reaches
mates. Reading finds a part of what is spoilt or dressed up, which mates then need not
do again, and takes the seniors of the team time, in equal parts:
rework = rework without a gate * (1 - share * found);
half-days of a senior = share * time * work of the team with AI / its seniors.

Source: Amazon's rule that seniors sign off juniors' AI code, 10 Mar 2026
(docs/evidence.md, section 1.1); two thirds ship AI output unverified at times, review
takes seniors' hours (section 2.1). The part that is found is an assumption.
Prediction: less rework, paid for by those whose hours are dearest; no reward hangs on
it, so that nobody games it, and usage moves little.
"""

from model.compiled import rule
from model.incentive import Incentive
from model.parameters import parameter
from model.people import People
from model.wording import percent
from model.workplace import Workplace


class Gate(Incentive):
    """A senior's signature under AI output."""

    title = "Risk gate"
    gamed = (
        "No reward hangs on it. Seniors may sign without reading; here they read all "
        "that they sign."
    )
    weights = ("share",)

    share: float = parameter(
        0.0,
        "share of AI output that needs a senior's signature",
        low=0.0,
        high=1.0,
        confidence="choice",
    )
    found: float = parameter(
        0.5,
        "part of what is spoilt that a senior finds in it",
        low=0.0,
        high=1.0,
        span=(0.2, 0.8),
        strength=True,
    )
    time: float = parameter(
        0.15,
        "time that a half-day of AI output takes a senior to read",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.4),
        source="as peers.review_load; evidence 2.1",
        strength=True,
    )

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        return (
            f"A senior of the team signs off {percent(self.share)} of what AI had a "
            f"part in, and finds {percent(self.found)} of what is spoilt; reading "
            f"takes {percent(self.time)} of the time of the work."
        )

    def has_worth(self) -> bool:
        """Never: it changes what reaches mates, not payoffs."""
        return False


@rule
def passed(gate: Gate) -> float:
    """Part of what is spoilt that reaches mates."""
    return 1.0 - gate.share * gate.found
