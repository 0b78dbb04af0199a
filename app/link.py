"""The query of a link: names with values, without what others hang on to it."""

import re
from urllib.parse import parse_qsl

from experiments.designs.pair import MOST_TEXT, short
from experiments.errors import UserError

TRACKERS = re.compile(
    r"utm_\w+|mc_[ce]id|_hs(?:enc|mi)|(?:fb|d|g|y|tw|tt)clid|[gw]braid|gclsrc"
    r"|gad_source|igsh(?:id)?|li_fat_id|mkt_tok|msclkid|srsltid|vero_id|_g[al]"
)
"""Names that mailers and networks add to every link that passes through them."""


def entries(query: str) -> list[tuple[str, str]]:
    """Read names and values, in order, without those that only track a reader.

    Raises ``UserError`` for a query that is too long.
    """
    if len(query) > MOST_TEXT:
        raise UserError(f"the link is longer than {MOST_TEXT:,} characters.")
    read = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    return [entry for entry in read if not TRACKERS.fullmatch(entry[0])]


def value_of(query: str, name: str) -> str:
    """Read the value of one name; empty if the query does not say it.

    Raises ``UserError`` for a query that is too long or says it twice.
    """
    values = [value for said, value in entries(query) if said == name]
    if len(values) > 1:
        raise UserError(f"the link says {short(name)} twice.")
    return values[0] if values else ""
