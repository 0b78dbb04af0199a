"""Validate what a person asks for: a study, its settings and a scenario.

What only a study can check, it checks when it plans, before anything is carried out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from experiments.config import parents
from experiments.config.catalogue import (
    SESSION_KEYS,
    check_known,
    declared,
    members,
)
from experiments.config.compose import compose, origin, read, scenario
from experiments.config.composed import raw
from experiments.config.messages import refusal
from experiments.config.overrides import (
    DEFAULT_STUDY,
    Override,
    study_of,
)
from experiments.config.paths import is_path, paths
from experiments.config.settings import (
    STUDIES,
    ComparedSettings,
    Engine,
    Session,
    Settings,
    StandaloneSettings,
)
from experiments.errors import UserError
from model.parameters import Parameters
from model.scenario import Scenario

CUSTOM = "custom"
"""Name of a scheme in which a lever was overridden."""

Group = TypeVar("Group", bound=Parameters)
Kind = TypeVar("Kind", bound=Settings)


@dataclass(frozen=True)
class Request:
    """A study with its settings, and the scenario that it is about."""

    study: str
    settings: Settings
    scenario: Scenario
    scheme: str  # its shipped name, or "custom" if another lever was overridden
    seed: int
    out: Path | None  # None: a folder named after study and config
    data: Path | None  # a reader's own file; see Settings.reads
    path: Path | None  # a finished folder; see Settings.reads
    again: bool
    engine: Engine
    overrides: tuple[str, ...]  # all but paths; files replaced by their content
    levers: tuple[str, ...]  # overrides of the principal's choices
    shared: tuple[str, ...]  # overrides that hold for every row, such as weeks
    changes: str | None  # the shipped scheme that the one asked for changes
    config: dict[str, Any]  # resolved: all that decides the results, out, engine

    @property
    def threads(self) -> int:
        """Threads of this machine; 0: all cores.

        With Dask ``engine.threads`` counts those of a worker, and what is computed
        here, such as worlds, has all cores.
        """
        return 0 if self.engine.kind == "dask" else self.engine.threads

    def settings_as(self, kind: type[Kind]) -> Kind:
        """Give the settings as those of a study; raises ``TypeError`` for others."""
        if not isinstance(self.settings, kind):
            given = type(self.settings).__name__
            raise TypeError(f"study={self.study} does not take {given}")
        return self.settings


def ask(texts: Sequence[str]) -> Request:
    """Turn the overrides of the command line into a validated request."""
    named = paths(texts)
    overrides = read([text for text in texts if not is_path(text)])
    study = study_of(overrides)
    values = raw(overrides)
    session = _valid(
        Session, {name: values[name] for name in Session.model_fields}, overrides
    )
    engine = _engine(values["engine"], overrides)
    settings = _settings(study, values["study"], overrides)
    asked = scenario(overrides, values)
    _check_counts(settings, asked)
    _check_reads(study, settings, named)
    if isinstance(settings, StandaloneSettings):
        _check_standalone(study, settings, overrides)
    out = named.get("out")
    levers = [o for o in overrides if o.is_lever]
    if asked.releases and not asked.phases[1:]:
        levers = _without_releases(levers)
    name = _scheme_name(levers)
    return Request(
        study=study,
        settings=settings,
        scenario=asked,
        scheme=name,
        seed=session.seed,
        out=out,
        data=named.get("data"),
        path=named.get("path"),
        again=session.again,
        engine=engine,
        overrides=tuple(o.text for o in overrides),
        levers=tuple(o.text for o in levers),
        shared=tuple(
            o.text for o in overrides if not o.is_lever and o.root not in SESSION_KEYS
        ),
        changes=parents.checked(values["changes"], _said("changes", overrides)),
        config={
            "study": {"name": study, **settings.model_dump(mode="json")},
            "seed": session.seed,
            "scheme": name,
            **asked.model_dump(mode="json"),
            "engine": engine.model_dump(mode="json"),
            "out": str(out) if out else None,
        },
    )


def schemes(request: Request) -> dict[str, Scenario]:
    """Compose the rows of a comparison: baseline, listed schemes, the one asked for.

    Published schemes keep their levers; overrides of everything else hold for all rows.
    A scheme with overridden levers is one more row. New models come in all rows alike:
    technology is no choice of the principal's.
    """
    settings = request.settings
    if not isinstance(settings, ComparedSettings):
        raise TypeError(f"study={request.study} compares nothing")
    models = request.scenario.releases
    rows = {
        name: request.scenario
        if name == request.scheme
        else _published(name, request.shared).released(models)
        for name in (settings.baseline, *settings.schemes)
    }
    return rows | {request.scheme: request.scenario}


def families(request: Request) -> tuple[dict[str, Scenario], dict[str, str]]:
    """Compose the rows of a comparison with their parents, and name the parents.

    Rows are those of ``schemes``, then the parents that are none of them. Raises
    ``UserError`` if a parent is no shipped scheme, or a scheme changes itself.
    """
    rows = schemes(request)
    of = parents_of(request, rows)
    missing = [name for name in dict.fromkeys(of.values()) if name not in rows]
    return rows | {name: _published(name, request.shared) for name in missing}, of


def parents_of(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Name the schemes that rows of a comparison change, and those that these change.

    Raises ``UserError`` as ``families`` does.
    """

    def parent_of(name: str) -> str | None:
        return request.changes if name == request.scheme else parents.of_shipped(name)

    return parents.family(names, parent_of)


