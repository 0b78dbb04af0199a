"""Guidance helps people to judge tasks, and trains them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.figures.style import FAINT, INK
from model.incentives import guidance
from model.normal import cdf
from model.work import genuine_gain
from tools.average_person import S, shipped
from tools.panels import POINTS, Curve, Drawing, Floats, Panel, over


def drawing() -> Drawing:
    """What people think of a task, and what training alone does."""
    part = shipped("guidance", "support")
    tasks = np.linspace(0.0, 1.0, POINTS)
    ceiling = S.people.ceiling_a / (S.people.ceiling_a + S.people.ceiling_b)
    start = ceiling * S.people.start_a / (S.people.start_a + S.people.start_b)
    tech = S.technology
    gains = [genuine_gain(start * tech.gain, x, tech.loss) for x in tasks]
    breaks_even = float(np.interp(0.0, gains, tasks))
    noises = {
        "without guidance": (S.people.judgement_noise, FAINT, ":"),
        "with guidance": (guidance.noise(part, S.people.judgement_noise), INK, "-"),
    }
    weeks = np.arange(105.0)

    def thought(noise: float) -> Callable[[float], float]:
        return lambda suitability: cdf((suitability - breaks_even) / noise)

    def trained(part: Any) -> Floats:
        level, path = start, []
        for _ in weeks:
            path.append(level)
            level += guidance.trained(part, level, ceiling)
        return np.array(path)

    return Drawing(
        [
            Panel(
                "A task is judged better: less misuse on the left",
                "suitability of the task for AI",
                "chance that it is\nthought to gain",
                [
                    Curve(
                        label,
                        colour,
                        tasks,
                        over(tasks, thought(sd)),
                        style,
                    )
                    for label, (sd, colour, style) in noises.items()
                ],
                mark=(breaks_even, "breaks even"),
            ),
            Panel(
                "Training alone, by somebody who never uses AI",
                "week",
                "proficiency",
                [
                    Curve("without", FAINT, weeks, np.full(len(weeks), start), ":"),
                    Curve("with guidance", INK, weeks, trained(part)),
                ],
            ),
        ],
        f"guidance=support: {part['judgement']:.0%} of the error of judgement gone, "
        f"{part['training']:.0%} of the way to the ceiling a week; besides, a padded "
        f"half-day feels worse by {part['conscience']:g} half-days. Forgetting is left "
        "out. All sizes are assumptions.",
    )
