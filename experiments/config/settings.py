"""Settings of a command and of its study; their values stand in ``configs/``.

They are declared like the parameters of the model, but none of them changes the model.
"""

from collections.abc import Mapping
from keyword import iskeyword
from typing import Any, ClassVar, Literal, NamedTuple

from experiments.config.forms import (
    Families,
    Levels,
    Levers,
    Uncertainties,
    Workforces,
)
from model.parameters import Parameters, parameter


def setting(description: str, **declared: Any) -> Any:
    """Declare a setting; its value must stand in a config."""
    return parameter(..., description, confidence="choice", source="-", **declared)


def count(description: str, *, low: int = 1, high: int, unit: str = "-") -> Any:
    """Declare a whole number."""
    return setting(description, low=low, high=high, unit=unit)


class Session(Parameters):
    """Keys at the top level beside the scenario."""

    seed: int = count("seed of all draws", low=0, high=2**63 - 1)
    again: bool = setting("carry out a finished study once more")


class Engine(Parameters):
    """How runs are carried out."""

    kind: Literal["threads", "dask"] = setting("threads of this machine, or dask")
    threads: int = count(
        "threads (0: all cores); of a local Dask cluster, those of each worker",
        low=0,
        high=1024,
    )
    workers: int = count(
        "processes of a local Dask cluster (0: one a core)", low=0, high=1024
    )
    address: str | None = setting(
        "scheduler of a Dask cluster that is there, such as tcp://10.0.0.5:8786 "
        "(null: one is started on this machine)"
    )
    wait: float = setting(
        "how long a Dask cluster may be without a worker that can be used",
        low=0.0,
        high=100_000.0,
        unit="min",
    )


class Input(NamedTuple):
    """A file or folder of the reader's that a study needs.

    Attributes
    ----------
    key : str
        The key that names it: ``data`` or ``path``.
    sort : str
        ``FILE`` or ``DIR``, as the help page writes it.
    what : str
        What it is, in a few words.
    form : str
        What it must be.
    """

    key: str
    sort: str
    what: str
    form: str


class Settings(Parameters):
    """Settings of one study, and its other needs."""

    reads: ClassVar[Input | None] = None
    """The file or folder that the study reads."""
    members: ClassVar[Mapping[str, str]] = {}
    """Settings that name members of a group: setting and group."""
    within: ClassVar[Mapping[str, str]] = {}
    """Settings that count from 0, with the key of the scenario that limits them."""


class StandaloneSettings(Settings):
    """Settings of a study that ignores the scenario of the command line."""


def aim(of: str) -> Any:
    """Declare the half-width at which a study stops."""
    return setting(
        f"add replicates until {of} is known to plus or minus this (0 or null: never)",
        low=0.0,
        high=100.0,
        unit="%",
    )


MOST_REPLICATES = "replicates at which a study with until_halfwidth stops in any case"


class RunSettings(Settings):
    """``study=run``: one scenario."""

    replicates: int = count("runs that differ by luck alone", high=100_000)
    until_halfwidth: float | None = aim("output, in % of its mean,")
    most_replicates: int = count(MOST_REPLICATES, high=100_000)


class ComparedSettings(Settings):
    """Settings of a study that holds schemes against a baseline."""

    baseline: str = setting("scheme that the others are compared with")
    schemes: tuple[str, ...] = setting("schemes that are compared, in order")
    members: ClassVar[Mapping[str, str]] = {"baseline": "scheme", "schemes": "scheme"}


class SchemesSettings(ComparedSettings):
    """The same, with replicates."""

    replicates: int = count("paired runs of each scheme", low=2, high=100_000)


class CompareSettings(SchemesSettings):
    """``study=compare``: schemes against a baseline."""

    until_halfwidth: float | None = aim(
        "every effect on output, in % of the baseline's output,"
    )
    most_replicates: int = count(MOST_REPLICATES, low=2, high=100_000)
    worlds: int = count(
        "plausible worlds in which each scheme is run besides (docs/worlds.md)",
        low=0,
        high=100_000,
    )


class VerificationSettings(StandaloneSettings):
    """``study=verification``: the simulation beside theory."""

    people: int = count(
        "employees in each organisation", low=50, high=100_000, unit="people"
    )
    replicates: int = count("runs that differ by luck alone", low=2, high=10_000)
    only: tuple[str, ...] = setting("results to be checked (empty: all)")


class ValidationSettings(StandaloneSettings):
    """``study=validation``: the model beside stylised facts."""

    people: int = count(
        "employees in each organisation", low=50, high=100_000, unit="people"
    )
    replicates: int = count("runs that differ by luck alone", low=2, high=10_000)
    only: tuple[str, ...] = setting("facts to be looked for (empty: all)")
    worlds: int = count(
        "plausible worlds in which they are looked for, too, a run each (0: none)",
        low=0,
        high=10_000,
    )
    world_people: int = count(
        "employees in each world's organisation", low=50, high=100_000, unit="people"
    )
    null_replicates: int = count(
        "replicates under each null model (0: none; intervals need 2)",
        low=0,
        high=10_000,
    )