def _said(key: str, overrides: Sequence[Override]) -> str:
    """Give the place of an override in a file, if it has one."""
    return "".join(o.where for o in overrides if o.key == key)


def _published(name: str, shared: tuple[str, ...]) -> Scenario:
    try:
        return compose([f"scheme={name}", *shared])
    except UserError as error:
        raise UserError(
            f"scheme {name}: {error}\n"
            "Change what all rows share, or leave it out of study.schemes."
        ) from None


def _without_releases(levers: Sequence[Override]) -> list[Override]:
    """Leave out a timeline that changes no scheme.

    It takes the place of the scheme's own timeline: if there is one, it is a lever.
    """
    rest = [o for o in levers if o.key != "timeline"]
    return list(levers) if raw(rest)["timeline"] else rest


def _scheme_name(levers: Sequence[Override]) -> str:
    if not levers:
        return "voluntary"
    [*others, last] = levers
    return CUSTOM if others or last.key != "scheme" else last.value


def _valid(
    group: type[Group],
    values: dict[str, Any],
    overrides: Sequence[Override],
    prefix: str = "",
    study: str = DEFAULT_STUDY,
) -> Group:
    try:
        return group(**values)
    except ValidationError as error:
        where = origin(overrides, error, prefix)
        raise refusal(error, prefix, where, declared(study)) from None


def _engine(values: dict[str, Any], overrides: Sequence[Override]) -> Engine:
    engine = _valid(Engine, values, overrides, "engine")
    if engine.address is not None and engine.kind != "dask":
        raise UserError(
            f"engine.address={engine.address} is that of a Dask cluster; add "
            "engine=dask."
        )
    return engine


def _settings(
    study: str, values: dict[str, Any], overrides: Sequence[Override]
) -> Settings:
    given = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key != "name"
    }
    settings = _valid(STUDIES[study], given, overrides, "study", study)
    for name, group in settings.members.items():
        value = getattr(settings, name)
        names = [value] if isinstance(value, str) else value
        check_known(f"study.{name}", names, members(group), f"shipped {group}")
    return settings


def _check_counts(settings: Settings, asked: Scenario) -> None:
    """Refuse an employee or a week beyond those of the scenario."""
    for name, key in settings.within.items():
        value, limit = getattr(settings, name), attrgetter(key)(asked)
        if value >= limit:
            raise UserError(
                f"study.{name} is {value}, but they are numbered from 0; "
                f"choose 0 to {limit - 1}."
            )


def _check_reads(
    study: str, settings: Settings, named: Mapping[str, Path | None]
) -> None:
    """Refuse a missing input, or one that the study does not read."""
    reads = settings.reads
    if reads and named.get(reads.key) is None:
        raise UserError(f"study={study} needs {reads.key}={reads.sort}, {reads.form}.")
    for key in ("data", "path"):
        given = named.get(key)
        if given is not None and not (reads and reads.key == key):
            readers = " and ".join(
                f"study={name}"
                for name, kind in STUDIES.items()
                if kind.reads and kind.reads.key == key
            )
            raise UserError(
                f"{key}={given} is read by {readers} alone; choose one of them, or "
                f"leave {key} out.\nResults are written to out=DIR."
            )


def _check_standalone(
    study: str, settings: Settings, overrides: Sequence[Override]
) -> None:
    """Refuse overrides of the scenario for a study that ignores them."""
    for override in overrides:
        if override.root not in SESSION_KEYS:
            raise UserError(
                f"{override.text} changes the scenario, but study={study} has none."
                "\nIts settings are "
                f"{', '.join(f'study.{name}' for name in type(settings).model_fields)}."
            )
