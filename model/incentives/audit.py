"""Audit of token use, random or of the top spenders.

worth = -p_sel * sanction * ambition *
        (sensitivity * [padding] + false positive * [genuine or trivial])

Random: p_sel = probability. Top spenders: p_sel = probability * P(S >= top cut), with S
the tokens of the audit's window and the cut that of the listed share.

Source: Becker (1968), deterrence by expected sanction; Shopify's manual review of top
spenders (docs/evidence.md, sections 1.1 and 4, C8).
Prediction: random audits thin out padding everywhere, audits of top spenders only near
the cut; false positives also tax heavy genuine users. Nobody can tell trivial from
genuine use by looking at it, so that an audit errs on both alike.
"""

import math

from model.compiled import rule
from model.incentive import (
    UPKEEP,
    Counted,
    Incentive,
    Threshold,
    window_weeks,
)
from model.normal import cdf
from model.outlook import MANUAL, PADDING, Person
from model.parameters import parameter
from model.people import People
from model.wording import percent
from model.workplace import Workplace


class Audit(Incentive):
    """Somebody looks at what the tokens were for."""

    title = "Audit"
    gamed = (
        "Stay below the line from which people are selected, or make padding look "
        "like use; false alarms fall on heavy genuine users."
    )
    weights = ("probability",)

    probability: float = parameter(
        0.0,
        "chance that a half-day of a selected person is looked at",
        low=0.0,
        high=1.0,
        confidence="choice",
    )
    sanction: float = parameter(
        4.0,
        "cost of being found out",
        unit="half-days",
        low=0.0,
        high=1000.0,
        span=(0.5, 20.0),
        strength=True,
    )
    sensitivity: float = parameter(
        0.8,
        "chance that padding looked at is recognised",
        low=0.0,
        high=1.0,
        strength=True,
    )
    false_positive: float = parameter(
        0.05,
        "chance that genuine use looked at is taken for padding",
        low=0.0,
        high=1.0,
        span=(0.0, 0.2),
        strength=True,
    )
    top_share: float = parameter(
        0.0,
        "share of heaviest users from whom people are selected (0: everybody)",
        low=0.0,
        high=1.0,
        span=(0.0, 0.2),
        confidence="choice",
    )
    weeks: int = window_weeks(4)
    hours_a_case: float = parameter(
        4.0,
        "time to look at a half-day, of those who look and those who explain",
        unit="hours",
        low=0.0,
        high=500.0,
        span=(1.0, 16.0),
        source=UPKEEP,
    )

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        whom = "everybody"
        if self.top_share > 0:
            whom = f"the heaviest {percent(self.top_share)} of users"
        cost = self.sanction * organisation.half_day_value
        return (
            f"{percent(self.probability)} of the half-days of {whom} are looked at; "
            f"padding is recognised in {percent(self.sensitivity)} of cases, real use "
            f"taken for padding in {percent(self.false_positive)}. Being found out "
            f"costs as much as ${cost:,.0f}."
        )

    def window(self) -> int:
        """Weeks of tokens by which top spenders are selected."""
        return self.weeks

    def thresholds(self) -> tuple[Threshold, ...]:
        """The use above which people are selected."""
        if self.top_share == 0.0:
            return ()
        return (Threshold("audited above", Counted.TOKENS, top_share=self.top_share),)


@rule
def selection(
    audit: Audit, score: float, sigma: float, cut: float, sigma_cut: float
) -> float:
    """Probability p_sel that a half-day is looked at."""
    spread = math.sqrt(sigma * sigma + sigma_cut * sigma_cut)
    heavy = cdf((score - cut) / spread)  # NaN at worst where nobody looks at it
    return audit.probability * heavy if audit.top_share > 0.0 else audit.probability


@rule
def finding(audit: Audit, activity: int) -> float:
    """Probability that a half-day looked at is called padding."""
    if activity == MANUAL:
        return 0.0
    return audit.sensitivity if activity == PADDING else audit.false_positive


@rule
def worth(audit: Audit, person: Person, activity: int, selected: float) -> float:
    """Expected sanction of a half-day, negative [half-days]."""
    stake = audit.sanction * person.ambition
    return -selected * stake * finding(audit, activity)


@rule
def sanctions(audit: Audit, person: Person, findings: float) -> float:
    """What so many findings cost, right or wrong ones, negative [half-days]."""
    return -findings * audit.sanction * person.ambition
