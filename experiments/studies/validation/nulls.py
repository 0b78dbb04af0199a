"""Null models: the model without one of its reasons, through the same facts.

A fact that a model without gaming shows as well is no reason to believe in the model's
gaming. Each null model changes every scenario that a fact asks for, in all phases of
its timeline; what a fact itself sets stays, unless the null model is about it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from experiments.config.varied import replaced
from model.people import Rule
from model.scenario import Scenario, Scheme

NO_MARGINS = {"dressing_most": 0.0, "overstating_most": 0.0, "gesture_minutes": 0.0}
"""Technology with which nobody dresses up, overstates or makes gestures."""
FREE = 100.0
"""Choice noise [half-days] at which nothing that is at stake matters."""


class Null(NamedTuple):
    """A null model: its short name, what it lacks, and how it changes a scenario."""

    name: str
    about: str
    changed: Callable[[Scenario], Scenario]


def no_gaming(scenario: Scenario) -> Scenario:
    """Let nobody game: all are never-gamers, and nobody makes gestures."""
    return _world(scenario, people={"never_gamers": 1.0}, technology=NO_MARGINS)


def no_response(scenario: Scenario) -> Scenario:
    """Let nothing hang on anything, so that nobody responds to a scheme."""
    return _in_all_phases(scenario, _without_stakes)


def random_acts(scenario: Scenario) -> Scenario:
    """Let everybody choose by lot, among all that is open to them.

    Nothing hangs on it either: with the same luck in both arms even the little that a
    stake does at the largest noise would be seen.
    """
    people = {"rule": Rule.LOGIT, "choice_noise": FREE, "effort": 0.0}
    by_lot = _world(scenario, people=people, technology=NO_MARGINS)
    return _in_all_phases(by_lot, _without_stakes)


def no_scruple(scenario: Scenario) -> Scenario:
    """Let everybody be a padder: nobody has a scruple of any kind."""
    scruples = ("dressing", "overstating", "hiding", "gesture")
    people = {"never_gamers": 0.0, "conscience_floor": 0.0, "conscience_scale": 0.0}
    return _world(scenario, people=people | {f"{s}_scruple": 0.0 for s in scruples})


def output_blind(scenario: Scenario) -> Scenario:
    """Let output be nothing to people: of no worth to them, in no review.

    A headline measure that counts output still counts it.
    """
    blind = _world(scenario, people={"own_value": 0.0, "effort": 0.0})
    return _in_all_phases(blind, _unreviewed)


NULLS = (
    Null("no_gaming", "nobody can game", no_gaming),
    Null("no_response", "nobody responds to a scheme", no_response),
    Null("random_acts", "everybody acts by lot", random_acts),
    Null("no_scruple", "everybody is a padder, without a scruple", no_scruple),
    Null("output_blind", "output is nothing to people", output_blind),
)


def _world(scenario: Scenario, **changes: Mapping[str, Any]) -> Scenario:
    """Set fields of groups that are no part of a scheme."""
    groups = {
        name: replaced(getattr(scenario, name), fields)
        for name, fields in changes.items()
    }
    return scenario.varied(**groups)


def _in_all_phases(scenario: Scenario, change: Callable[[Scheme], Scheme]) -> Scenario:
    """Change the scheme of every phase."""
    first = change(scenario.scheme)
    return scenario.varied(
        **{name: getattr(first, name) for name in Scheme.model_fields},
        timeline=tuple(
            replaced(phase, {"scheme": change(phase.scheme)}) if phase.scheme else phase
            for phase in scenario.timeline
        ),
    )


def _without_stakes(scheme: Scheme) -> Scheme:
    """Take the weight from every incentive; what it asks for stays."""
    return replaced(
        scheme,
        {
            name: replaced(part, dict.fromkeys(part.weights, 0.0))
            for name, part in scheme.incentives.items()
        },
    )


def _unreviewed(scheme: Scheme) -> Scheme:
    """Leave of a review what hangs on the measure."""
    review = scheme.review
    seen = {"stake": review.stake * review.weight, "weight": 1.0}
    return replaced(scheme, {"review": replaced(review, seen)})
