"""Compose overrides into a scenario; nothing else composes configs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from threading import Lock
from typing import Any

import yaml
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import ValidationError

from experiments.config import (
    declared,
    plain,
    roles,
    scheme_file,
    study_file,
    workforce_file,
    yaml_file,
)
from experiments.config.catalogue import CONFIGS, SESSION_KEYS, suggestion
from experiments.config.messages import allowed, refusal, shown
from experiments.config.overrides import (
    Override,
    check,
    check_once,
    last_of_each,
    merged,
    parse,
    study_of,
)
from experiments.errors import UserError
from model.scenario import Phase, Release, Scenario, Scheme

LOCK = Lock()  # Hydra keeps global state
FILES = {
    "study": study_file.read,
    "scheme": scheme_file.read,
    "workforce": workforce_file.read,
}
"""How the reader's file of a group is read; a study's may name the other two."""
NUMBERS = "numbers"
"""Where a composed workforce keeps numbers of roles, by key."""


def compose(overrides: Sequence[str] = ()) -> Scenario:
    """Compose the scenario of overrides such as ``["scheme=amazon_2026", "weeks=52"]``.

    Raises ``UserError`` with a message for people.
    """
    parsed = read(overrides)
    for override in parsed:
        if override.root in SESSION_KEYS:
            raise UserError(
                f"{override.text} is no part of a scenario; {override.root} belongs "
                "to the command line or to simulate()."
            )
    return scenario(parsed, raw(parsed))


def read(texts: Sequence[str], *, sweeps: bool = False) -> list[Override]:
    """Read overrides; replace files of the reader's by their content.

    A study's file comes first: it may name the others. Raises ``UserError``
    for unknown groups, keys and members, and for values that cannot be read; ``sweeps``
    allows several values of a key.
    """
    overrides = last_of_each([parse(text) for text in texts])
    for key, content in FILES.items():
        for named in [o for o in overrides if o.key == key]:
            if yaml_file.is_path(named.value):
                others = [o for o in overrides if o is not named]
                overrides = merged(content(named.value), others)
    study = study_of(overrides)
    for override in overrides:
        check(override, study, sweeps=sweeps)
    return overrides


def scenario(overrides: Sequence[Override], values: dict[str, Any]) -> Scenario:
    """Make the scenario of checked overrides from the values that they compose to."""
    groups = {name: values[name] for name in Scenario.model_fields}
    timeline = tuple(_timeline(overrides, groups.pop("timeline")))
    said = "".join(o.where for o in overrides if o.key == "workforce.roles")
    mix = roles.workforce(groups["workforce"]["roles"], said)
    groups["workforce"] = roles.altered(mix, groups["workforce"].get(NUMBERS, {}))
    try:
        return Scenario(**groups, timeline=timeline)
    except ValidationError as error:
        raise refusal(error, where=origin(overrides, error)) from None


def raw(overrides: Sequence[Override]) -> dict[str, Any]:
    """Compose by Hydra, once, into plain Python values.

    Numbers of roles, which are in no config, stand beside the mix.
    """
    own = [o for o in overrides if roles.is_number(o.key)]
    texts = tuple(override.text for override in overrides if override not in own)
    edition = tuple((path, path.stat().st_mtime_ns) for path in CONFIGS.rglob("*.yaml"))
    values = deepcopy(_composed(texts, edition))
    if own:
        values["workforce"][NUMBERS] = {o.key: _number(o) for o in own}
    return values


def _number(override: Override) -> float:
    """Read a number of a role."""
    number = plain.number(override.value)
    if number is None:
        row = roles.numbers()[override.key]
        raise UserError(
            f"{override.where}{override.key} is {shown(override.value)}, but a number "
            f"is needed; it must {allowed(row)}."
        )
    return float(number)


@lru_cache(
    256
)  # a study and a page ask again and again, and Hydra takes a tenth second
def _composed(texts: tuple[str, ...], edition: tuple[Any, ...]) -> dict[str, Any]:
    """Compose override texts over an edition of the files, on which all depends."""
    try:
        with LOCK, _no_other_hydra():
            config = hydra_compose("config", list(texts))
        values = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except yaml.YAMLError as error:  # in a config of ours that somebody edited
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.name}, line {mark.line + 1}" if mark else "a config"
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UserError(f"cannot read {place}: {reason}") from None
    except (HydraException, OmegaConfBaseException, ValueError, TypeError) as error:
        raise UserError(_first_line(error)) from None
    return {str(key): value for key, value in dict(values).items()}  # type: ignore[arg-type]


def origin(
    overrides: Sequence[Override], error: ValidationError, prefix: str = ""
) -> str:
    """Name the file and line of a refused value, if it was read in a file.

    ``prefix`` is the key of the group that refused it.
    """
    loc = [prefix, *error.errors()[0]["loc"]] if prefix else error.errors()[0]["loc"]
    key = ".".join(map(str, loc))
    said = [o for o in overrides if f"{key}.".startswith(f"{o.key}.")]
    return max(said, key=lambda o: len(o.key)).where if said else ""


@contextmanager
def _no_other_hydra() -> Iterator[None]:
    """Set aside the Hydra of a caller, such as that of a ``--multirun``."""
    other = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        with (
            declared.offered(),
            initialize_config_dir(str(CONFIGS), version_base="1.3"),
        ):
            yield
    finally:
        GlobalHydra.instance().hydra = other


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if "://" not in line]
    return "; ".join(kept[:2]) or type(error).__name__


def _timeline(overrides: Sequence[Override], timeline: Any) -> Iterator[Phase]:
    """Make the phases after the first; each changes what the one before it left.

    A phase without ``change`` leaves the scheme that is then in force.
    """
    said = [o for o in overrides if o.key == "timeline"]
    where = said[-1].where if said else ""
    done = merged(overrides, [Override("timeline", "[]")])
    for week, changes, technology in _phases(timeline, where):
        place = f"{where}timeline, week {week}: "
        scheme = None
        if changes is not None:
            changed = [_change(text, place) for text in changes]
            check_once(changed)
            done = merged(done, changed)
            if any(change.key == "scheme" for change in changed):
                done.append(Override("timeline", "[]"))
            values = raw(done)
            scheme = _scheme(values, place)
        yield Phase(week=week, scheme=scheme, technology=_release(technology, place))


def _scheme(values: Mapping[str, Any], place: str) -> Scheme:
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


def _change(text: str, place: str) -> Override:
    change = parse(text, place)
    if change.root == "technology":
        raise UserError(
            f"{place}{text} is no change of the scheme; a new model stands beside it, "
            "such as technology: {gain: 0.9}."
        )
    if not change.is_lever or change.root in ("timeline", "changes"):
        raise UserError(
            f"{place}{text} cannot change in mid-run; a phase changes parts of the "
            "scheme, such as leaderboard=none or quota.amount=160."
        )
    check(change)
    return change
