"""A participation target presses people to be active once a week."""

from collections.abc import Callable

import numpy as np

from experiments.figures.style import FAINT, GENUINE, INK
from model.incentives import participation
from tools.average_person import (
    AVERAGE,
    shipped,
)
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What being active is worth by share, and what a first half-day adds."""
    part = shipped("participation", "team_80")
    shares = np.linspace(0.0, 1.0, POINTS)
    days = np.arange(10.0)

    def pressed(share: float) -> float:
        force = participation.pressure(part["target"], part["softness"], share)
        return participation.worth(part, AVERAGE, force, 1.0)

    def added(usual: float) -> Callable[[float], float]:
        def gain(day: float) -> float:
            still = min(1.0, (9.0 - day) * usual / 10.0)
            sure = participation.worth(part, AVERAGE, 1.0, 1.0)
            return sure - participation.worth(part, AVERAGE, 1.0, still)

        return gain

    return Drawing(
        [
            Panel(
                "The pressure ends where the team meets its target",
                "share of the team that is active, smoothed",
                "worth of being active\n[half-days]",
                [Curve("", INK, shares, over(shares, pressed))],
                mark=(float(part["target"]), "target"),
            ),
            Panel(
                "What a first half-day with AI adds, far below the target",
                "half-day of the week (0 Monday morning, 9 Friday afternoon)",
                "added [half-days]",
                [
                    Curve(f"active in {usual:.0%} of weeks", colour, days, gain, style)
                    for usual, colour, style, gain in (
                        (0.0, INK, "-", over(days, added(0.0))),
                        (0.5, GENUINE, "--", over(days, added(0.5))),
                        (1.0, FAINT, ":", over(days, added(1.0))),
                    )
                ],
            ),
        ],
        f"participation=team_80: target {part['target']:g}, penalty "
        f"{part['penalty']:g}. A second half-day with AI in the same week adds "
        "nothing; genuine and padded count alike.",
    )