class RangesSettings(SchemesSettings):
    """``study=ranges``: the headline over the range of each parameter."""


class SweepSettings(SchemesSettings):
    """``study=sweep``: schemes over any design of levers and uncertainties."""

    replicates: int = count("paired runs at each point", high=100_000)
    design: str | None = setting(
        "full_factorial, one_at_a_time, latin_hypercube, sobol or table (null: "
        "full_factorial, or table if there is one)"
    )
    levers: Levers = setting("what the principal chooses, by key; see docs/sweeps.md")
    uncertainties: Uncertainties = setting(
        "what nobody knows, by key; see docs/sweeps.md"
    )
    points: int = count("points of a latin_hypercube or sobol design", high=200_000)
    table: str | None = setting("CSV or Parquet file with a row a point")
    outcomes: tuple[str, ...] = setting("outcomes whose effects are written")


class GoodhartCurveSettings(Settings):
    """``study=goodhart_curve``: usage and output as one lever grows from 0."""

    replicates: int = count("paired runs at each pressure", low=2, high=100_000)
    lever: str | None = setting("lever whose pressure grows (null: all families)")
    levels: Levels = setting("its pressures; see docs/sweeps.md (null: see high)")
    high: float | None = setting("its highest pressure (null: the end of its span)")
    points: int = count("evenly spaced pressures, 0 among them", low=3, high=1000)
    families: Families = setting(
        "schemes, each with its name, lever, levels or high, and with"
    )
    workforces: Workforces = setting(
        "kinds of people: a name, and keys with their values"
    )


class PhaseMapSettings(SchemesSettings):
    """``study=phase_map``: the sign of an effect over a grid of two factors."""

    x: str = setting("factor that grows to the right")
    y: str = setting("factor that grows upwards")
    x_levels: Levels = setting("its levels; see docs/sweeps.md (null: its span)")
    y_levels: Levels = setting("its levels; see docs/sweeps.md (null: its span)")
    points: int = count("evenly spaced levels of a range", low=2, high=300)


class SensitivitySettings(SchemesSettings):
    """``study=sensitivity``: which uncertainties decide an outcome or effect."""

    replicates: int = count("paired runs at each point", low=3, high=100_000)
    method: str = setting("morris (screening of many) or sobol (shares of variance)")
    samples: int | None = count(
        "trajectories (morris) or base samples (sobol); null: 6 or 128",
        low=2,
        high=65_536,
    )
    uncertainties: Uncertainties = setting(
        "keys, or keys with ranges (docs/sweeps.md); null: all that nobody knows"
    )
    outcome: str = setting("outcome that is looked at")
    period: str = setting("early, last or whole")
    quantity: str = setting(
        "percent (paired effect in % of the baseline), effect (in the outcome's unit) "
        "or level (of the outcome)"
    )
    second_order: bool = setting("second-order indices too (sobol)")
    levels: int = count(
        "levels of each parameter alone, for thresholds (0: none)", low=0, high=100
    )


class CertificateSettings(ComparedSettings):
    """``study=certificate``: in which plausible worlds a scheme harms, and why."""

    worlds: int = count(
        "plausible worlds in which the scheme is run", low=2, high=100_000
    )
    uniform_worlds: int = count(
        "plausible worlds by another prior, even over all spans (0: none)",
        low=0,
        high=100_000,
    )
    rival_worlds: int = count(
        "plausible worlds in which the other schemes are run, too (0: none)",
        low=0,
        high=100_000,
    )
    turned: int = count(
        "bad worlds that are run again with one value changed", high=100_000
    )
    search: int = count(
        "worlds that the search for the least favourable one looks at (0: no search)",
        low=0,
        high=1_000_000,
    )
    fit: str | None = setting(
        "folder of a finished study=fit, whose worlds take the place of the plausible "
        "ones (null: none)"
    )


class OneSettings(Settings):
    """``study=one``: one week of one employee."""

    employee: int = count("row of the employee, from 0", low=0, high=10_000_000)
    week: int = count("week that is shown, from 0", low=0, high=5200, unit="weeks")
    within: ClassVar[Mapping[str, str]] = {
        "employee": "organisation.employees",
        "week": "weeks",
    }


class CalibrationSettings(Settings):
    """``study=calibration``: the voluntary organisation beside the evidence."""

    replicates: int = count("runs that differ by luck alone", high=100_000)


class ParametersSettings(Settings):
    """``study=parameters``: the table of every key."""


class CheckSettings(Settings):
    """``study=check``: a scheme in plain words."""


class ProxyeconomicsSettings(StandaloneSettings):
    """``study=proxyeconomics``: a published model, replicated."""

    replicates: int = count(
        "runs of each setting that differ by luck alone", low=2, high=10_000
    )
    steps: int = count(
        "steps of a run, the second half of which is reported",
        low=2,
        high=1_000_000,
        unit="steps",
    )
    readings: bool = setting("also run what else the description could mean")


