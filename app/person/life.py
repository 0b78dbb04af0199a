"""What one employee did in a whole run, and what they weighed in one week.

Both are replayed from the seed, week by week; other people leave no record.
"""

from dataclasses import dataclass
from threading import Event

import numpy as np

from app.activities import KINDS
from app.course import Course, NobodyWaitsError
from app.person.sights import sights
from experiments.studies.one import group, margins, portrait, role, seat
from model.explanation import Explanation
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL
from model.workforce import Floats, Ints

KIND_OF = {
    MANUAL: "manual",
    GENUINE: "genuine",
    TRIVIAL: "trivial",
    PADDING: "padding",
}
"""Kinds by the number that the engine gives an activity."""


@dataclass(frozen=True)
class Life:
    """Half-days of one person over a run.

    Attributes
    ----------
    kinds : array, shape (T, 10)
        What each half-day was spent on, as indices of ``KINDS``.
    tokens, output : array, shape (T,)
        Tokens used [M] and real output [half-days] of each week.
    by_degrees : tuple of str
        A sentence on what they set by degrees in each week; empty if nothing.
    """

    kinds: Ints
    tokens: Floats
    output: Floats
    by_degrees: tuple[str, ...]

    def counts(self) -> Ints:
        """Count the half-days of each week by kind, (T, 5)."""
        counts: Ints = (self.kinds[:, :, None] == np.arange(len(KINDS))).sum(axis=1)
        return counts


@dataclass(frozen=True)
class Moment:
    """One person at the start of a week.

    Attributes
    ----------
    portrait : tuple of str
        Sentences about their traits and their standing.
    sights : tuple of (str, str)
        What they see: its name, and what it tells them.
    half_days : tuple of Explanation
        What they weighed in each of the ten half-days.
    """

    portrait: tuple[str, ...]
    sights: tuple[tuple[str, str], ...]
    half_days: tuple[Explanation, ...]


def life(course: Course, row: int, stop: Event | None = None) -> Life:
    """Replay the whole run and note what one person does.

    Raises ``NobodyWaitsError`` once ``stop`` is set.
    """
    organisation = course.at(0)
    weeks = course.pair.weeks
    kinds = np.empty((weeks, 10), np.int64)
    tokens, output = np.empty(weeks), np.empty(weeks)
    by_degrees = []
    for week in range(weeks):
        if stop and stop.is_set():
            raise NobodyWaitsError
        notes = organisation.before(week).note(row, row + 1)[0]
        kinds[week] = kinds_of(notes["activities"], notes["outputs"])
        organisation.step()
        person = organisation.simulation.staff[row]
        honest = person["genuine_tokens"] + person["trivial_tokens"]
        tokens[week] = honest + person["padded_tokens"]
        output[week] = person["output"]
        by_degrees.append(margins(person))
        course.adopt_due(organisation)
    return Life(kinds, tokens, output, tuple(by_degrees))


def kinds_of(activities: Ints, outputs: Floats) -> Ints:
    """Return what half-days were spent on, (10,), as indices of ``KINDS``.

    ``activities`` (10,) are those chosen, ``outputs`` (10, 4) what each activity would
    give: genuine use does harm where manual work would give more.
    """
    kinds = np.array([KINDS.index(KIND_OF[int(a)]) for a in activities])
    is_harmful = outputs[:, GENUINE] < outputs[:, MANUAL]
    kinds[(activities == GENUINE) & is_harmful] = KINDS.index("misuse")
    return kinds


def moment(course: Course, row: int, week: int, stop: Event | None = None) -> Moment:
    """Replay up to a week and ask one person what they see and weigh.

    Raises ``NobodyWaitsError`` once ``stop`` is set.
    """
    organisation, scenario = course.at(week, stop), course.scenario
    person, e = organisation.employees[row], organisation.simulation.staff[row]
    who = [*role(e, scenario.workforce), *group(e, scenario), *seat(e, week)]
    return Moment(
        tuple([*who, *portrait(e)]),
        tuple(sights(organisation, person)),
        person.explain(week),
    )
