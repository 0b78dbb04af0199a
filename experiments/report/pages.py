"""What stands in a report: sentences and cells, computed from the data."""

from collections.abc import Mapping
from typing import Any

from experiments.config.command import command
from experiments.config.request import Request
from experiments.designs.design import Design
from experiments.report import answers, flips, precision
from experiments.report.cells import Cell, Row, level, row_of, yearly
from experiments.report.charts import Material
from experiments.report.reproduce import python
from experiments.report.sentences import naive, naive_sentence, sentence
from experiments.statistics import signs
from experiments.statistics.effects import RULES, WORLDS, Effects, Panel
from experiments.store.dataset import EARLY_WEEKS, SUFFIX, last_weeks
from experiments.words.gaming import LIMITS, gaming
from experiments.words.screen import count
from model.outcomes import OUTCOMES
from model.principal import WEEKS_A_YEAR

CAPTIONS = {
    "emblem": "Reported usage against real output",
    "trajectories": "Week by week",
    "channels": "Through which channels output changes",
    "worlds": "The sign of the effect on real output in every world",
    "rules": "The sign of the effect on real output under every rule of choice",
    "tokens": "How tokens are spread over people",
    "validity": "Does the headline measure still tell who produces?",
    "shares": "What people spend their half-days on",
    "needle": "The compass needle: where incentives push before anything runs",
    "halfwidth": "How far replicates have settled the numbers",
}
SHOWN = (
    "reported_tokens",
    "padded_token_share",
    "active_share",
    "genuine_share",
    "misuse_share",
    "padding_share",
    "output",
    "output_gain",
    "output_misuse",
    "output_padding",
    "output_rework",
    "output_strain",
    "score_validity",
)


def of_comparison(
    design: Design,
    request: Request,
    panel: Panel,
    found: Effects,
    material: Material,
    before: float | None,
) -> Mapping[str, Any]:
    """Everything that the page of a comparison says."""
    baseline, order = str(material.baseline), material.order
    looks = {name: naive(panel, name, before, design.schemes[name]) for name in order}
    flipped = signs.flips(material.runs, baseline)
    others = material.others
    return {
        "title": "What happens to real work when AI use is measured and rewarded?",
        "question": (
            f"{len(others)} scheme{'s' * (len(others) != 1)} against {baseline}: what "
            "does each do to the usage that a dashboard reports, and to the real work "
            "behind it?"
        ),
        "about": _about(design),
        "contents": _contents(has_signs=True),
        "answer": answers.of_comparison(found, others, baseline),
        "table": {
            "title": "The schemes",
            "caption": _table_caption(panel, baseline),
            "heads": [
                "scheme",
                "reported usage",
                "real output",
                "net value, $ a year",
                "same sign",
                "worlds",
                "rules",
                "padded tokens",
                "validity",
            ],
            "rows": [row_of(panel, found, baseline, name) for name in order],
        },
        "said": [
            (name, _said(name, found, baseline), naive_sentence(looks[name]))
            for name in order
        ],
        "sign": {
            "texts": answers.of_signs(found, others, flipped),
            "rules": answers.of_rules(found, others),
            "rows": [
                (name, flips.sentence(name, flipped, _agree(found, name)))
                for name in others
            ]
            if flipped
            else [],
        },
        "money": {
            "text": (
                "Net value is real output at "
                f"${_any(design).organisation.half_day_value:,.0f} a half-day less "
                "tokens at their price, per employee and year (52 weeks). Penalties, "
                "prizes and the cost of running a scheme are not in it."
            ),
            "caption": (
                f"Net value against {baseline} with its 95 % interval (paired t over "
                "replicates), and next year's token budget as planned from the "
                "dashboard, with padding's part of it. $ per employee and year."
            ),
            "heads": [
                "scheme",
                "net value",
                "token budget",
                "of it for padding",
            ],
            "rows": [
                Row(
                    name,
                    [
                        Cell("baseline")
                        if name == baseline
                        else yearly(found[name, "net_value", "whole"]),
                        Cell(f"{looks[name].budget:,.0f}"),
                        Cell(f"{looks[name].false_demand:,.0f}"),
                    ],
                    name == baseline,
                )
                for name in order
            ],
        },
        "ways": ["channels", "trajectories", "shares", "tokens", "validity", "needle"],
        "known": precision.of_comparison(panel, found, others, baseline, material.aim),
        "gaming": gaming(design.schemes, baseline),
        **_reproduction(
            request,
            design,
            "Only the effects on whole-run output, in half-days per employee-week "
            "(the column effect of effects.csv, outcome output, period whole), in "
            "Python:",
        ),
    }


