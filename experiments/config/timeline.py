"""Timelines: from a week on, another scheme, or a new model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from experiments.config.catalogue import GROUPS, TOP_LEVEL, suggestion
from experiments.config.composed import raw
from experiments.config.messages import refusal, shown
from experiments.config.overrides import Override, check, check_once, merged, parse
from experiments.errors import UserError
from model.scenario import Phase, Release, Scheme


def phases(
    overrides: Sequence[Override], timeline: Any, where: str = ""
) -> Iterator[Phase]:
    """Make the phases after the first; each changes what the one before it left.

    A phase without ``change`` leaves the scheme that is then in force. Messages begin
    with ``where``, or the place in a file where the timeline stands. Raises
    ``UserError``.
    """
    said = [o for o in overrides if o.key == "timeline"]
    where = where or (said[-1].where if said else "")
    done = merged(without_groups(overrides), [Override("timeline", "[]")])
    for week, changes, technology in _phases(timeline, where):
        place = f"{where}timeline, week {week}: "
        scheme = None
        if changes is not None:
            changed = [change(text, place) for text in changes]
            check_once(changed)
            done = merged(done, changed)
            if any(change.key == "scheme" for change in changed):
                done.append(Override("timeline", "[]"))
            values = raw(done)
            scheme = scheme_of(values, place)
        yield Phase(week=week, scheme=scheme, technology=_release(technology, place))


def without_groups(overrides: Sequence[Override]) -> list[Override]:
    """Leave out groups, which have schemes of their own."""
    return [o for o in overrides if o.root != "groups"]


def scheme_of(values: Mapping[str, Any], place: str) -> Scheme:
    """Make the scheme of composed values; raises ``UserError``."""
    try:
        return Scheme(**{name: values[name] for name in Scheme.model_fields})
    except ValidationError as error:
        raise refusal(error, where=place) from None


def releases(timeline: Any) -> tuple[Phase, ...]:
    """Read a timeline that changes technology alone; raises ``UserError``."""
    phases: list[Phase] = []
    for week, changes, technology in _phases(timeline, ""):
        place = f"timeline, week {week}: "
        if phases and week <= phases[-1].week:
            raise UserError(
                f"timeline has week {week} after week {phases[-1].week}; weeks must "
                "rise, from 1 on."
            )
        if changes is not None:
            raise UserError(
                f"{place}only technology can change here; schemes have phases of "
                "their own."
            )
        phases.append(Phase(week=week, technology=_release(technology, place)))
    return tuple(phases)


def _release(technology: Mapping[str, Any], place: str) -> Release:
    """Read what a new model changes of technology."""
    known = list(Release.model_fields)
    for name in technology:
        if name not in known:
            raise UserError(
                f"{place}there is no technology.{name} that a phase can change"
                f"{suggestion(str(name), known)}\nIt can change {', '.join(known)}."
            )
    try:
        return Release(**technology)
    except ValidationError as error:
        raise refusal(error, "technology", place) from None


NO_CHANGES = ("timeline", "changes", "groups")
"""Levers that a phase or a group cannot change."""
PHASE = ("week", "change", "technology")
"""Keys of a phase in a config."""


def _phases(
    timeline: Any, where: str
) -> Iterator[tuple[int, list[str] | None, dict[str, Any]]]:
    """Check the form of a timeline; yield week, changes and technology of its phases.

    Changes are None if a phase names none.
    """
    if not isinstance(timeline, list):
        raise UserError(f"{where}timeline is {shown(timeline)}; {_FORM}")
    for phase in timeline:
        if (
            not isinstance(phase, dict)
            or "week" not in phase
            or len(phase) < 2
            or not set(phase) <= set(PHASE)
        ):
            raise UserError(f"{where}timeline has {shown(phase)}; {_FORM}")
        week = phase["week"]
        changes, technology = phase.get("change"), phase.get("technology", {})
        if not isinstance(week, int) or isinstance(week, bool) or week < 1:
            raise UserError(
                f"{where}timeline has week {shown(week)}; a whole number from 1 on "
                "is needed."
            )
        if "change" in phase and not (
            isinstance(changes, list) and all(isinstance(text, str) for text in changes)
        ):
            raise UserError(
                f"{where}timeline, week {week}: change is {shown(changes)}; {_FORM}"
            )
        if not isinstance(technology, dict):
            raise UserError(
                f"{where}timeline, week {week}: technology is {shown(technology)}; "
                f"{_FORM}"
            )
        yield week, changes, technology


_FORM = (
    'a list such as [{week: 40, change: ["leaderboard=none"]}] or '
    "[{week: 30, technology: {gain: 0.9}}] is needed."
)


IN_MID_RUN = "cannot change in mid-run; a phase"


def change(text: str, place: str, refused: str = IN_MID_RUN) -> Override:
    """Read a change of the scheme; raises ``UserError`` for any other.

    ``refused`` says who cannot change what is no lever.
    """
    changed = parse(text, place)
    if changed.root == "technology":
        raise UserError(
            f"{place}{text} is no change of the scheme; a new model stands beside it, "
            "such as technology: {gain: 0.9}."
        )
    if changed.root not in (*GROUPS, *TOP_LEVEL):
        check(changed)  # nobody knows the key: say so, with the nearest
    if not changed.is_lever or changed.root in NO_CHANGES:
        raise UserError(
            f"{place}{text} {refused} changes parts of the scheme, such as "
            "leaderboard=none or quota.amount=160."
        )
    check(changed)
    return changed
