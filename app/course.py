"""The course of one organisation: how it starts, and which schemes it adopts later.

Everything follows from the seed: a course and a week determine the state of everybody.
A page that is opened again, a link and a replay for one employee all use this.
"""

from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple

from app.work import cost
from experiments.designs.pair import Pair, Side, changed, keys, named
from experiments.errors import UserError
from model.groups import EVERYBODY_ELSE
from model.organisation import Organisation
from model.scenario import Scenario

LEAST_PEOPLE, MOST_PEOPLE = 24, 400
"""Limits to the people of an organisation on *Live*: its charts stay readable."""
FIRST_PEOPLE = 96
"""People on *Live* if the visitor's pair has fewer or more than that."""
MOST_WEEKS = 260
MOST_WORK = 250_000
"""Employee-weeks, warm-up included, that may be replayed for one employee."""
MOST_ADOPTED = 50
EMPLOYEES = "organisation.employees"
TEAM_SIZE = "organisation.team_size"


class Adopted(NamedTuple):
    """A named scheme, in force from a week on in a group, or outside all groups."""

    week: int
    scheme: str
    group: str = EVERYBODY_ELSE


class NobodyWaitsError(Exception):
    """Nobody waits for this replay any more."""


@dataclass(frozen=True)
class Course:
    """The second side of a pair, and the schemes adopted later, by week."""

    pair: Pair
    adopted: tuple[Adopted, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The organisation with the scheme that it starts with."""
        return self.pair.scenario(self.pair.second)

    @property
    def people(self) -> int:
        """How many people there are."""
        return self.scenario.organisation.employees

    def label(self, week: int) -> str:
        """Return the name of the scheme that is in force in a week, outside groups."""
        here = [a for a in self.adopted if a.group == EVERYBODY_ELSE]
        earlier = [a.scheme for a in here if a.week <= week]
        return Side(earlier[-1]).label if earlier else self.pair.second.label

    def adopting(self, week: int, scheme: str, group: str = EVERYBODY_ELSE) -> "Course":
        """Return the course with a new scheme from a week on; later ones are dropped.

        It is that of a group, or of everybody outside groups. Raises ``UserError`` for
        more than ``MOST_ADOPTED`` schemes.
        """
        earlier = tuple(
            a
            for a in self.adopted
            if a.week < week or (a.week == week and a.group != group)
        )
        if len(earlier) == MOST_ADOPTED:
            raise UserError(
                f"the scheme has changed {MOST_ADOPTED} times; restart to go on."
            )
        return replace(self, adopted=(*earlier, Adopted(week, scheme, group)))

    def at(self, week: int, stop: Event | None = None) -> Organisation:
        """Replay the organisation up to the start of a week.

        Raises ``UserError`` for a scheme that does not fit, and ``NobodyWaitsError``
        once ``stop`` is set.
        """
        organisation = Organisation(self.scenario, self.pair.seed)
        self.adopt_due(organisation)
        while organisation.week < week:
            if stop and stop.is_set():
                raise NobodyWaitsError
            organisation.step()
            self.adopt_due(organisation)
        return organisation

    def check(self) -> None:
        """Raise ``UserError`` if a scheme that is adopted does not fit."""
        self.at(max((a.week for a in self.adopted), default=0))

    def adopt_due(self, organisation: Organisation) -> None:
        """Adopt the schemes of the coming week, if any; raises ``UserError``."""
        for week, scheme, group in self.adopted:
            if week == organisation.week:
                try:
                    organisation.adopt(named()[scheme].scheme, group)
                except ValueError as error:
                    raise UserError(f"{scheme} does not fit: {error}") from None


def first_course(pair: Pair) -> Course:
    """Return the second side of a pair, within the limits of *Live*."""
    people = Course(pair).people
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        pair = with_people(pair, FIRST_PEOPLE)
    weeks = min(pair.weeks, MOST_WEEKS)
    releases = tuple(phase for phase in pair.releases if phase.week < weeks)
    return Course(replace(pair, weeks=weeks, releases=releases))


def with_people(pair: Pair, people: int) -> Pair:
    """Return the pair with another number of people, a team of each role at least."""
    team = int(dict(pair.shared).get(TEAM_SIZE, keys()[TEAM_SIZE]))
    enough = max(people, team * pair.workforce.least_teams())
    return replace(pair, shared=changed(pair.shared, EMPLOYEES, enough))


def check_replayed(course: Course) -> None:
    """Raise ``UserError`` for an organisation that is too large to be replayed."""
    work = cost(course.scenario)
    if work > MOST_WORK:
        raise UserError(
            f"this would replay {work:,} employee-weeks; {MOST_WORK:,} are allowed. "
            "Choose fewer employees or weeks."
        )
