"""What a certificate is about: one scheme, and the worlds in which it is looked at."""

from typing import NamedTuple

from experiments.studies.certificate.arms import Arms
from experiments.worlds.shipped import Worlds


class Certificate(NamedTuple):
    """A scheme, and the worlds in which it is looked at.

    Attributes
    ----------
    arms : Arms
        The scheme and its baseline.
    rivals : Arms
        The other schemes and the baseline, with which it is compared.
    worlds : Worlds
        Plausible worlds as declared. Of these, the scheme is run in the first
        ``run_in``, its rivals in the first ``rivals_in``.
    even : Worlds
        Plausible worlds by distributions that are all uniform; ``even_in`` are used.
    is_fitted : bool
        Whether ``worlds`` are those that a company's panel speaks for, and ``even`` the
        plausible ones.
    keys, inert : tuple of str
        Unknowns that are at work in the scheme or its baseline, and those that are not.
    """

    scheme: str
    arms: Arms
    rivals: Arms
    worlds: Worlds
    run_in: int
    rivals_in: int
    even: Worlds
    even_in: int
    is_fitted: bool
    keys: tuple[str, ...]
    inert: tuple[str, ...]

    @property
    def baseline(self) -> str:
        """The scheme that all are compared with."""
        return self.arms.baseline

    @property
    def seed(self) -> int:
        """Seed of all luck."""
        return self.arms.seed

    @property
    def others(self) -> list[str]:
        """Names of the rivals, without the baseline."""
        return [name for name in self.rivals.schemes if name != self.baseline]
