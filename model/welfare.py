"""Welfare: what people's half-days were worth to themselves, as they turned out.

    10 welfare = v Y - reluctance * half-days with genuine or trivial use
                 - conscience * padded half-days - costs of margins and gestures
                 - missed participation - sanctions - tokens charged
                 + bonus paid - quota missed - job lost

in half-days per half-day, for a person and week. Y is their real output, v what they
value it at when nothing waits (``own_value``): urgency drives choices, but nobody is
better off because their work piles up. It is what came, not what was foreseen: a bonus
and a missed quota count in the week that ends their window, undiscounted, and audits
count by what they found, false alarms included. Standing in a review or on a board is
left out: what one person gains by it others lose. The last two lines of the sum are the
reward: what incentives paid, less what they took. A lost job counts in the week of the
dismissal (``model.dismissing``).
"""

from model.block import Block, person
from model.compiled import rule
from model.incentives import audit, bonus, budget, participation, quota
from model.margins import cost_of_margins
from model.outlook import Person
from model.published import Published
from model.scenario import ROW, Scenario
from model.workforce import Employee


@rule
def lived(block: Block, k: int, output: float, reward: float, s: Scenario) -> float:
    """Welfare of the week that the person in lane k has lived, before it is counted.

    ``output`` is their real output of the week [half-days], ``reward`` what
    ``rewarded`` says.
    """
    total = s.people.own_value * output
    total -= block.reluctance[k] * (block.genuine[k] + block.trivial[k])
    total -= block.cost[k] * block.padding[k]
    total -= cost_of_margins(block, k, s)
    return total / 10.0 + reward


@rule
def rewarded(block: Block, k: int, published: Published, s: Scenario) -> float:
    """What incentives paid the person in lane k in the week, less what they took."""
    who = person(block, k)
    findings = block.hits[k] + block.false_hits[k]
    tokens = block.genuine_tokens[k] + block.trivial_tokens[k] + block.padded_tokens[k]
    dollars = tokens * (s.technology.price * published.price)
    value = s.organisation.half_day_value
    pressed, active = block.pressed[k], block.active[k]
    total = participation.missed(s.participation, who, pressed, active)
    total += audit.sanctions(s.audit, who, findings)
    total += budget.worth(s.budget, dollars, value)
    return total / 10.0


@rule
def settled(
    row: int, e: Employee, score: float, half_days: float, amount: float, s: Scenario
) -> float:
    """Welfare that the end of a window brings, in the week that ends it.

    The window had ``half_days`` and ends with the score; ``amount`` is the quota in
    force [reference weeks].
    """
    if row == ROW.bonus:
        return bonus.paid(s.bonus, score) / 10.0
    if row == ROW.quota:
        who = Person(e.ambition, e.status, 0.0)
        return quota.missed(s.quota, who, score, half_days, amount) / 10.0
    return 0.0
