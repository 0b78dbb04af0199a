"""Settings of a session and of its study; their values stand in ``configs/``.

They are declared like the parameters of the model, but say how a question is asked:
nothing here changes what the model does.
"""

from typing import Any

from model.parameters import Parameters, parameter


def setting(description: str, **declared: Any) -> Any:
    """Declare a setting whose value a config must give."""
    return parameter(..., description, confidence="choice", source="-", **declared)


def count(description: str, *, low: int = 1, high: int, unit: str = "-") -> Any:
    """Declare a whole number."""
    return setting(description, low=low, high=high, unit=unit)


class Session(Parameters):
    """What stands at the top level beside the scenario."""

    seed: int = count("seed of all draws", low=0, high=2**63 - 1)
    again: bool = setting("carry out a finished study once more")


class Engine(Parameters):
    """How runs are carried out."""

    threads: int = count("threads (0: all cores)", low=0, high=1024)


class Settings(Parameters):
    """Settings of one study."""


class AloofSettings(Settings):
    """Settings of a study that does not ask for the scenario of the command line."""


class RunSettings(Settings):
    """``study=run``: one scenario."""

    replicates: int = count("runs that differ by luck alone", high=100_000)


class SchemesSettings(Settings):
    """Settings of a study that holds schemes against a baseline."""

    replicates: int = count("paired runs of each scheme", low=2, high=100_000)
    baseline: str = setting("scheme that the others are compared with")
    schemes: tuple[str, ...] = setting("schemes that are compared, in order")


class CompareSettings(SchemesSettings):
    """``study=compare``: schemes against a baseline."""

    world_replicates: int = count(
        "paired runs of each scheme in each of the nine worlds", low=0, high=100_000
    )
    rule_replicates: int = count(
        "paired runs of each scheme under each of the other four rules of choice",
        low=0,
        high=100_000,
    )


class VerificationSettings(AloofSettings):
    """``study=verification``: the simulation beside theory."""

    people: int = count(
        "employees in each organisation", low=50, high=100_000, unit="people"
    )
    replicates: int = count("runs that differ by luck alone", low=2, high=10_000)
    only: tuple[str, ...] = setting("results to be checked (empty: all)")


class ValidationSettings(AloofSettings):
    """``study=validation``: the model beside stylised facts."""

    people: int = count(
        "employees in each organisation", low=50, high=100_000, unit="people"
    )
    replicates: int = count("runs that differ by luck alone", low=2, high=10_000)
    only: tuple[str, ...] = setting("facts to be looked for (empty: all)")


class RangesSettings(SchemesSettings):
    """``study=ranges``: the headline over the range of each parameter."""


class OneSettings(Settings):
    """``study=one``: one week of one employee."""

    employee: int = count("row of the employee, from 0", low=0, high=10_000_000)
    week: int = count("week that is shown, from 0", low=0, high=5200, unit="weeks")


class CalibrationSettings(Settings):
    """``study=calibration``: the voluntary organisation beside the evidence."""

    replicates: int = count("runs that differ by luck alone", high=100_000)


class ParametersSettings(Settings):
    """``study=parameters``: the table of every key."""


class CheckSettings(Settings):
    """``study=check``: a scheme in plain words."""


class ProxyeconomicsSettings(AloofSettings):
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


class FingerprintsSettings(AloofSettings):
    """``study=fingerprints``: gaming in your own panel of AI use, data=usage.csv."""

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


STUDIES: dict[str, type[Settings]] = {
    "compare": CompareSettings,
    "verification": VerificationSettings,
    "validation": ValidationSettings,
    "ranges": RangesSettings,
    "run": RunSettings,
    "one": OneSettings,
    "calibration": CalibrationSettings,
    "parameters": ParametersSettings,
    "check": CheckSettings,
    "proxyeconomics": ProxyeconomicsSettings,
    "fingerprints": FingerprintsSettings,
}