def of_run(
    design: Design, request: Request, panel: Panel, material: Material
) -> Mapping[str, Any]:
    """Everything that the page of one scheme says."""
    [scheme] = design.schemes
    weeks = design.weeks
    heads = ["outcome", "unit", "early", "last", "whole"]
    return {
        "title": f"The scheme {scheme}, {count(weeks, 'week')}",
        "question": (
            f"What do people do under {scheme}, what does the dashboard report, and "
            "how much real work is done?"
        ),
        "about": _about(design),
        "contents": _contents(has_signs=False),
        "answer": answers.of_run(panel, scheme),
        "table": {
            "title": "The outcomes",
            "caption": (
                "Means over replicates with 95 % intervals (Student's t). Early: the "
                f"first {count(min(EARLY_WEEKS, weeks), 'week')}; last: the last "
                f"{count(last_weeks(weeks), 'week')}; whole: all."
            ),
            "heads": heads,
            "rows": [
                Row(
                    outcome.name,
                    [
                        Cell(outcome.unit),
                        *(level(panel, scheme, outcome.name, p) for p in SUFFIX),
                    ],
                )
                for outcome in OUTCOMES
                if outcome.name in SHOWN
            ],
        },
        "said": [],
        "sign": None,
        "money": {
            "text": (
                "Levels, not effects: whether the scheme pays is the difference from "
                "a baseline, which study=compare finds."
            ),
            "caption": "$ per employee and year (52 weeks), over the whole run.",
            "heads": ["part", "value"],
            "rows": [
                Row(text, [level(panel, scheme, name, "whole", WEEKS_A_YEAR)])
                for name, text in (
                    ("net_value", "value of output less tokens"),
                    ("spend", "tokens"),
                    ("false_demand", "tokens of padding"),
                )
            ],
        },
        "ways": ["trajectories", "shares", "tokens", "needle"],
        "known": precision.of_run(panel, scheme, material.aim),
        "gaming": gaming(design.schemes, None),
        **_reproduction(
            request,
            design,
            "Only the mean output of the whole run, in half-days per employee-week, "
            "in Python:",
        ),
    }


def versions(manifest: Mapping[str, Any]) -> str:
    """With what the numbers were made."""
    parts = [f"{name} {v}" for name, v in manifest["versions"].items() if v]
    return (
        f"Made with {', '.join(parts)}; model {str(manifest['model'])[:12]}. The files "
        f"beside this page hold all numbers: {', '.join(manifest['files'])}, "
        "manifest.json."
    )


def _reproduction(request: Request, design: Design, python_says: str) -> dict[str, Any]:
    return {
        "limits": LIMITS,
        "command": command(request),
        "python": python(request, design.points[0].replicates),
        "python_says": python_says,
    }


def _about(design: Design) -> str:
    replicates = design.points[0].replicates
    text = (
        f"{design.employees:,} people, {count(design.weeks, 'week')} after a warm-up, "
        f"{count(replicates, 'replicate')}, seed {design.seed}. Every "
        "scheme has the same people, tasks and luck."
    )
    if len(design.schemes) == 1:
        text = text.removesuffix(" Every scheme has the same people, tasks and luck.")
    return text


def _contents(*, has_signs: bool) -> list[tuple[str, str]]:
    parts = [("answer", "The answer"), ("table", "Numbers")]
    parts += [("sign", "What decides the sign")] if has_signs else []
    return [
        *parts,
        ("money", "Money"),
        ("ways", "How it comes about"),
        ("known", "How well it is known"),
        ("gaming", "Gaming"),
        ("limits", "Not modelled"),
        ("reproduce", "Reproduce"),
    ]


def _any(design: Design) -> Any:
    return next(iter(design.schemes.values()))


def _said(scheme: str, found: Effects, baseline: str) -> str:
    return "The baseline." if scheme == baseline else sentence(scheme, found)


def _agree(found: Effects, scheme: str) -> int | None:
    return found[scheme, "output", "whole"].worlds_agree


def _table_caption(panel: Panel, baseline: str) -> str:
    text = (
        f"Effects over the whole run against {baseline}, in % of its mean, with 95 % "
        "intervals (paired t over replicates). Smallest detectable effect: what a "
        "study of this size finds in four of five cases. Same sign: share of "
        "replicates in which the effect on output has its sign. "
    )
    if panel.worlds[1:]:
        text += f"Worlds: in how many of {WORLDS} it does. "
    else:
        text += "Worlds: not run (study.world_replicates=0). "
    if panel.rules[1:]:
        text += f"Rules: under how many of {RULES} rules of choice it does. "
    else:
        text += "Rules: not run (study.rule_replicates=0). "
    return (
        f"{text}Padded tokens: share of all. Validity: rank correlation of the "
        "headline score with output. Schemes by their effect on output, which holds "
        "for the world as given."
    )
