"""What a person asked for: a study, its settings and a scenario, all validated."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from experiments.config.catalogue import SESSION_KEYS, check_known, members
from experiments.config.compose import compose, raw, read, scenario
from experiments.config.messages import refusal
from experiments.config.overrides import (
    DEFAULT_STUDY,
    Override,
    is_path,
    paths,
    study_of,
)
from experiments.config.settings import (
    STUDIES,
    AloofSettings,
    Engine,
    FingerprintsSettings,
    FolderSettings,
    OneSettings,
    PairSettings,
    SchemesSettings,
    Session,
    Settings,
)
from experiments.errors import UserError
from model.parameters import Parameters
from model.scenario import Scenario

DATA: dict[type[Settings], str] = {
    FingerprintsSettings: "study=fingerprints needs data=FILE, a CSV or Parquet file "
    "with the columns employee, week, tokens and, if there is one, output",
    PairSettings: "study=pair needs data=FILE, a YAML file that the studio kept",
}
"""What the studies that read a file need."""
CUSTOM = "custom"
"""Name of a scheme in which some lever was overridden."""

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
    out: Path | None  # None: named after the study and the config
    data: Path | None  # a reader's own file, of study=fingerprints alone
    path: Path | None  # a finished folder, of study=verify and study=archive alone
    again: bool
    engine: Engine
    overrides: tuple[str, ...]  # all but paths; a scheme file as what stands in it
    levers: tuple[str, ...]  # overrides of what the principal chooses
    shared: tuple[str, ...]  # overrides of people, technology, weeks: for every row
    config: dict[str, Any]  # all that decides the results, resolved; out and engine too

    @property
    def threads(self) -> int:
        """Threads of this machine; 0: all cores."""
        return self.engine.threads

    def settings_as(self, kind: type[Kind]) -> Kind:
        """The settings as those that a study takes; raises ``TypeError`` for others."""
        if not isinstance(self.settings, kind):
            found = type(self.settings).__name__
            raise TypeError(f"study={self.study} does not take {found}")
        return self.settings


def ask(texts: Sequence[str]) -> Request:
    """Validate the overrides of the command line."""
    named = paths(texts)
    overrides = read([text for text in texts if not is_path(text)])
    out, data, path = (named.get(name) for name in ("out", "data", "path"))
    study = study_of(overrides)
    values = raw(overrides)
    session = _valid(Session, {name: values[name] for name in Session.model_fields})
    engine = _engine(values["engine"])
    settings = _settings(study, values["study"])
    asked = scenario(overrides, values)
    _check_place(settings, asked)
    _check_data(settings, data)
    _check_path(settings, study, path)
    if isinstance(settings, AloofSettings):
        _check_aloof(study, settings, overrides)
    levers = [o for o in overrides if o.is_lever]
    name = _scheme_name(levers)
    return Request(
        study=study,
        settings=settings,
        scenario=asked,
        scheme=name,
        seed=session.seed,
        out=out,
        data=data,
        path=path,
        again=session.again,
        engine=engine,
        overrides=tuple(o.text for o in overrides),
        levers=tuple(o.text for o in levers),
        shared=tuple(
            o.text for o in overrides if not o.is_lever and o.root not in SESSION_KEYS
        ),
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
    """Rows of a comparison by name: the baseline, the schemes listed, one's own.

    The published schemes stay as published; only what all rows share is changed. What
    was asked for by levers is one more row.
    """
    settings = request.settings
    if not isinstance(settings, SchemesSettings):
        raise TypeError(f"study={request.study} compares nothing")
    rows = {
        name: request.scenario
        if name == request.scheme
        else _published(name, request.shared)
        for name in (settings.baseline, *settings.schemes)
    }
    return rows | {request.scheme: request.scenario}


def _published(name: str, shared: tuple[str, ...]) -> Scenario:
    try:
        return compose([f"scheme={name}", *shared])
    except UserError as error:
        raise UserError(
            f"scheme {name}: {error}\n"
            "Change what all rows share, or leave it out of study.schemes."
        ) from None


def _scheme_name(levers: Sequence[Override]) -> str:
    if not levers:
        return "voluntary"
    [*others, last] = levers
    return CUSTOM if others or last.key != "scheme" else last.value


def _valid(
    group: type[Group],
    values: dict[str, Any],
    prefix: str = "",
    study: str = DEFAULT_STUDY,
) -> Group:
    try:
        return group(**values)
    except ValidationError as error:
        raise refusal(error, prefix, study=study) from None


def _engine(values: dict[str, Any]) -> Engine:
    engine = _valid(Engine, values, "engine")
    if engine.address is not None and engine.kind != "dask":
        raise UserError(
            f"engine.address={engine.address} is that of a Dask cluster; add "
            "engine=dask."
        )
    return engine


def _settings(study: str, values: dict[str, Any]) -> Settings:
    given = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key != "name"
    }
    settings = _valid(STUDIES[study], given, "study", study)
    if isinstance(settings, SchemesSettings):
        shipped = members("scheme")
        check_known("study.baseline", [settings.baseline], shipped, "shipped scheme")
        check_known("study.schemes", settings.schemes, shipped, "shipped scheme")
    return settings


def _check_place(settings: Settings, asked: Scenario) -> None:
    """The employee and the week of ``study=one`` must exist."""
    if not isinstance(settings, OneSettings):
        return
    for key, value, limit in (
        ("employee", settings.employee, asked.organisation.employees),
        ("week", settings.week, asked.weeks),
    ):
        if value >= limit:
            raise UserError(
                f"study.{key} is {value}, but they are numbered from 0; "
                f"choose 0 to {limit - 1}."
            )


def _check_data(settings: Settings, data: Path | None) -> None:
    """A reader's own file belongs to the studies that read one."""
    needed = next((n for kind, n in DATA.items() if isinstance(settings, kind)), None)
    if needed and data is None:
        raise UserError(f"{needed}.")
    if data is not None and not needed:
        raise UserError(
            f"data={data} is read by study=fingerprints and study=pair alone; add one "
            "of them, or leave data out."
        )


def _check_path(settings: Settings, study: str, path: Path | None) -> None:
    """A finished folder belongs to the studies that are about one."""
    if isinstance(settings, FolderSettings):
        if path is None:
            raise UserError(
                f"study={study} needs path=DIR, the folder of a finished study."
            )
    elif path is not None:
        raise UserError(
            f"path={path} is read by study=verify and study=archive alone; the folder "
            "that is written is out=DIR."
        )


def _check_aloof(study: str, settings: Settings, overrides: Sequence[Override]) -> None:
    """What a study does not ask for cannot be changed for it."""
    for override in overrides:
        if override.root not in SESSION_KEYS:
            raise UserError(
                f"{override.text} changes the scenario, for which study={study} does "
                "not ask.\nIts settings are "
                f"{', '.join(f'study.{name}' for name in type(settings).model_fields)}."
            )
