"""What the front page says of each named scheme, computed ahead."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from app import shipped
from app.certificate import known
from app.shipped import Mapped
from experiments.config.about import About, about
from experiments.designs.pair import Pair, Side
from experiments.statistics.worlds import InWorlds, overall
from model.progress import WEEKS_A_YEAR

BASELINE = Pair().first


class Entry(NamedTuple):
    """A named scheme on the map.

    Attributes
    ----------
    effects : Mapped
        Against voluntary use, in the world as given.
    worlds : InWorlds or None
        Its effect on real output over plausible worlds; None with another model.
    """

    about: About
    effects: Mapped
    worlds: InWorlds | None

    @property
    def net_value(self) -> tuple[float, float, float]:
        """Effect on net value [$ per employee and year], with its interval."""
        row = self.effects
        each = (row.net_value, row.net_value_low, row.net_value_high)
        value, low, high = (WEEKS_A_YEAR * x for x in each)
        return value, low, high


@cache
def entries() -> Mapping[str, Entry]:
    """Give all schemes but voluntary use, by name."""
    return {
        name: Entry(about(name), row, _worlds(name))
        for name, row in shipped.schemes().items()
    }


def pair_of(scheme: str) -> Pair:
    """Return the comparison that a dot of the map stands for."""
    return Pair(BASELINE, Side(scheme))


def _worlds(scheme: str) -> InWorlds | None:
    certificate = known(pair_of(scheme))
    rows = overall(certificate.rows()) if certificate else {}
    return next(iter(rows.values()), None)
