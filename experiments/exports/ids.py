"""Ids of exports and the people behind them, by number.

Ids are kept in memory alone. What is no person has a number below 0.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from experiments.errors import UserError
from experiments.exports.people import PROGRAM, SIGN, TOTAL, plain

NOBODY, PROGRAMS, KEYS = -1, -2, -3
"""A row without an id; a program or a sum; a key that nobody is known to use."""
OTHERS: Mapping[int, str] = {
    NOBODY: "rows without an id",
    PROGRAMS: "programs, service accounts and rows of totals",
    KEYS: "keys that no alias gives to a person",
}


class Ids:
    """Numbers of people, from 0 in the order in which they are met.

    ``aliases`` lead from ids to people. With ``keep``, programs and keys count as
    people.
    """

    def __init__(self, aliases: Mapping[str, str], keep: bool) -> None:
        self._aliases, self._keep = aliases, keep
        self._known: dict[tuple[Any, bool], int] = {}
        self._numbers: dict[str, int] = {}
        self._without = set[str]()

    def __len__(self) -> int:
        """Count the people."""
        return len(self._numbers)

    @property
    def names(self) -> list[str]:
        """What stands for each person, in the order of their numbers."""
        return list(self._numbers)

    @property
    def without(self) -> int:
        """How many people have an id without an alias."""
        return len(self._without)

    def number(self, value: Any, program: bool = False) -> int:
        """Give the number of the person with an id."""
        if not isinstance(value, str | int | None) or isinstance(value, bool):
            raise ValueError("an id must be a text or a whole number")
        found = self._known.get((value, program))
        if found is None:
            found = self._known[value, program] = self._new(value, program, False)
        return found

    def of_key(self, value: Any) -> int:
        """Give the number of the person who has a key."""
        return self._new(str(value), False, True)

    def _new(self, value: str | int | None, program: bool, key: bool) -> int:
        name = plain(str(value)) if value is not None else ""
        if not name:
            return NOBODY
        alias = self._aliases.get(name)
        if alias is None:
            if key and not self._keep:
                return KEYS
            if TOTAL.fullmatch(name):
                return PROGRAMS
            if (program or PROGRAM.search(name)) and not self._keep:
                return PROGRAMS
            self._without.add(name)
        return self._numbers.setdefault(alias or name, len(self._numbers))

    def extended(self) -> int:
        """Count ids without an alias that are another id with something added."""
        known = set(self._numbers)
        return sum(
            any(name[: sign.start()] in known for sign in SIGN.finditer(name))
            for name in self._without
        )


def aliases(rows: Iterable[tuple[str, str]], shown: str) -> dict[str, str]:
    """Read pairs of an id and a person; raises ``UserError`` for an id with two."""
    found: dict[str, str] = {}
    for row, (one, person) in enumerate(rows, start=1):
        name, owner = plain(one), plain(person)
        if not name or not owner:
            raise UserError(f"{shown}, row {row}: id and person are both needed.")
        if found.setdefault(name, owner) != owner:
            raise UserError(f"{shown}, row {row}: this id has another person above.")
    return found
