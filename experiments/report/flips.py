"""Sentences about what flips the sign of an effect."""

from collections.abc import Sequence

from experiments.statistics.effects import WORLDS
from experiments.statistics.signs import EDGES, Flip
from experiments.words.screen import signed

WORDS = {
    "people.belief_mean": "what people believe of AI at the start",
    "people.learning": "how fast they learn",
    "peers.rework_misuse": "how much rework misuse makes",
}


def overall(flips: Sequence[Flip]) -> list[str]:
    """Say which uncertainty flips signs most often, over all schemes."""
    if not flips:
        return []
    schemes = len({flip.scheme for flip in flips})
    counts = {
        factor: sum(flip.edges for flip in flips if flip.factor == factor)
        for factor in dict.fromkeys(flip.factor for flip in flips)
    }
    total = EDGES * schemes
    texts = [
        f"{WORDS[factor]} ({factor}) flips {count}"
        for factor, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    return [
        f"Take two worlds that differ in one uncertainty alone: of {total} such pairs "
        f"for each uncertainty ({EDGES} for each of {schemes} "
        f"scheme{'s' * (schemes > 1)}), {'; '.join(texts)}."
    ]


def sentence(scheme: str, flips: Sequence[Flip], agree: int | None) -> str:
    """Say what decides the sign of one scheme."""
    if agree is None:
        return "Only the world as given was run."
    own = [flip for flip in flips if flip.scheme == scheme]
    part = f"all {WORLDS}" if agree == WORLDS else f"{agree} of {WORLDS}"
    start = f"The sign holds in {part} worlds"
    if not any(flip.edges for flip in own):
        return f"{start}; none of the three uncertainties flips it by itself."
    main = max(own, key=lambda flip: (flip.edges, abs(flip.at_high - flip.at_low)))
    return (
        f"{start}; most decided by {WORDS[main.factor]}: on average "
        f"{signed(main.at_low)} % of output at {main.low:g} and "
        f"{signed(main.at_high)} % at {main.high:g} "
        f"(it flips the sign in {main.edges} of {EDGES} such pairs of worlds)."
    )
