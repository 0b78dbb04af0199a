"""``study=one``: one employee's week as a ledger, half-day by half-day."""

from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from experiments.config.request import Request
from experiments.config.settings import OneSettings
from experiments.words.groups import role_title
from experiments.words.schemes import of_groups
from experiments.words.screen import console, joined, say, show
from model import Simulation
from model.block import CONSCIENCE, OWN_VALUE, RELUCTANCE, TERMS
from model.choice import needle
from model.outlook import Activity
from model.people import Rule
from model.roles import Workforce
from model.scenario import Scenario, Scheme

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
OWN_TERMS = (OWN_VALUE, RELUCTANCE, CONSCIENCE)
SHORT = {
    "own_value": "work",
    "reluctance": "taste",
    "conscience": "consc.",
    "review": "measure",
    "review_output": "output",
    "leaderboard": "board",
    "top_board": "top",
    "participation": "target",
}
"""Heads of columns; other terms go by their own names."""


def run(request: Request) -> None:
    """Print what each activity was worth to one person, term by term."""
    settings = request.settings_as(OneSettings)
    simulation = Simulation(request.scenario, request.seed)
    while simulation.week < settings.week:
        simulation.step()
    row = settings.employee
    notes = simulation.note(row, row + 1)[0]
    person = simulation.staff[row].copy()
    simulation.step()
    screen = console()
    say(
        screen,
        f"Employee {row} of {request.scenario.organisation.employees:,} in week "
        f"{settings.week} under {request.scheme}, seed {request.seed}",
        style="bold",
    )
    mix = request.scenario.workforce
    told = [*role(person, mix), *group(person, request.scenario)]
    told += [*seat(person, settings.week), *portrait(person)]
    for sentence in told:
        say(screen, sentence)
    terms = [n for n in range(len(TERMS)) if notes["terms"][:, n].any()]
    screen.print()
    table = _ledger(notes, terms)
    show(screen, table)
    _explain(screen, notes, terms, simulation.scheme_of(row))
    if by_degrees := margins(simulation.staff[row]):
        say(screen, by_degrees)
    if request.scenario.people.rule is Rule.LOGIT:
        _print_needles(screen, notes, terms, request.scenario.people.choice_noise)


def role(e: Any, workforce: Workforce) -> list[str]:
    """Tell what the tasks of a person's role are like; nothing in one crowd."""
    if len(workforce.roles) == 1:
        return []
    own = workforce.roles[e["role"]]
    return [
        f"Role: {role_title(own.name)}. Tasks suit AI by {own.suitability:.2f} on "
        f"average, sd {own.spread:.2f}; AI gains {own.gain:g} and takes "
        f"{own.intensity:g} times what technology and people declare."
    ]


def group(e: Any, scenario: Scenario) -> list[str]:
    """Tell which group a person is in, and its scheme; nothing without groups."""
    if not scenario.groups:
        return []
    if e["group"] == len(scenario.groups):
        return ["Group: in none, and so under the scheme of everybody else."]
    name, text = of_groups(scenario)[e["group"]]
    return [f"Group: {name}. {text}"]


def seat(e: Any, week: int) -> list[str]:
    """Say since when a person is there, if others had the slot before."""
    if e["generation"] == 0:
        return []
    others = "one other" if e["generation"] == 1 else f"{e['generation']} others"
    return [f"In the job since week {week - e['tenure']}, after {others}."]


def portrait(e: Any) -> list[str]:
    """Describe a person: traits, and state at the start of the week."""
    skill = float(e["skill"])
    kind = "would never pad" if e["never_gamer"] else "would pad if it paid"
    tokens = 10 * (e["pace_genuine"] + e["pace_padded"])
    told, found = 10 * e["pace_saved"], 10 * e["pace_defects"]
    return [
        f"Skill {skill:+.2f} sd, {e['productivity']:.2f} half-days of output a "
        f"half-day by hand; {kind}. Ambition {e['ambition']:.2f}, weight on status "
        f"{e['status']:.2f} (mean 1); a half-day with AI costs "
        f"{e['reluctance']:+.2f} in taste, a padded one {e['conscience']:.2f} in "
        "conscience.",
        f"AI proficiency {e['proficiency']:.2f} of at most {e['ceiling']:.2f}; expects "
        f"a gain from AI that is wrong by {e['belief']:+.2f}; savvy in padding "
        f"{e['savvy']:.2f}; sees {100.0 * e['norm']:.0f} % padding around; backlog "
        f"{e['backlog']:.2f} weeks, exhaustion {100.0 * e['exhaustion']:.0f} %; usual "
        f"use {tokens:.1f} M tokens a week. Usually reports {told:.2f} half-days a "
        f"week as saved by AI; {found:.2f} half-days a week of their work are found "
        "spoilt.",
    ]


