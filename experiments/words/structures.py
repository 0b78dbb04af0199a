"""Structures: discrete choices in modelling, under each of which a question is asked.

Nobody knows how people choose, nor what others' use of AI costs. A comparison is run
again under every other rule of choice and under every other law of rework.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Literal, NamedTuple

from model.peers import Law
from model.people import Rule


class Structure(NamedTuple):
    """A discrete choice in modelling.

    Attributes
    ----------
    key : str
        Of the parameter whose members are the alternatives.
    short : str
        Head of its column in a table, and name of its chart.
    one, many : str
        An alternative in words, and several.
    names : dict
        The name of each alternative in words.
    doubt : str
        What nobody knows.
    """

    key: str
    short: Literal["rules", "laws"]
    one: str
    many: str
    names: Mapping[IntEnum, str]
    doubt: str

    @property
    def agree(self) -> str:
        """The field of an effect that counts the alternatives with its sign."""
        return f"{self.short}_agree"

    def name_of(self, code: int) -> str:
        """Name an alternative by its code; ``StopIteration`` if there is none."""
        return next(name for member, name in self.names.items() if member == code)


RULES = Structure(
    key="people.rule",
    short="rules",
    one="rule of choice",
    many="rules of choice",
    names={
        Rule.LOGIT: "logit",
        Rule.BEST_RESPONSE: "best response",
        Rule.SATISFICING: "satisficing",
        Rule.IMITATION: "imitation",
        Rule.PROSPECT: "prospect theory",
    },
    doubt="how people choose",
)
LAWS = Structure(
    key="peers.rework_law",
    short="laws",
    one="law of rework",
    many="laws of rework",
    names={
        Law.BELOW_BREAK_EVEN: "below break-even",
        Law.BY_SIZE: "by size",
        Law.ANY_USE: "any use",
        Law.QUEUE: "review queue",
    },
    doubt="what others' use of AI costs",
)
STRUCTURES = (RULES, LAWS)
