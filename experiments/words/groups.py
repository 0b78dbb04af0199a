"""Groups of people in plain words."""

from typing import NamedTuple


class Group(NamedTuple):
    """People of a kind.

    Attributes
    ----------
    kind : str
        What people are divided by, see ``KINDS``.
    name : str
        The group of that kind: a role; a fifth, from the lowest, 1; never or may; who
        was there at first, came a year or more before the end, or later.
    """

    kind: str
    name: str


EVERYBODY = Group("everybody", "")
FIFTHS = 5
MOST_LETTERS = 10
"""Longest word of a narrow column."""
KINDS = {
    "everybody": "",
    "role": "role",
    "skill": "fifths by skill",
    "tenure": "in the job",
    "scruple": "padding",
    "use": "fifths by use before",
}
"""What people are divided by, as charts name it, in their order."""
_TITLES = {"it_support": "IT support"}
_SHORT = {
    Group("skill", "1"): "least",
    Group("skill", "5"): "most",
    Group("use", "1"): "least",
    Group("use", "5"): "most",
    Group("tenure", "first"): "from before",
    Group("tenure", "year"): "a year",
    Group("tenure", "later"): "less",
}
_SAID = {
    Group("skill", "1"): "the least skilled fifth",
    Group("skill", "2"): "the second least skilled fifth",
    Group("skill", "3"): "the middle fifth by skill",
    Group("skill", "4"): "the second most skilled fifth",
    Group("skill", "5"): "the most skilled fifth",
    Group("use", "1"): "the fifth that used AI least",
    Group("use", "2"): "the fifth that used AI second least",
    Group("use", "3"): "the middle fifth by earlier use of AI",
    Group("use", "4"): "the fifth that used AI second most",
    Group("use", "5"): "the fifth that used AI most",
    Group("tenure", "first"): "those who were there before it began",
    Group("tenure", "year"): "those who came a year or more before the end",
    Group("tenure", "later"): "those who came later",
    Group("scruple", "never"): "those who never pad",
    Group("scruple", "may"): "those who may pad",
}


def role_title(role: str) -> str:
    """Write the name of a role as people read it."""
    return _TITLES.get(role, role.replace("_", " "))


def narrow(role: str) -> str:
    """Write the name of a role for a narrow column: a word a line, long ones broken."""
    words = role_title(role).split()
    return "\n".join(_broken(word) for word in words)


def _broken(word: str) -> str:
    """Break a word that no narrow column holds in its middle."""
    if len(word) <= MOST_LETTERS:
        return word
    middle = len(word) // 2
    return f"{word[:middle]}-\n{word[middle:]}"


def short(group: Group) -> str:
    """Name a group beside others of its kind, as in the head of a column."""
    return _SHORT.get(group, role_title(group.name) or group.kind)


def said(group: Group) -> str:
    """Name a group in a sentence."""
    if group.kind == "role":
        return f"the {role_title(group.name)} role"
    return _SAID.get(group, group.kind)
