"""A budget makes tokens cost, or lets them run out."""

import numpy as np

from experiments.figures.style import COLOURS, GENUINE, INK, PADDING
from model.incentives import budget
from tools.average_person import S, shipped
from tools.panels import POINTS, Curve, Drawing, Floats, Panel, over


def drawing() -> Drawing:
    """What tokens cost by half-day, and how far a cap lets people go."""
    felt, capped = shipped("budget", "chargeback"), shipped("budget", "cap_1500")
    tokens = np.linspace(0.0, 60.0, POINTS)
    days = np.arange(41.0)
    price, value = S.technology.price, S.organisation.half_day_value

    def spent(each: float) -> Floats:
        total, path = 0.0, []
        for _ in days:
            path.append(total)
            if not budget.exhausted(capped, total):
                total += each * price
        return np.array(path)

    return Drawing(
        [
            Panel(
                "Chargeback: every token costs, whatever it was for",
                "tokens of a half-day [M]",
                "worth [half-days]",
                [
                    Curve(
                        "",
                        INK,
                        tokens,
                        over(tokens, lambda x: budget.worth(felt, x * price, value)),
                    )
                ],
            ),
            Panel(
                "Cap: the heaviest users run dry",
                "half-days with AI in a window of four weeks",
                "spend so far [$]",
                [
                    Curve(f"{each:g} M a half-day", colour, days, spent(each))
                    for each, colour in ((9, GENUINE), (30, COLOURS[2]), (60, PADDING))
                ],
                level=float(capped["cap"]),
                legend="center right",
            ),
        ],
        f"budget=chargeback (at ${price:g} per M tokens, a half-day at ${value:g}) and "
        f"budget=cap_1500 (dashed: ${capped['cap']:,.0f} in four weeks).",
    )
