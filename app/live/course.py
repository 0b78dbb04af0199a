"""One organisation from its first week on: a side of a pair, and what was adopted.

Everything follows from the seed, so that a course and a week stand for a state: a page
that is opened again, a link and a replay for one employee all come to the same people.
"""

from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from app.pair_link import as_query as pair_query
from app.pair_link import from_query as pair_of
from app.work import cost
from experiments.config.catalogue import members, suggestion
from experiments.designs.pair import MOST_TEXT, Pair, Side, changed, named, short
from experiments.errors import UserError
from model.organisation import Organisation
from model.scenario import Scenario

LEAST_PEOPLE, MOST_PEOPLE = 24, 400
"""People of an organisation that is watched: charts stay readable."""
FIRST_PEOPLE = 96
MOST_WEEKS = 260
MOST_WORK = 250_000
"""Employee-weeks, warm-up included, that are replayed to ask one employee."""
MOST_ADOPTED = 50
EMPLOYEES = "organisation.employees"
PLACE = ("employee", "week", "half_day")
"""Whole numbers of a link that say whom it shows, and when."""


class Adopted(NamedTuple):
    """A named scheme that was put in force from a week on."""

    week: int
    scheme: str


class NobodyWaitsError(Exception):
    """Nobody waits for this replay any more."""


@dataclass(frozen=True)
class Course:
    """The second side of a pair, and the schemes adopted since, week by week."""

    pair: Pair
    adopted: tuple[Adopted, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The organisation and the scheme that it starts with."""
        return self.pair.scenario(self.pair.second)

    @property
    def people(self) -> int:
        """How many people there are."""
        return self.scenario.organisation.employees

    def label(self, week: int) -> str:
        """What the scheme of a week is called."""
        latest = [a.scheme for a in self.adopted if a.week <= week]
        return Side(latest[-1]).label if latest else self.pair.second.label

    def adopting(self, week: int, scheme: str) -> "Course":
        """The course with another scheme from a week on; what came later is gone."""
        earlier = tuple(a for a in self.adopted if a.week < week)
        if len(earlier) == MOST_ADOPTED:
            raise UserError(
                f"the scheme has changed {MOST_ADOPTED} times; restart to go on."
            )
        return replace(self, adopted=(*earlier, Adopted(week, scheme)))

    def at(self, week: int, stop: Event | None = None) -> Organisation:
        """The organisation before a week, with what is adopted then.

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

    def adopt_due(self, organisation: Organisation) -> None:
        """Adopt what is foreseen for the coming week."""
        for week, scheme in self.adopted:
            if week == organisation.week:
                try:
                    organisation.adopt(named()[scheme].scheme)
                except ValueError as error:
                    raise UserError(f"{scheme} does not fit: {error}") from None


def first_course(pair: Pair) -> Course:
    """The second side of a pair, with as many people as a chart can show."""
    people = Course(pair).people
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        pair = with_people(pair, FIRST_PEOPLE)
    return Course(replace(pair, weeks=min(pair.weeks, MOST_WEEKS)))


def with_people(pair: Pair, people: int) -> Pair:
    """The pair with another number of people."""
    return replace(pair, shared=changed(pair.shared, EMPLOYEES, people))


def as_query(course: Course, **place: int) -> str:
    """The query of a link to a course, and perhaps to somebody in it."""
    said = [("adopt", f"{a.week}:{a.scheme}") for a in course.adopted]
    said += [(name, str(value)) for name, value in place.items()]
    return "&".join(filter(None, [pair_query(course.pair), urlencode(said, safe=":")]))


def from_query(query: str) -> tuple[Course, dict[str, int]]:
    """A course and the whole numbers of ``PLACE`` that a link has.

    Raises ``UserError`` for anything that is unknown, said twice or not allowed.
    """
    if len(query) > MOST_TEXT:
        raise UserError(f"the link is longer than {MOST_TEXT:,} characters.")
    rest, place = [], {}
    adopted: list[Adopted] = []
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        if name == "adopt":
            adopted.append(_adopted(value))
        elif name in place:
            raise UserError(f"the link says {name} twice.")
        elif name in PLACE:
            place[name] = _whole(name, value)
        else:
            rest.append((name, value))
    course = Course(pair_of(urlencode(rest)), tuple(adopted))
    weeks = [a.week for a in adopted]
    if weeks != sorted(set(weeks)) or len(weeks) > MOST_ADOPTED:
        raise UserError(
            "adopted schemes must follow each other, one a week and "
            f"{MOST_ADOPTED} at most."
        )
    _check_within("adopt", weeks[-1] if weeks else 0, course.pair.weeks)
    for name, end in zip(PLACE, (course.people, course.pair.weeks, 10), strict=True):
        _check_within(name, place.get(name, 0), end)
    return course, place


def check_watched(course: Course) -> None:
    """Raise ``UserError`` for an organisation too large or long to be watched."""
    if not LEAST_PEOPLE <= course.people <= MOST_PEOPLE:
        raise UserError(
            f"there are {course.people:,} people; Live shows {LEAST_PEOPLE} to "
            f"{MOST_PEOPLE}."
        )
    if course.pair.weeks > MOST_WEEKS:
        raise UserError(
            f"this takes {course.pair.weeks:,} weeks; Live shows {MOST_WEEKS}."
        )


def check_asked(course: Course) -> None:
    """Raise ``UserError`` for an organisation that is too large to be replayed."""
    costs = cost(course.scenario)
    if costs > MOST_WORK:
        raise UserError(
            f"this would replay {costs:,} employee-weeks; {MOST_WORK:,} are allowed. "
            "Choose fewer employees or weeks."
        )


def _adopted(text: str) -> Adopted:
    week, sign, scheme = text.partition(":")
    shipped = members("scheme")
    if not sign or scheme not in shipped:
        near = suggestion(scheme, shipped)
        raise UserError(f"adopt is {short(text)}; write adopt=WEEK:SCHEME{near}")
    return Adopted(_whole("adopt", week), scheme)


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise UserError(f"{name} is {short(text)}; a whole number is needed.")
    return int(text)


def _check_within(name: str, value: int, end: int) -> None:
    if not 0 <= value < end:
        raise UserError(f"{name} is {value}; choose 0 to {end - 1}.")