class PairSettings(StandaloneSettings):
    """``study=pair``: two schemes side by side, data=pair.yaml."""

    reads = Input("data", "FILE", "a pair of schemes", "a YAML file from the studio")


class WorldsSettings(StandaloneSettings):
    """``study=worlds``: worlds in which voluntary use is as it is known to be."""

    each: int = count("worlds of each structure", high=10_000)
    most_tries: int = count("worlds drawn under a structure at most", high=2**20)
    shape: Literal["declared", "uniform"] = setting(
        "shape of distributions: declared with each number, or uniform over spans"
    )


class FingerprintsSettings(StandaloneSettings):
    """``study=fingerprints``: gaming in your own panel of AI use, data=usage.csv."""

    reads = Input(
        "data",
        "FILE",
        "your own panel",
        "a CSV or Parquet file with the columns employee, week, tokens and, if it is "
        "known, output (real work)",
    )

    quota: float = setting(
        "threshold that counts in a period (0: none)",
        low=0.0,
        high=1e9,
        unit="M tokens",
    )
    period: int = count("weeks of a period", high=104, unit="weeks")
    first_deadline: int = count(
        "week of the file, from 1, in which the first period ends (0: the first "
        "period begins with the file)",
        low=0,
        high=1040,
        unit="weeks",
    )
    below: float = setting(
        "how far below the quota people may come from, as a share of it",
        low=0.1,
        high=0.85,
    )
    above: float = setting(
        "how far above the quota they may land, as a share of it", low=0.1, high=4.0
    )


class ImportSettings(StandaloneSettings):
    """``study=import``: your company's exports, data=exports/, as one panel."""

    reads = Input(
        "data",
        "FILES",
        "exports of your tools",
        "a folder, files with commas between them, or a pattern such as "
        "'exports/*.csv'",
    )

    measure: Literal[
        "tokens", "requests", "messages", "credits", "cost", "active_days"
    ] = setting("what is counted: tokens, or another measure with its own unit")
    tokens: Literal["all", "fresh", "written"] = setting(
        "which tokens count: all, fresh (without cached reads) or written"
    )
    zone: str = setting("time zone of weeks, such as Europe/Berlin; requests alone")
    taken: str | None = setting(
        "day on which the exports were taken (null: the last day in them)"
    )
    others: Literal["leave_out", "keep"] = setting(
        "programs, service accounts and keys without an alias: leave_out or keep"
    )
    secret: str = setting(
        "once (forgotten, so that nobody can undo pseudonyms), or a file with a secret"
    )


class FitSettings(Settings):
    """``study=fit``: the model fitted to your own panel, data=panel.parquet."""

    reads = Input(
        "data",
        "FILE",
        "your own panel",
        "a panel of study=import, or a CSV or Parquet file with the columns employee, "
        "week, tokens and, if it is known, output (real work)",
    )

    schemes: tuple[str, ...] = setting(
        "what may come next: shipped schemes, or files of your own"
    )
    ahead: int = count(
        "weeks after the panel that answers are about", low=4, high=260, unit="weeks"
    )
    draws: int = count(
        "simulated companies that the panel is held against", low=100, high=100_000
    )
    bank: str | None = setting(
        "folder of these companies (null: one below outputs, named after the design)"
    )
    anyway: bool = setting("show answers though nothing in the model is like the panel")


class FolderSettings(StandaloneSettings):
    """Settings of a study about another study's finished folder, path=DIR."""

    reads = Input("path", "DIR", "a finished study", "the folder of a finished study")


class VerifySettings(FolderSettings):
    """``study=verify``: the files and a sample of runs of a finished study."""

    sample: int = count("runs that are done again", low=0, high=1_000_000, unit="runs")
    scheme: str | None = setting("repeat one run instead: its scheme")
    point: int = count("repeat one run instead: its point", low=0, high=2**31 - 1)
    replicate: int = count(
        "repeat one run instead: its replicate", low=0, high=2**31 - 1
    )


class ArchiveSettings(FolderSettings):
    """``study=archive``: a finished study in one file, for a repository with a DOI."""


STUDIES: dict[str, type[Settings]] = {
    "compare": CompareSettings,
    "verification": VerificationSettings,
    "validation": ValidationSettings,
    "ranges": RangesSettings,
    "sweep": SweepSettings,
    "sensitivity": SensitivitySettings,
    "goodhart_curve": GoodhartCurveSettings,
    "phase_map": PhaseMapSettings,
    "certificate": CertificateSettings,
    "run": RunSettings,
    "one": OneSettings,
    "calibration": CalibrationSettings,
    "parameters": ParametersSettings,
    "check": CheckSettings,
    "proxyeconomics": ProxyeconomicsSettings,
    "import": ImportSettings,
    "fingerprints": FingerprintsSettings,
    "fit": FitSettings,
    "pair": PairSettings,
    "worlds": WorldsSettings,
    "verify": VerifySettings,
    "archive": ArchiveSettings,
}


def module_of(study: str) -> str:
    """Name the module of a study; one that is a word of Python ends in ``_``."""
    return f"experiments.studies.{study}{'_' * iskeyword(study)}"
