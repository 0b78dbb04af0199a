"""What each incentive is worth by the score one expects, and what a half-day adds.

Drawn for one person of average traits by the rules of ``model/incentives`` themselves,
with the numbers that are shipped in ``configs/``. Nothing is simulated: others' usage
is taken as lognormal with the median and spread of the voluntary organisation. The
uncertainty of a score is that of the usual pace, without cramming.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.config.compose import compose
from experiments.figures.style import (
    COLOURS,
    FAINT,
    GENUINE,
    GRID,
    INK,
    PADDING,
    chart,
    note,
    note_height,
)
from model import Scenario, parameters
from model.incentive import Incentive
from model.incentives import (
    audit,
    bonus,
    budget,
    guidance,
    leaderboard,
    participation,
    quota,
    review,
    top_board,
)
from model.measure import REFERENCE_TOKENS, SQRT_3
from model.normal import cdf, quantile
from model.outlook import GENUINE as USES
from model.outlook import PADDING as PADS
from model.outlook import Outlook, Person
from model.work import genuine_gain, padding_loss, padding_tokens

Floats = NDArray[np.float64]

WIDTH = 5.6
"""Inches; narrower than other charts, so that letters can be read on a phone."""
HEIGHT = 1.75
"""Inches of a panel."""
POINTS = 241

S = Scenario()
AVERAGE = Person(ambition=1.0, status=1.0, suspicion=0.0)
SAVVY = S.people.savvy_a / (S.people.savvy_a + S.people.savvy_b)
CONSCIENCE = (
    S.people.conscience_floor + S.people.conscience_shape * S.people.conscience_scale
)
LOST = padding_loss(S.technology.padding_time, S.technology.automation, SAVVY)
COST = S.people.own_value * LOST + CONSCIENCE
"""What a padded half-day costs: time at its own value, and conscience [half-days]."""
USED = S.people.intensity / REFERENCE_TOKENS
"""Score of a genuine half-day with median tokens [reference weeks]."""
PADDED = (
    padding_tokens(S.people.padding_intensity, S.technology.scripting, SAVVY)
    / REFERENCE_TOKENS
)
"""Score of a padded half-day [reference weeks]."""
MEDIAN, LOG_SD = 1.0, 1.4
"""Weekly scores of the others: lognormal [reference weeks]."""

OTHERS = (
    "Others' weekly usage: lognormal, median 32 M tokens, log-sd 1.4, about as in the "
    "voluntary organisation. "
)
DASHED = (
    f"Dashed: what a padded half-day costs the average person, {COST:.2f} half-days of "
    "time and conscience. "
)


class Curve(NamedTuple):
    """A line of a panel."""

    label: str
    colour: str
    x: Floats
    y: Floats
    style: str = "-"


class Panel(NamedTuple):
    """A panel: lines over one axis, and perhaps a dashed level."""

    title: str
    x: str
    y: str
    curves: Sequence[Curve]
    log: bool = False
    level: float | None = None
    mark: tuple[float, str] | None = None
    legend: str = "best"


class Drawing(NamedTuple):
    """The panels of an incentive, from above, and what stands below them."""

    panels: Sequence[Panel]
    text: str


def record(part: Incentive) -> Any:
    """An incentive as the record that the rules of ``model/incentives`` read."""
    return np.array([parameters.row(part)], parameters.dtype(type(part)))[0]


def shipped(name: str, member: str) -> Any:
    """The record of an incentive as a member of its group of configs ships it."""
    return record(getattr(compose([f"{name}={member}"]), name))


def outlook(score: float, half_days: float, left: float) -> Outlook:
    """Expect a score with the uncertainty c sqrt(r) max(pace, a tenth of reference)."""
    pace = max(score / half_days, 0.01)
    sigma = S.people.uncertainty * math.sqrt(left) * pace
    return Outlook(score=score, sigma=sigma, half_days=half_days, discount=1.0)


def standing(rate: float, spread: float) -> float:
    """Expected standing of a weekly rate, by the quadrature of the model."""

    def below(value: float) -> float:
        return cdf(math.log(value / MEDIAN) / LOG_SD) if value > 0.0 else 0.0

    sides = below(rate - SQRT_3 * spread) + below(rate + SQRT_3 * spread)
    return sides / 6.0 + 2.0 * below(rate) / 3.0


@chart
def incentive(name: str) -> Figure:
    """Worth of an incentive by score, and what a half-day adds to it.

    Raises ``KeyError`` for an incentive without a drawing.
    """
    drawing = DRAWINGS[name]()
    rows = len(drawing.panels)
    foot = 0.55 + note_height(drawing.text, WIDTH)
    tall = 0.3 + rows * HEIGHT + (rows - 1) * 0.85 + foot
    figure = Figure(figsize=(WIDTH, tall))
    for row, panel in enumerate(drawing.panels):
        bottom = foot + (rows - 1 - row) * (HEIGHT + 0.85)
        axes = figure.add_axes(
            (0.82 / WIDTH, bottom / tall, (WIDTH - 0.97) / WIDTH, HEIGHT / tall)
        )
        _draw(axes, panel)
    note(figure, drawing.text)
    return figure


def _draw(axes: Any, panel: Panel) -> None:
    for curve in panel.curves:
        axes.plot(
            curve.x, curve.y, curve.style, color=curve.colour, lw=1.8, label=curve.label
        )
    if panel.level is not None:
        axes.axhline(panel.level, color=FAINT, linestyle="--", linewidth=1.0)
    if panel.mark is not None:
        place, label = panel.mark
        axes.axvline(place, color=FAINT, linestyle=":", linewidth=1.0)
        axes.text(
            place,
            0.98,
            f" {label}",
            transform=axes.get_xaxis_transform(),
            va="top",
            fontsize=7.5,
            color=FAINT,
        )
    if panel.log:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_title(panel.title)
    axes.set_xlabel(panel.x)
    axes.set_ylabel(panel.y)
    axes.grid(axis="y", color=GRID)
    axes.margins(x=0.0)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.08 * (high - low))
    if len(panel.curves) > 1:
        axes.legend(loc=panel.legend, handlelength=1.6)


def _over(x: Floats, y: Callable[[float], float]) -> Floats:
    return np.array([y(float(value)) for value in x])


def _added(
    x: Floats,
    worth: Callable[[float, float], float],
    half_days: float,
    left: float,
    which: str = "both",
) -> list[Curve]:
    """What a genuine and a padded half-day add to the worth of ending at x.

    ``worth(score, at)`` is the worth of a score, with the uncertainty as at x.
    """

    def gain(score: float) -> Callable[[float], float]:
        return lambda at: worth(at + score, at) - worth(at, at)

    said = "" if which == "both" else f", {which}"
    style = "-" if which in ("both", "last half-day") else ":"
    return [
        Curve(
            f"{name}{said}",
            colour,
            x,
            _over(x, gain(score)),
            style,
        )
        for name, colour, score in (
            ("genuine", GENUINE, USED),
            ("padded", PADDING, PADDED),
        )
    ]


def _bonus() -> Drawing:
    part = shipped("bonus", "usage")
    scores, rates = np.linspace(0.0, 12.0, POINTS), np.linspace(0.0, 4.0, POINTS)

    def worth(score: float) -> float:
        return bonus.worth(part, outlook(score, 40.0, 1.0))

    def added(score: float) -> Callable[[float], float]:
        def at(rate: float) -> float:
            paid = part.copy()
            paid["rate"] = rate
            return bonus.worth(paid, outlook(score, 40.0, 1.0))

        return at

    return Drawing(
        [
            Panel(
                "Every unit of score is paid alike",
                "score expected at the end of four weeks [reference weeks]",
                "worth [half-days]",
                [Curve("", INK, scores, _over(scores, worth))],
            ),
            Panel(
                "What one more half-day adds, at any score",
                "rate [half-days per reference week]",
                "added [half-days]",
                [
                    Curve(name, colour, rates, _over(rates, added(score)))
                    for name, colour, score in (
                        ("genuine", GENUINE, USED),
                        ("padded", PADDING, PADDED),
                    )
                ],
                level=COST,
                mark=(float(part["rate"]), "as shipped"),
            ),
        ],
        "bonus=usage, with tokens as the headline. Below: a genuine half-day with 9 M "
        f"tokens, a padded one with {PADDED * REFERENCE_TOKENS:.0f} M. " + DASHED,
    )


def _review() -> Drawing:
    part = shipped("review", "linked")
    rates = np.geomspace(0.05, 20.0, POINTS)

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 260.0, 130.0)._replace(score=score)
        place = standing(score / 26.0, seen.sigma / 26.0)
        return review.worth(part, AVERAGE, seen, place)

    def usage(rate: float) -> float:
        return worth(26.0 * rate, 26.0 * rate)

    added = _added(26.0 * rates, worth, 260.0, 130.0)
    return Drawing(
        [
            Panel(
                "Half of the review goes by standing in usage",
                "weekly usage [reference weeks, log scale]",
                "worth [half-days]",
                [Curve("", INK, rates, _over(rates, usage))],
                log=True,
            ),
            Panel(
                "What one half-day adds, half-way to the review",
                "weekly usage [reference weeks, log scale]",
                "added [half-days]",
                [curve._replace(x=rates) for curve in added],
                log=True,
                level=COST,
            ),
        ],
        f"review=linked: stake {part['stake']:g}, weight {part['weight']:g}, 26 weeks. "
        "The half that goes by observed output is not drawn. " + OTHERS + DASHED,
    )


def _leaderboard() -> Drawing:
    part = shipped("leaderboard", "full")
    linear = part.copy()
    linear["curvature"] = 0.0
    rates = np.geomspace(0.05, 20.0, POINTS)
    places = np.linspace(0.0, 1.0, POINTS)

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 10.0, 5.0)._replace(score=score)
        return leaderboard.worth(part, AVERAGE, seen, standing(score, seen.sigma))

    def placed(board: Any) -> Callable[[float], float]:
        week = outlook(1.0, 10.0, 1.0)
        return lambda place: leaderboard.worth(board, AVERAGE, week, place)

    return Drawing(
        [
            Panel(
                "The ends of the ranking matter more than its middle",
                "standing (0 last, 1 first)",
                "worth [half-days]",
                [
                    Curve("as shipped", INK, places, _over(places, placed(part))),
                    Curve("linear", FAINT, places, _over(places, placed(linear)), ":"),
                ],
            ),
            Panel(
                "What one half-day adds, on Wednesday at noon",
                "week's usage otherwise [reference weeks, log scale]",
                "added [half-days]",
                _added(rates, worth, 10.0, 5.0),
                log=True,
            ),
        ],
        f"leaderboard=full: status {part['status']:g}, curvature "
        f"{part['curvature']:g}, one week. A padded half-day costs the average person "
        f"{COST:.2f} half-days, beyond the axis: only people with little conscience, "
        "much savvy or a strong sense of status pad here. " + OTHERS,
    )


def _top_board() -> Drawing:
    scores = np.geomspace(1.0, 200.0, POINTS)
    boards = {
        "top 2 %": (shipped("top_board", "top_2pct"), PADDING, INK),
        "top 250 of 85,000": (shipped("top_board", "top_250"), COLOURS[6], COLOURS[4]),
    }
    worths, added = [], []
    for label, (part, colour, ink) in boards.items():
        cut = MEDIAN * math.exp(LOG_SD * quantile(1.0 - float(part["share"])))

        def worth(score: float, at: float, part: Any = part, cut: float = cut) -> float:
            seen = outlook(at, 10.0, 5.0)._replace(score=score)
            return top_board.worth(part, AVERAGE, seen, cut, 0.1 * cut)

        worths.append(Curve(label, ink, scores, _over(scores, lambda x: worth(x, x))))
        gain = _over(scores, lambda x: worth(x + PADDED, x) - worth(x, x))
        added.append(Curve(f"padded, {label}", colour, scores, gain))
    return Drawing(
        [
            Panel(
                "Nearly nothing until the list is in sight",
                "week's usage expected [reference weeks, log scale]",
                "worth [half-days]",
                worths,
                log=True,
                mark=(MEDIAN, "median user"),
            ),
            Panel(
                "What one padded half-day adds, on Wednesday at noon",
                "week's usage otherwise [reference weeks, log scale]",
                "added [half-days]",
                added,
                log=True,
                mark=(MEDIAN, "median user"),
            ),
        ],
        "top_board=top_2pct and top_250: prize 0.3, one week; the cut is the place "
        "among the others, with a standard deviation of a tenth of it. " + OTHERS,
    )


def _quota() -> Drawing:
    part = shipped("quota", "monthly")
    least = float(part["amount"]) / REFERENCE_TOKENS
    scores = np.linspace(0.0, 8.0, POINTS)
    stages = (
        ("last half-day", 1.0, "-"),
        ("two weeks left", 20.0, "--"),
        ("first half-day", 40.0, ":"),
    )

    def worth_at(left: float) -> Callable[[float, float], float]:
        def worth(score: float, at: float) -> float:
            seen = outlook(at, 40.0, left)._replace(score=score)
            return quota.worth(part, AVERAGE, seen, least)

        return worth

    def expected(left: float) -> Callable[[float], float]:
        return lambda score: worth_at(left)(score, score)

    return Drawing(
        [
            Panel(
                "A step at the minimum, blurred while time is left",
                "score expected at the end of four weeks [reference weeks]",
                "worth [half-days]",
                [
                    Curve(label, INK, scores, _over(scores, expected(left)), style)
                    for label, left, style in stages
                ],
                mark=(least, "minimum"),
            ),
            Panel(
                "What one half-day adds: most just short of it, and late",
                "score expected without that half-day [reference weeks]",
                "added [half-days]",
                [
                    *_added(scores, worth_at(1.0), 40.0, 1.0, "last half-day"),
                    *_added(scores, worth_at(40.0), 40.0, 40.0, "first half-day"),
                ],
                level=COST,
                mark=(least, "minimum"),
            ),
        ],
        f"quota=monthly: {part['amount']:g} M tokens in four weeks, penalty "
        f"{part['penalty']:g} and shame {part['shame']:g}. " + DASHED,
    )


def _participation() -> Drawing:
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
                [Curve("", INK, shares, _over(shares, pressed))],
                mark=(float(part["target"]), "target"),
            ),
            Panel(
                "What a first half-day with AI adds, far below the target",
                "half-day of the week (0 Monday morning, 9 Friday afternoon)",
                "added [half-days]",
                [
                    Curve(f"active in {usual:.0%} of weeks", colour, days, gain, style)
                    for usual, colour, style, gain in (
                        (0.0, INK, "-", _over(days, added(0.0))),
                        (0.5, GENUINE, "--", _over(days, added(0.5))),
                        (1.0, FAINT, ":", _over(days, added(1.0))),
                    )
                ],
            ),
        ],
        f"participation=team_80: target {part['target']:g}, penalty "
        f"{part['penalty']:g}. A second half-day with AI in the same week adds "
        "nothing; genuine and padded count alike.",
    )


def _audit() -> Drawing:
    random, top = shipped("audit", "random"), shipped("audit", "top_spenders")
    cut = 4.0 * MEDIAN * math.exp(LOG_SD * quantile(1.0 - float(top["top_share"])))
    scores = np.geomspace(0.5, 200.0, POINTS)

    def expected(part: Any, activity: int) -> Callable[[float], float]:
        def worth(score: float) -> float:
            seen = outlook(score, 40.0, 20.0)
            chance = audit.selection(part, seen, cut, 0.1 * cut)
            return audit.worth(part, AVERAGE, activity, chance)

        return worth

    return Drawing(
        [
            Panel(
                "Random audits touch everybody, others only near the cut",
                "usage expected in four weeks [reference weeks, log scale]",
                "worth of a half-day\n[half-days]",
                [
                    Curve(
                        f"{name}, {which}",
                        colour,
                        scores,
                        _over(scores, expected(part, activity)),
                        style,
                    )
                    for which, part, style in (
                        ("random", random, ":"),
                        ("top spenders", top, "-"),
                    )
                    for name, activity, colour in (
                        ("padded", PADS, PADDING),
                        ("genuine", USES, GENUINE),
                    )
                ],
                log=True,
                mark=(4.0 * MEDIAN, "median user"),
            )
        ],
        f"audit=random (one half-day in {1 / random['probability']:.0f} of everybody) "
        f"and audit=top_spenders (one in {1 / top['probability']:.0f} of the heaviest "
        f"{top['top_share']:.0%}), sanction {top['sanction']:g} half-days. " + OTHERS,
    )


def _budget() -> Drawing:
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
                        _over(tokens, lambda x: budget.worth(felt, x * price, value)),
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


def _guidance() -> Drawing:
    part = shipped("guidance", "support")
    tasks = np.linspace(0.0, 1.0, POINTS)
    ceiling = S.people.ceiling_a / (S.people.ceiling_a + S.people.ceiling_b)
    start = ceiling * S.people.start_a / (S.people.start_a + S.people.start_b)
    tech = S.technology
    gains = [genuine_gain(start, tech.gain, x, tech.loss) for x in tasks]
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
                        _over(tasks, thought(sd)),
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


DRAWINGS: dict[str, Callable[[], Drawing]] = {
    "audit": _audit,
    "bonus": _bonus,
    "budget": _budget,
    "guidance": _guidance,
    "leaderboard": _leaderboard,
    "participation": _participation,
    "quota": _quota,
    "review": _review,
    "top_board": _top_board,
}
"""Drawings by incentive; one that is new has none until somebody draws it."""
