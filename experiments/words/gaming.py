"""How each incentive of a scheme could be gamed, and what theory expects of it."""

import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from experiments.words.schemes import describe
from model.incentive import Counted, Incentive
from model.incentives import Review
from model.scenario import Measure, Scenario, Scheme

COUNTING = {
    "tokens": "Tokens are cheap to make: scripts and agents burn them while one works "
    "or looks busy, and chores that hardly matter use as many as core work.",
    "active": "One prompt a week counts as much as real use.",
    "days": "One prompt a day counts as much as real use.",
    "output": "Observed output can be dressed up: made to look like more, in time that "
    "real work lacks, until mates repair it.",
    "saved": "Time saved is what people say: more is felt than is saved, and to say "
    "more still takes no work, only scruple.",
    "defects": "Spoilt work can be hidden, never more than there is, for some time and "
    "some scruple.",
    "backlog": "Nobody can fake how long work waits; whoever hurries takes AI where it "
    "spoils work, too.",
    "automated": "A chore counts whatever it is worth: AI gets those that hardly "
    "matter, in place of core work.",
}
"""How a counter can be gamed, and at what cost, by the field of the measure."""

LIMITS = (
    "How hard people work answers to what output is worth to them by one elasticity "
    "for everybody, which field experiments put near zero. Crowding-out acts only "
    "through attention to misuse, chores and padding.",
    "Who leaves is replaced at once by somebody like those of the start; how much a "
    "scheme makes people leave, and what fear of dismissal is worth, are assumptions "
    "that nobody has measured. Teams are fixed, and tasks arrive at random. AI gets "
    "better and cheaper at declared rates, in no leaps unless a release is asked for; "
    "how many tokens AI takes in a half-day stays as it is.",
    "Everybody has the same job unless a workforce of roles is chosen. Roles differ in "
    "their tasks, not in who the people are, and nobody has measured their tokens, "
    "gains and chores side by side.",
    "Nobody has measured how many tokens are padding or trivial use, how many people "
    "pad or dress up their work, or what either costs in time. Those defaults are "
    "assumptions, marked as such. Every effect is reported over worlds that reproduce "
    "what is known of voluntary use, each another setting of all of them: a share of "
    "such worlds is no probability for any one company, and for some schemes it hangs "
    "on how worlds are drawn: study=certificate says so.",
    "Nobody knows how people choose, nor what others' use of AI costs. These worlds "
    "have five rules of choice and four laws of rework in equal numbers, and some of "
    "them change the sign of an effect.",
    "How much of a choice is noise is an assumption, too. At the default two fifths of "
    "voluntary AI use is not the best act for the person; with less noise, and the "
    "same calibration, some signs turn. The worlds draw it over its span.",
    "The deadline spike before a quota, never-gamers, suspicion and the weight of "
    "peers are inputs, not findings.",
    "The hours that a scheme takes (reviews, boards, targets, audits, training) are "
    "paid for, at declared sizes, but taken out of nobody's half-days. The effects of "
    "training in the recommended scheme are assumptions.",
    "Real-world figures on schemes are press and vendor reports, mostly one leak "
    "retold.",
    "It compares schemes for organisations and parts of them. It says nothing about a "
    "named person and must never be used to judge one.",
)
"""What was not modelled, for pages and documents alike."""


class Game(NamedTuple):
    """An incentive of a scheme: what it does, how to game it, what theory expects."""

    incentive: str  # its title
    does: str
    game: str
    prediction: str


def games(scenario: Scenario) -> Iterator[Game]:
    """Yield a game for every incentive with weight, in any phase of the timeline."""
    seen: list[Incentive] = []
    for phase in scenario.phases:
        for incentive in phase.scheme.incentives.values():
            if incentive.has_weight() and incentive not in seen:
                seen.append(incentive)
                since = f" (from week {phase.week})" if phase.week else ""
                yield Game(
                    incentive.title + since,
                    describe(incentive, scenario),
                    game(incentive, phase.scheme),
                    prediction(incentive),
                )


def gaming(
    schemes: Mapping[str, Scenario], baseline: str | None
) -> list[tuple[str, str, list[Game]]]:
    """List the name of each scheme, a note on it, and its games.

    Games that a scheme shares with the baseline are named in the note alone.
    """
    common = list(games(schemes[baseline])) if baseline else []
    listed = []
    for name, scenario in schemes.items():
        own = list(games(scenario))
        note = ""
        if not own:
            note = "It has no part with weight: there is nothing to game."
        elif name != baseline:
            shared = [game.incentive.lower() for game in own if game in common]
            own = [game for game in own if game not in common]
            if shared:
                note = f"As under {baseline}: {', '.join(shared)}."
        listed.append((name, note, own))
    return listed


def game(incentive: Incentive, scheme: Scheme) -> str:
    """Say how an incentive could be gamed: in its own way, and by its counters."""
    if isinstance(incentive, Review) and incentive.by_output_alone():
        return COUNTING["output"]
    if "measure" not in type(incentive).model_fields:
        return incentive.gamed
    counted = [COUNTING[name] for name in counters(incentive, scheme.measure)]
    return " ".join([incentive.gamed, *counted])


def counters(incentive: Incentive, measure: Measure) -> tuple[str, ...]:
    """Name what the score of an incentive counts, as fields of the measure."""
    if isinstance(incentive, Review) and incentive.by_output_alone():
        return ("output",)
    what = incentive.counts()
    if what is Counted.HEADLINE:
        return tuple(name for name, weight in measure.weights.items() if weight)
    return ("tokens" if what is Counted.SPEND else what.name.lower(),)


def prediction(incentive: Incentive) -> str:
    """Read the prediction in the docstring of the incentive's module."""
    doc = sys.modules[type(incentive).__module__].__doc__ or ""
    return " ".join(doc.partition("Prediction:")[2].split())
