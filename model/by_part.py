"""What is measured of a week by part: means over the people of a role, or a group."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from model.compiled import entry
from model.outcomes import OUTCOMES
from model.record import record
from model.regimes import Bounds, in_chunk
from model.roles import MOST_ROLES
from model.scenario import Scenario
from model.workforce import Floats, Ints, Staff, counts_as_active, work_done


class OfPart:
    """Sums over the people of a part in a chunk, of outcomes by their names."""

    reported_tokens: float
    active_share: float
    genuine_share: float
    misuse_share: float
    trivial_share: float
    padding_share: float
    output: float
    output_manual: float
    output_gain: float
    output_misuse: float
    output_trivial: float
    output_padding: float
    output_dressing: float
    output_rework: float
    output_strain: float
    saved: float
    welfare: float
    people: float


NAMES = tuple(name for name in OfPart.__annotations__ if name != "people")
"""Outcomes that each part has, too."""
_DECLARED = {outcome.name: outcome for outcome in OUTCOMES}
OF_PARTS = tuple(_DECLARED[name] for name in NAMES)
"""Their names, units and descriptions."""
OF_PART = record(OfPart)


@entry
def add_up_parts(
    first: int,
    last: int,
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    part: Ints,
    scenario: Sequence[Scenario],
    sums: Sequence[Sequence[OfPart]],
) -> None:
    """Add up the week of chunks first..last-1 by part; ``sums`` has (chunks, parts).

    ``part`` (n,) is the role or the group of people; for the regimes in whose order
    they are added see ``model.regimes``.
    """
    for chunk in range(first, last):
        for regime in range(len(scenario)):
            prompt = scenario[regime].technology.gesture_tokens
            filter_ = scenario[regime].measure.filter
            for i in in_chunk(regime, chunk, order, bounds):
                e = staff[i]
                total = sums[chunk][part[i]]
                seen = e.genuine_tokens + e.trivial_tokens + e.gestures * prompt
                total.reported_tokens += seen + e.padded_tokens * (1.0 - filter_)
                total.active_share += 1.0 if counts_as_active(e) else 0.0
                total.genuine_share += e.genuine / 10.0
                total.misuse_share += e.misuse / 10.0
                total.trivial_share += e.trivial / 10.0
                total.padding_share += e.padding / 10.0
                produced = work_done(e)
                total.output += e.output
                total.output_manual += e.by_hand
                total.output_gain += e.gained
                total.output_misuse += e.misused
                total.output_trivial += e.by_chores
                total.output_padding += e.padded
                total.output_dressing += e.wasted
                total.output_rework -= e.lost_to_rework * produced
                total.output_strain -= e.lost_to_strain * produced
                total.saved += e.saved
                total.welfare += e.welfare
                total.people += 1.0


def no_sums(chunks: int) -> Any:
    """Make sums of nobody yet, shape (chunks, MOST_ROLES); groups are fewer."""
    return np.zeros((chunks, MOST_ROLES), OF_PART)


def means(sums: Any, parts: int) -> Floats:
    """Means over the people of each part, (len(NAMES), parts); NaN of nobody.

    ``sums`` are those of ``add_up_parts``; chunks are added in their order.
    """
    fields = len(OfPart.__annotations__)
    total = sum(sums.view((np.float64, fields)))[:parts]
    with np.errstate(invalid="ignore"):
        each: Floats = (total[:, :-1] / total[:, -1:]).T
    return each
