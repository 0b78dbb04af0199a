"""How a parameter is declared: once, with its unit, range, source and confidence.

Validation, error messages, the base of every config, compiled code and the tables of
the documentation all read these declarations.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Literal, NamedTuple, get_origin
from weakref import WeakValueDictionary

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

from model.record import KINDS, readable

Confidence = Literal["high", "medium", "low", "choice"]
"""How well a default is known; "choice" marks what a principal or a researcher sets."""
Shape = Literal["uniform", "log_uniform", "triangular"]
"""How belief about a number that nobody knows is spread over its span; a triangular
one peaks at the default."""
WIDE = 4.0
"""Upper over lower end from which a span is even in the logarithm."""
END = 0.2
"""Part of a span at either side where a default is said to lie at its end."""


NUMBERS = "biuf"
"""Kinds of NumPy's values that parameters take for Python's: no dates or durations."""

UNCHECKED = (
    "values were changed without validation, as by model_copy(update=...); change a "
    "copy with varied(...)"
)


class Parameters(BaseModel):
    """A frozen group of parameters; refuses unknown names, NaN and infinity.

    Raises ``pydantic.ValidationError`` for a value of the wrong kind or out of bounds.
    """

    model_config = ConfigDict(
        strict=True, allow_inf_nan=False, extra="forbid", frozen=True
    )

    @model_validator(mode="before")
    @classmethod
    def _as_python(cls, values: Any) -> Any:
        """Take what means the same: NumPy's numbers, JSON's lists, names of members."""
        if not isinstance(values, dict):
            return values
        return {name: cls._plain(name, value) for name, value in values.items()}

    @classmethod
    def _plain(cls, name: str, value: Any) -> Any:
        if isinstance(value, np.generic) and value.dtype.kind in NUMBERS:
            value = value.item()
        field = cls.model_fields.get(name)
        kind = field.annotation if field else None
        if isinstance(value, list) and get_origin(kind) is tuple:
            return tuple(value)
        if not (isinstance(kind, type) and issubclass(kind, IntEnum)):
            return value
        if isinstance(value, str) and value.upper() in kind.__members__:
            return kind[value.upper()]
        if isinstance(value, kind):
            return value
        allowed = ", ".join(member.name.lower() for member in kind)
        raise ValueError(f"{name} is {value!r}; choose one of {allowed}")

    @field_serializer("*", when_used="unless-none")
    def _names_of_members(self, value: Any) -> Any:
        return value.name.lower() if isinstance(value, IntEnum) else value

    @classmethod
    def record_fields(cls) -> list[tuple[Any, ...]]:
        """Fields of the NumPy record that carries the group into compiled code."""
        return [(name, _kind(field.annotation)) for name, field in _numeric(cls)]

    def record_values(self) -> tuple[Any, ...]:
        """The values of these fields."""
        values = (getattr(self, name) for name, _ in _numeric(type(self)))
        return tuple(row(v) if isinstance(v, Parameters) else v for v in values)


_CHECKED: WeakValueDictionary[int, Parameters] = WeakValueDictionary()
"""Groups that ``check`` has looked at, by identity: a sweep runs each many times."""


def check(group: Parameters) -> None:
    """Refuse a group with values that nobody validated and that are not allowed.

    pydantic validates neither ``model_copy(update=...)`` nor ``model_construct``.
    Raises ``ValueError`` naming the key.
    """
    if _CHECKED.get(id(group)) is not group:
        _check(group, "")
        _CHECKED[id(group)] = group


def _check(group: Parameters, place: str) -> None:
    values = vars(group)
    for name, value in values.items():
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Parameters):
                _check(inner, f"{place}{name}.")
    try:
        anew = vars(type(group)(**values))
    except ValidationError as error:
        [first, *_] = error.errors(include_url=False)
        reason = first["msg"].removeprefix("Value error, ")
        if first["loc"]:
            key = ".".join(map(str, first["loc"]))
            reason = f"{place}{key} is {first['input']!r}: {reason}"
        raise ValueError(f"{reason}; {UNCHECKED}") from None
    for name, value in anew.items():
        if name not in values or values[name] != value:
            given = repr(values[name]) if name in values else "missing"
            kind = type(value).__name__
            raise ValueError(
                f"{place}{name} is {given}; a value of type {kind} is needed; "
                f"{UNCHECKED}"
            )


def parameter(
    default: Any,
    description: str,
    *,
    unit: str = "-",
    low: float | None = None,
    high: float | None = None,
    span: tuple[float, float] | None = None,
    source: str = "assumption",
    confidence: Confidence = "low",
    strength: bool = False,
    shape: tuple[Shape, str] | None = None,
) -> Any:
    """Declare one parameter.

    ``low`` and ``high`` are the limits beyond which a value makes no sense and is
    refused; ``span`` is the range that sweeps and sliders use (the limits if absent).
    ``strength`` marks what an incentive is worth to people, or does to them: nobody
    sets it, and nobody knows it. ``shape`` says, with a reason, how belief is spread
    over the span where ``shape_of`` does not.
    """
    return Field(
        default,
        description=description,
        ge=low,
        le=high,
        json_schema_extra={
            "unit": unit,
            "span": list(span) if span else [low, high],
            "source": source,
            "confidence": confidence,
            "strength": strength,
            "shape": list(shape) if shape else None,
        },
    )


class Declaration(NamedTuple):
    """A parameter as declared: one row of every table of parameters."""

    key: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    span: tuple[float, float]
    source: str
    confidence: Confidence
    description: str
    strength: bool
    given: tuple[Shape, str] | None  # a shape of its own, and the reason

    @property
    def shape(self) -> tuple[Shape, str]:
        """How belief is spread over the span, and the reason."""
        return self.given or shape_of(self.default, self.span)


def declarations(group: type[Parameters], prefix: str = "") -> Iterator[Declaration]:
    """All parameters of a group and of the groups in it, in order, by dotted key."""
    for name, field in group.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Parameters):
            yield from declarations(kind, f"{prefix}{name}.")
        elif field.json_schema_extra is not None:
            yield _declaration(f"{prefix}{name}", field)


def _declaration(key: str, field: FieldInfo) -> Declaration:
    extra: Any = field.json_schema_extra
    bounds = {type(mark).__name__: mark for mark in field.metadata}
    default = field.default
    return Declaration(
        key=key,
        default=default.name.lower() if isinstance(default, IntEnum) else default,
        unit=extra["unit"],
        low=bounds["Ge"].ge if "Ge" in bounds else None,
        high=bounds["Le"].le if "Le" in bounds else None,
        span=tuple(extra["span"]),
        source=extra["source"],
        confidence=extra["confidence"],
        description=field.description or "",
        strength=extra["strength"],
        given=tuple(extra["shape"]) if extra["shape"] else None,
    )


def shape_of(default: float, span: tuple[float, float]) -> tuple[Shape, str]:
    """Choose a shape by a rule that looks at nothing but the declaration; say why."""
    low, high = span
    if low > 0.0 and high / low >= WIDE:
        return "log_uniform", f"the span is a factor of {high / low:.3g}"
    place = round((default - low) / (high - low), 9)
    if not END <= place <= 1.0 - END:
        return "triangular", "the default lies at an end of the span"
    return "uniform", ""


def dtype(group: type[Parameters]) -> np.dtype[np.void]:
    """The NumPy record that carries a group into compiled code; members are ints."""
    return readable(group.record_fields())


def row(group: Parameters) -> tuple[Any, ...]:
    """The values of a group as one row of ``dtype(type(group))``."""
    return group.record_values()


def as_record(group: Parameters) -> Any:
    """A group as the record that compiled rules read; its dtype is that of its type."""
    return np.array([row(group)], dtype(type(group)))[0]


def _numeric(group: type[Parameters]) -> list[tuple[str, FieldInfo]]:
    """Fields that have a place in a record: numbers, switches, members and groups."""
    return [
        (name, field)
        for name, field in group.model_fields.items()
        if isinstance(field.annotation, type)
    ]


def _kind(annotation: Any) -> Any:
    if issubclass(annotation, Parameters):
        return dtype(annotation)
    return "i8" if issubclass(annotation, IntEnum) else KINDS[annotation]
