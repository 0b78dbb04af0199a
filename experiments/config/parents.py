"""Parents: the scheme that another one changes, named by its file under ``changes``."""

from collections.abc import Callable, Iterable

from experiments.config import yaml_file
from experiments.config.catalogue import CONFIGS, members, suggestion
from experiments.errors import UserError


def of_shipped(scheme: str) -> str | None:
    """Read which scheme a shipped one changes; raises ``UserError`` for no scheme."""
    path = CONFIGS / "scheme" / f"{scheme}.yaml"
    return checked(yaml_file.shipped(path).get("changes"), f"{path}: ")


def checked(parent: object, where: str) -> str | None:
    """Give the name of a shipped scheme, or None if there is none.

    Raises ``UserError`` for another value; ``where`` is its place in a file.
    """
    if parent is None or (isinstance(parent, str) and parent in members("scheme")):
        return parent
    raise UserError(
        f"{where}changes names {parent!r}, which is no shipped scheme"
        f"{suggestion(str(parent), members('scheme'))}"
    )


def family(
    schemes: Iterable[str], parent_of: Callable[[str], str | None]
) -> dict[str, str]:
    """Give the parents of some schemes, and of these parents, by name of the scheme.

    Raises ``UserError`` if a scheme changes itself, be it by way of others.
    """
    parents: dict[str, str] = {}
    for scheme in schemes:
        line = [scheme]
        while parent := parent_of(line[-1]):
            if parent in line:
                chain = ", which changes ".join([*line, parent])
                raise UserError(f"{chain}: a scheme cannot change itself.")
            parents[line[-1]] = parent
            line.append(parent)
    return parents
