"""The query of a link: names with values, without what others hang on to it."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlencode

from experiments.designs.pair import MOST_TEXT, short
from experiments.errors import UserError
from experiments.words.screen import joined

TRACKERS = re.compile(
    r"utm_\w+|mc_[ce]id|_hs(?:enc|mi)|(?:fb|d|g|y|tw|tt)clid|[gw]braid|gclsrc"
    r"|gad_source|igsh(?:id)?|li_fat_id|mkt_tok|msclkid|srsltid|vero_id|_g[al]"
)
"""Names that mailers and networks add to every link that passes through them."""
MOST_NAMED = 3
"""Unknown names of a link that are told one by one."""


def entries(query: str) -> list[tuple[str, str]]:
    """Read names and values, in order, without those that only track a reader.

    Raises ``UserError`` for a query that is too long.
    """
    if len(query) > MOST_TEXT:
        raise UserError(f"the link is longer than {MOST_TEXT:,} characters.")
    read = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    return [entry for entry in read if not TRACKERS.fullmatch(entry[0])]


def sifted(query: str, is_known: Callable[[str], bool]) -> tuple[str, list[str]]:
    """Return the query of the names that are known, and the other names, each once.

    Raises ``UserError`` for a query that is too long.
    """
    said = entries(query)
    known = [entry for entry in said if is_known(entry[0])]
    aside = dict.fromkeys(name for name, _ in said if not is_known(name))
    return urlencode(known), [*aside]


def left_aside(names: Sequence[str]) -> str:
    """Say which names of a link were left aside; empty for none."""
    if not names:
        return ""
    named = [short(name) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        named.append(f"{len(names) - MOST_NAMED} more")
    them = "it was" if len(names) == 1 else "they were"
    return (
        f"The link says {joined(named, 'and')}, which this studio does not know: "
        f"{them} left aside."
    )


def value_of(query: str, name: str) -> str:
    """Read the value of one name; empty if the query does not say it.

    Raises ``UserError`` for a query that is too long or says it twice.
    """
    values = [value for said, value in entries(query) if said == name]
    if len(values) > 1:
        raise UserError(f"the link says {short(name)} twice.")
    return values[0] if values else ""