def margins(e: Any) -> str:
    """Tell what a person set by degrees in their latest week; nothing if nothing."""
    said = []
    if (effort := f"{e['effort']:.2f}") != "1.00":
        said.append(f"worked at {effort} of the usual effort")
    if e["dressing"] > 0.0:
        seen = f"{e['dressing']:.2f} half-days of output"
        said.append(f"dressed up their work by {seen}, in view but not done")
    if e["overstating"] > 0.0:
        said.append(
            f"said that AI had saved {e['overstating']:.2f} half-days more than it "
            "felt like"
        )
    if e["hiding"] > 0.0:
        said.append(
            f"hid {e['hiding']:.2f} half-days of spoilt work, or as much as was"
        )
    if e["gestures"] > 0:
        prompts = "a prompt" if e["gestures"] == 1 else f"{e['gestures']} prompts"
        said.append(f"made {prompts} of a minute or two so as to count as active")
    return f"That week they {joined(said, 'and')}." if said else ""


def open_acts(notes: Any) -> list[Activity]:
    """List the activities that were open to a person in any half-day of the week."""
    return [a for a in Activity if (notes["open_to"] >> a & 1).any()]


def _ledger(notes: Any, terms: list[int]) -> Table:
    acts = open_acts(notes)
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    for name in ("", "task", "activity"):
        table.add_column(name, no_wrap=True)
    for name in (*map(title, terms), "sum", "chance", "real", "tokens"):
        table.add_column(name, justify="right", no_wrap=True)
    for h in range(10):
        chosen = int(notes["activities"][h])
        for activity in acts:
            worths = notes["terms"][h, :, activity] - notes["terms"][h, :, 0]
            mark = ">" if activity == chosen else " "
            day = f"{DAYS[h // 2]} {'am' if h % 2 == 0 else 'pm'}"
            task = {
                Activity.MANUAL: f"y {notes['worth'][h]:.2f}",
                Activity.GENUINE: f"x {notes['tasks'][h, 0]:.2f}",
                Activity.TRIVIAL: f"c {notes['chore'][h]:.2f}",
            }
            used = f"{notes['tokens'][h]:.1f}" if activity == chosen else ""
            table.add_row(
                day if activity == Activity.MANUAL else "",
                task.get(activity, ""),
                f"{mark} {activity.name.lower()}",
                *(f"{worths[n]:+.3f}" if abs(worths[n]) >= 5e-4 else "" for n in terms),
                f"{sum(worths):+.3f}" if activity else "",
                f"{notes['chances'][h, activity]:.0%}",
                f"{notes['outputs'][h, activity]:.2f}",
                used,
                style="bold" if activity == chosen else "",
                end_section=activity == acts[-1],
            )
    return table


def title(term: int) -> str:
    """Name a payoff term."""
    return SHORT.get(TERMS[term], TERMS[term])


def _explain(screen: Console, notes: Any, terms: list[int], scheme: Scheme) -> None:
    acts, chosen = open_acts(notes), notes["activities"].tolist()
    counts = ", ".join(f"{chosen.count(a)} {a.name.lower()}" for a in acts)
    chore = ""
    if Activity.TRIVIAL in acts:
        chore = ", and c that of the best chore left, which trivial use does instead"
    screen.print()
    say(
        screen,
        f"The week: {counts}. y is what the task is worth{chore}; x is how suitable "
        "the task is for AI, 0 to 1; > marks the choice. Terms are worth over the "
        "manual half-day, in half-days of an average employee's manual work: own work, "
        "taste against AI, conscience, and what hangs on each incentive (measure "
        "and output: the review). Real: own real output. Tokens in M.",
    )
    if not any(TERMS[n] in scheme.incentives for n in terms):
        say(screen, "No incentive hangs on usage here.")


def _print_needles(
    screen: Console, notes: Any, terms: list[int], choice_noise: float
) -> None:
    """Say where a little more of each incentive would push this person's real work."""
    pushes = []
    for n in terms:
        if n not in OWN_TERMS:
            pull = np.mean(
                [
                    needle(
                        tuple(notes["chances"][h]),
                        tuple(notes["outputs"][h]),
                        tuple(notes["terms"][h, n]),
                        choice_noise,
                    )
                    for h in range(10)
                ]
            )
            pushes.append(f"{title(n)} {pull:+.4f}")
    if pushes:
        say(
            screen,
            "Compass needle: if an incentive were doubled, by its slope now, the own "
            f"real output of a half-day would move by: {'; '.join(pushes)}. It leaves "
            "out effort, dressing up, rework for mates, learning, norms and moving "
            "ranks.",
        )
