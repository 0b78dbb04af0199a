"""``study=pair``: two schemes side by side, as the studio keeps them in a file."""

from rich.console import Console

from experiments.designs.apart import apart_of
from experiments.report import groups
from experiments.report.cells import shares
from experiments.report.page import Page
from experiments.report.roles import in_percent
from experiments.report.sentences import harm_sentence, sentence
from experiments.statistics.accounts import WORSE_OFF, Told, by_group
from experiments.statistics.effects import EFFECTS, lookup
from experiments.statistics.groups import GROUPS, OfGroup
from experiments.statistics.harm import HARMS
from experiments.statistics.roles import ROLES, OfRole
from experiments.store.store import Store
from experiments.studies.pair import page as report
from experiments.studies.pair.plan import Plan, plan, tables
from experiments.study import Results, RunsStudy
from experiments.words.groups import EVERYBODY, role_title
from experiments.words.screen import rounded, say

SHOWN = {
    "reported_tokens": "Reported usage",
    "output": "Real output",
}


def say_effects(screen: Console, results: Results[Plan, Store]) -> None:
    """Say what the second scheme does."""
    pair, effects = results.plan.subject, lookup(results.rows(EFFECTS))
    _, second = pair.labels
    say(screen, report.about(pair), style="bold")
    if not pair.is_of_this_model:
        say(
            screen,
            "The file was kept by another version of the model: numbers may differ.",
            style="yellow",
        )
    say(screen, sentence(second, effects))
    for harm in results.rows(HARMS):
        say(screen, harm_sentence(harm))
    for name, words in SHOWN.items():
        effect = effects[second, name, "whole"]
        ends = effect.percent, effect.percent_low, effect.percent_high
        shown = rounded(*ends, sign=True)
        say(screen, f"{words}: {shown.value or '–'} % {shown.ends}", 2)
    worse = shares(of_people(results)[second, EVERYBODY])
    say(screen, f"People who are worse off: {worse.value or '–'} {worse.ends}", 2)
    for row in of_roles(results):
        if (row.scheme, row.outcome) == (second, "output"):
            shown = in_percent(row)
            name = role_title(row.role)
            say(screen, f"Real output, {name}: {shown.value or '–'} {shown.ends}", 2)
    if rows := of_groups(results):
        groups.say_effects(screen, rows)
    elif results.source.design.has_groups:
        say(screen, report.OTHER_PEOPLE)


def page(results: Results[Plan, Store]) -> Page:
    """Draw both sides week by week and show the effects."""
    pair, rows, ends = (
        results.plan.subject,
        results.rows(EFFECTS),
        results.rows(HARMS),
    )
    parts = of_people(results), of_roles(results), of_groups(results)
    return report.page(pair, rows, ends, *parts, results.source, results.folder)


def of_people(results: Results[Plan, Store]) -> Told:
    """Read who is worse off, by group of people."""
    return by_group(results.rows(WORSE_OFF))


def of_roles(results: Results[Plan, Store]) -> list[OfRole]:
    """Read the effects on each role; none of one crowd."""
    return results.rows(ROLES) if results.source.design.has_roles else []


def of_groups(results: Results[Plan, Store]) -> list[OfGroup]:
    """Read the effects on each group; none if the sides cannot be compared by group."""
    first, second = results.plan.subject.labels
    apart = apart_of(results.source.design.schemes, second, first)
    return results.rows(GROUPS) if apart else []


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_effects,
    charts=lambda results: report.charts(of_groups(results)),
    page=page,
)
run = STUDY.run
