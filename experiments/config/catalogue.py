"""All names for overrides, and the valid name nearest to a misspelt one."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from experiments.config.settings import STUDIES, Engine, Session
from experiments.errors import UserError
from model.parameters import Declaration, Parameters, declarations
from model.scenario import Scenario, Scheme

CONFIGS = Path(__file__).parents[2] / "configs"

LEVERS = ("scheme", *Scheme.model_fields)
"""Groups that the principal chooses."""

SCENARIO_GROUPS: dict[str, type[Parameters]] = {
    name: field.annotation
    for name, field in Scenario.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Parameters)
}
SESSION_KEYS = ("study", "engine", "seed", "out", "data", "path", "again")
"""Keys of the command that do not change the scenario."""

GROUPS = (*LEVERS, *(g for g in SCENARIO_GROUPS if g not in LEVERS), "study", "engine")
TOP_LEVEL = (
    "weeks",
    "timeline",
    "groups",
    "changes",
    "seed",
    "out",
    "data",
    "path",
    "again",
)


def members(group: str) -> list[str]:
    """List the members of a group, in alphabetical order."""
    return sorted(path.stem for path in (CONFIGS / group).glob("*.yaml"))


def keys_of(group: str, study: str) -> list[str]:
    """List the dotted keys of a group; those of ``study`` depend on the study."""
    if group == "scheme":
        return []
    if group == "study":
        return [f"study.{name}" for name in STUDIES[study].model_fields]
    kind = Engine if group == "engine" else SCENARIO_GROUPS[group]
    return [f"{group}.{name}" for name in kind.model_fields]


def all_keys() -> list[str]:
    """List every group, top-level key and dotted key."""
    dotted = (k for s in STUDIES for g in GROUPS for k in keys_of(g, s))
    return list(dict.fromkeys((*GROUPS, *TOP_LEVEL, *dotted)))


def declared(study: str) -> dict[str, Declaration]:
    """Give the declarations of all parameters and of one study's settings, by key."""
    rows = list(declarations(Scenario))
    rows += declarations(Session)
    rows += declarations(Engine, "engine.")
    rows += declarations(STUDIES[study], "study.")
    return {row.key: row for row in rows}


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Find the valid name nearest to a misspelt one; None if none is near."""
    choices = list(valid)
    whole = get_close_matches(name.lower(), choices, n=1, cutoff=0.6)
    if whole:
        return whole[0]
    # A field without its group: never_gamers for people.never_gamers.
    tails = {choice.rpartition(".")[2]: choice for choice in reversed(choices)}
    near = get_close_matches(name.lower().rpartition(".")[2], tails, n=1, cutoff=0.75)
    return tails[near[0]] if near else None


def check_known(
    key: str, names: Iterable[str], valid: Sequence[str], kind: str
) -> None:
    """Refuse the first name that is not among the valid ones.

    ``key`` holds the names, ``kind`` says what each of them names. Raises
    ``UserError``.
    """
    for name in names:
        if name not in valid:
            raise UserError(
                f"{key} names {name!r}, which is no {kind}{suggestion(name, valid)}\n"
                f"Choose among {', '.join(valid)}."
            )


def suggestion(name: str, valid: Sequence[str], prefix: str = "") -> str:
    """End a message with the nearest valid name, if any is near."""
    near = nearest(name, valid)
    return f"; did you mean {prefix}{near}?" if near else "."
