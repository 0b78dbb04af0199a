"""The forms of settings that hold more than one value.

Only the form is checked here: lists, mappings and the types in them.
``experiments.designs.levels`` and ``experiments.designs.families`` check keys and
numbers, and say what they mean.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import (
    AllowInfNan,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

# Infinity passes here and is refused later, in the same words everywhere.
Level = bool | int | Annotated[float, AllowInfNan(True)] | str | None
LevelsGiven = Level | Sequence[Level] | Mapping[str, Level | Sequence[Level]]
FactorsGiven = Mapping[str, LevelsGiven] | Sequence[str] | None
FamiliesGiven = Annotated[Sequence[Mapping[str, LevelsGiven]], Field(min_length=1)]
WorkforcesGiven = Annotated[Sequence[Mapping[str, Level]], Field(min_length=1)]

FORM = "form"
"""Error type for a value of the wrong form."""


def needed(words: str) -> WrapValidator:
    """Replace every error of the form by these words."""

    def check(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError(FORM, "{words}", {"words": words}) from None

    return WrapValidator(check)


Levers = Annotated[
    FactorsGiven,
    needed(
        "keys with their levels are needed, such as {quota.penalty: [0, 0.05, 0.1]}"
    ),
]
Uncertainties = Annotated[
    FactorsGiven,
    needed(
        "keys are needed, such as [people.learning, people.patience], or keys with "
        "their levels, such as {people.belief_mean: [-0.1, 0, 0.1]}"
    ),
]
Levels = Annotated[
    LevelsGiven,
    needed("levels such as [0, 0.1] or a range such as {low: 0, high: 1} are needed"),
]
Families = Annotated[
    FamiliesGiven,
    needed("a list such as [{name: review, lever: review.weight}] is needed"),
]
Workforces = Annotated[
    WorkforcesGiven,
    needed("a list such as [{name: sceptics, people.belief_mean: -0.2}] is needed"),
]
