"""A gate spares mates rework, and takes seniors time."""

from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.figures.style import FAINT, INK
from model import Gate, Scenario
from model.incentives import gate
from model.parameters import as_record, declarations
from model.rework import sign_off
from model.workforce import EMPLOYEE
from tools.average_person import S, shipped
from tools.panels import POINTS, Curve, Drawing, Panel, over

SHARES = np.linspace(0.0, 1.0, POINTS)


def drawing() -> Drawing:
    """What reaches mates by what is signed, and what signing takes a senior."""
    size = S.organisation.team_size
    staff: Any = np.zeros(size, EMPLOYEE)
    staff["skill"] = np.arange(size)[::-1]

    def reaches(found: float) -> Callable[[float], float]:
        return lambda share: gate.passed(as_record(Gate(share=share, found=found)))

    def takes(time: float) -> Callable[[float], float]:
        rules = as_record(Scenario(gate=Gate(share=1.0, time=time)))

        def of_senior(use: float) -> float:
            staff["ai_work"] = 10.0 * use
            return 10.0 * sign_off(0, staff, rules)

        return of_senior

    part = shipped("gate", "sign_off")
    return Drawing(
        [
            Panel(
                "What is signed off reaches mates in part",
                "share of AI output that is signed off",
                "rework, over that\nwithout a gate",
                lines("found", "{:.0%} is found", reaches),
            ),
            Panel(
                "Reading takes the hours of seniors",
                "share of the team's work in which AI has a part",
                "half-days a week\nof each senior",
                lines("time", "{:.0%} of the time of the work", takes),
            ),
        ],
        f"gate=sign_off: all AI output is signed off, {part['found']:.0%} of what is "
        f"spoilt is found, and reading takes {part['time']:.0%} of the time of the "
        f"work. Faint: the ends of their ranges. A team of {size}, of whom "
        f"{max(1, int(S.peers.senior_share * size))} are seniors.",
    )


def lines(
    key: str, label: str, rule: Callable[[float], Callable[[float], float]]
) -> list[Curve]:
    """A line at the shipped value of a parameter, and one at each end of its range."""
    (low, high) = next(row.span for row in declarations(Gate) if row.key == key)
    looks = (
        (low, FAINT, ":"),
        (shipped("gate", "sign_off")[key], INK, "-"),
        (high, FAINT, "--"),
    )
    return [
        Curve(label.format(value), colour, SHARES, over(SHARES, rule(value)), style)
        for value, colour, style in looks
    ]
