"""Compose overrides into a scenario; nothing else makes scenarios of configs."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from experiments.config import (
    groups,
    roles,
    scheme_file,
    study_file,
    timeline,
    workforce_file,
    yaml_file,
)
from experiments.config.catalogue import SESSION_KEYS
from experiments.config.composed import NUMBERS, raw
from experiments.config.messages import refusal
from experiments.config.overrides import (
    Override,
    check,
    last_of_each,
    merged,
    parse,
    study_of,
)
from experiments.errors import UserError
from model.scenario import Scenario

FILES = {
    "study": study_file.read,
    "scheme": scheme_file.read,
    "workforce": workforce_file.read,
}
"""How the reader's file of a group is read; a study's may name the other two."""


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
    groups.check_names(overrides)
    # Hydra changes a key of a group only once the group is there.
    return sorted(overrides, key=lambda o: o.key != "groups")


def scenario(overrides: Sequence[Override], values: dict[str, Any]) -> Scenario:
    """Make the scenario of checked overrides from the values that they compose to."""
    given = {name: values[name] for name in Scenario.model_fields}
    given["timeline"] = tuple(timeline.phases(overrides, given["timeline"]))
    given["groups"] = tuple(groups.read(overrides, given["groups"]))
    said = "".join(o.where for o in overrides if o.key == "workforce.roles")
    mix = roles.workforce(given["workforce"]["roles"], said)
    given["workforce"] = roles.altered(mix, given["workforce"].get(NUMBERS, {}))
    try:
        return Scenario(**given)
    except ValidationError as error:
        raise refusal(error, where=origin(overrides, error)) from None


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
