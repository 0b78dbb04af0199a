"""Places of names beside the dots of a map, so that none covers another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

WIDE, TALL = 660.0, 420.0
"""About what the axes of a map measure on a wide screen [pixels]."""
LETTER, LINE, GAP = 6.4, 14.0, 9.0
"""A letter, a line, and the way from the middle of a dot to its name [pixels]."""
STEPS = (0.0, -13.0, 13.0, -26.0, 26.0, -39.0, 39.0)
"""How far a name may move up or down [pixels]."""


class Box(NamedTuple):
    """A rectangle [pixels], from its left upper corner."""

    left: float
    top: float
    wide: float
    tall: float

    def meets(self, other: "Box") -> bool:
        """Check whether two rectangles have a part in common."""
        return (
            self.left < other.left + other.wide
            and other.left < self.left + self.wide
            and self.top < other.top + other.tall
            and other.top < self.top + self.tall
        )


class Label(NamedTuple):
    """Where a name stands: right or left of its dot, and how far down [pixels]."""

    side: str
    down: float


def placed(
    names: Mapping[str, str],
    dots: Mapping[str, tuple[float, float]],
    spans: Sequence[tuple[float, float]],
) -> dict[str, Label]:
    """Place the names of dots (x, y) on axes with these ends, in order of the dots.

    A name takes the first place where it covers neither a dot nor a name before it; the
    first one at all if there is none.
    """
    middles = {key: _pixel(dot, spans) for key, dot in dots.items()}
    taken = [Box(x - 6.0, y - 6.0, 12.0, 12.0) for x, y in middles.values()]
    found = {}
    for key, (x, y) in middles.items():
        wide = LETTER * len(names[key])
        choices = [*_choices(x, y, wide)]
        label, box = next(
            (
                (label, box)
                for label, box in choices
                if not any(box.meets(other) for other in taken)
            ),
            choices[0],
        )
        taken.append(box)
        found[key] = label
    return found


def _choices(x: float, y: float, wide: float) -> Iterator[tuple[Label, Box]]:
    for down in STEPS:
        for side, left in (("right", x + GAP), ("left", x - GAP - wide)):
            if left >= 0.0 and left + wide <= WIDE:
                yield Label(side, down), Box(left, y + down - LINE / 2.0, wide, LINE)


def _pixel(
    dot: tuple[float, float], spans: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    x, y = (
        (value - low) / (high - low)
        for value, (low, high) in zip(dot, spans, strict=True)
    )
    return WIDE * x, TALL * (1.0 - y)
