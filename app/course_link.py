"""A course as a link: the link of its pair, the schemes adopted, and a place in it.

``?first=voluntary&second=monthly_minimum&adopt=12:voluntary&employee=7&week=30``
A scheme that a group adopts is ``adopt=12:voluntary:pilot``.
"""

from urllib.parse import urlencode

from app import pair_link
from app.course import MOST_ADOPTED, Adopted, Course
from app.link import entries
from experiments.config import plain
from experiments.config.catalogue import members, suggestion
from experiments.designs.pair import short
from experiments.errors import UserError
from model.groups import EVERYBODY_ELSE

ADOPT = "adopt"
PLACE = ("employee", "week", "half_day")
"""Whole numbers in a link: whom it shows, and when."""
MOST_DIGITS = 9
HALF_DAYS = 10
"""Half-days of a week."""


def as_query(course: Course, **place: int) -> str:
    """Return the query of a link to a course, and to a place in it if one is given."""
    said = [(ADOPT, _written(a)) for a in course.adopted]
    said += [(name, str(value)) for name, value in place.items()]
    queries = (pair_link.as_query(course.pair), urlencode(said, safe=":"))
    return "&".join(filter(None, queries))


def person_address(course: Course, employee: int, week: int) -> str:
    """Return the address of *One employee* in a week of a course."""
    return f"/person?{as_query(course, employee=employee, week=week)}"


def from_query(query: str) -> tuple[Course, dict[str, int]]:
    """Read a course and the numbers of ``PLACE`` from the query of a link.

    Raises ``UserError`` for a name or value that is unknown, repeated or not allowed.
    """
    rest: list[tuple[str, str]] = []
    place: dict[str, int] = {}
    adopted: list[Adopted] = []
    for name, value in entries(query):
        if name == ADOPT:
            adopted.append(_adopted(value))
        elif name in place:
            raise UserError(f"the link says {name} twice.")
        elif name in PLACE:
            place[name] = _whole(name, value)
        else:
            rest.append((name, value))
    course = Course(pair_link.from_query(urlencode(rest)), tuple(adopted))
    _check_adopted(course)
    ends = (course.people, course.pair.weeks, HALF_DAYS)
    for name, end in zip(PLACE, ends, strict=True):
        _check_within(name, place.get(name, 0), end)
    return course, place


def _written(adopted: Adopted) -> str:
    apart = adopted.group != EVERYBODY_ELSE
    group = f":{adopted.group}" if apart else ""
    return f"{adopted.week}:{adopted.scheme}{group}"


def is_known(name: str) -> bool:
    """Check whether a name may stand in a link to a course."""
    return name == ADOPT or name in PLACE or pair_link.is_known(name)


def _adopted(text: str) -> Adopted:
    week, sign, rest = text.partition(":")
    scheme, _, group = rest.partition(":")
    shipped = members("scheme")
    if not sign or scheme not in shipped:
        near = suggestion(scheme, shipped)
        raise UserError(f"adopt is {short(text)}; write adopt=WEEK:SCHEME{near}")
    return Adopted(_whole("adopt", week), scheme, group or EVERYBODY_ELSE)


def _whole(name: str, text: str) -> int:
    number = plain.number(text)
    if not isinstance(number, int) or len(text) > MOST_DIGITS:
        raise UserError(f"{name} is {short(text)}; a whole number is needed.")
    return number


def _check_adopted(course: Course) -> None:
    weeks, parts = [a.week for a in course.adopted], course.scenario.parts
    told = {(a.week, a.group) for a in course.adopted}
    doubled = len(told) < len(weeks)
    if weeks != sorted(weeks) or doubled or len(weeks) > MOST_ADOPTED:
        raise UserError(
            "adopted schemes must follow each other, one a week and group, and "
            f"{MOST_ADOPTED} at most."
        )
    for adopted in course.adopted:
        if adopted.group not in parts:
            raise UserError(
                f"adopt names the group {short(adopted.group)}, but groups are "
                f"{', '.join(parts)}."
            )
    _check_within("adopt", weeks[-1] if weeks else 0, course.pair.weeks)


def _check_within(name: str, value: int, end: int) -> None:
    if not 0 <= value < end:
        raise UserError(f"{name} is {value}; choose 0 to {end - 1}.")
