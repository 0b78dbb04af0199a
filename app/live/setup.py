"""Change the scheme of the organisation, its people, their roles or its seed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import solara

from app.choice import Choice
from app.components import Panel
from app.course import LEAST_PEOPLE, MOST_PEOPLE, Course, with_people
from app.live.state import begin, check_watched, refused
from app.number import NumberControl
from app.workforce import WorkforceSelect
from experiments.config.about import titles
from experiments.designs.pair import Pair, Side, with_whole
from experiments.errors import UserError
from experiments.words.groups import role_title
from model.groups import EVERYBODY_ELSE


@solara.component
def Setup(course: Course, week: int, is_over: bool) -> None:
    """Offer another scheme, from this week on or from the start; people; seed."""
    scheme, set_scheme = solara.use_state(course.pair.second.scheme)
    group, set_group = solara.use_state(EVERYBODY_ELSE)
    pair, parts = course.pair, course.scenario.parts
    with Panel("Change the scheme"):
        with solara.Div(classes=["live-head"]):
            with solara.Div(style={"width": "240px"}):
                Choice("scheme", titles(), scheme, set_scheme)
            if len(parts) > 1:
                GroupSelect(parts, group, set_group)
            solara.Button(
                f"From week {week} on",
                on_click=lambda: attempt(
                    lambda: course.adopting(week, scheme, group), week
                ),
                color="primary",
                disabled=is_over,
            )
            solara.Button(
                "Restart with it for all" if len(parts) > 1 else "Restart with it",
                on_click=lambda: restart(lambda: replace(pair, second=Side(scheme))),
            )
        with solara.Div(classes=["abreast"]):
            NumberControl(
                "people (restarts)",
                course.people,
                (LEAST_PEOPLE, MOST_PEOPLE, 8),
                lambda people: restart(lambda: with_people(pair, int(people))),
                refused.set,
                is_whole=True,
            )
            WorkforceSelect(
                "workforce (restarts)",
                pair.workforce,
                lambda mix: restart(
                    lambda: with_people(replace(pair, workforce=mix), course.people)
                ),
            )
            NumberControl(
                "seed (restarts)",
                pair.seed,
                (0, 100, 1),
                lambda seed: restart(lambda: with_whole(pair, "seed", int(seed))),
                refused.set,
                is_whole=True,
            )


@solara.component
def GroupSelect(
    parts: Sequence[str], group: str, on_group: Callable[[str], None]
) -> None:
    """Offer who adopts the scheme: everybody outside groups, or one of them."""
    names = {name: role_title(name) for name in parts}
    with solara.Div(style={"width": "200px"}):
        Choice("for", names, group, on_group)


def restart(make: Callable[[], Pair]) -> None:
    """Play the second side of a pair from the start, or say why it was refused."""
    attempt(lambda: Course(make()))


def attempt(make: Callable[[], Course], week: int = 0) -> None:
    """Play a course from a week on, or say why it was refused."""
    try:
        course = make()
        check_watched(course)
        course.check()
        begin(course, week)
        refused.value = ""
    except (UserError, ValueError) as error:
        refused.value = str(error)
