"""What follows the half-days: people change, their week counts, some leave."""

from collections.abc import Sequence

from model.adaptation import adapt
from model.compiled import entry
from model.measure import Counting
from model.order import Rows
from model.outcomes import Sums, add_up
from model.published import Published
from model.regimes import Bounds, in_chunk
from model.scenario import Scenario
from model.settlement import Tally, count_week
from model.turnover import let_leave
from model.workforce import Floats, Ints, Staff


@entry
def finish_chunks(
    first: int,
    last: int,
    week: int,
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    outside: Rows,
    counting: Sequence[Counting],
    published: Sequence[Published],
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
    tallies: Sequence[Sequence[Tally]],
    sums: Sequence[Sequence[Sums]],
    columns: Floats,
) -> None:
    """Change, count and add up chunks first..last-1, each while it is in the cache.

    In a chunk, those under each regime apart; see ``model.regimes``.
    """
    for chunk in range(first, last):
        for regime in range(len(published)):
            c, public, s = counting[regime], published[regime], scenario[regime]
            rows = in_chunk(regime, chunk, order, bounds)
            for i in rows:
                adapt(i, week, staff, outside, public, s, seed, replicate)
            count_week(rows, staff, c, public, s, tallies[regime][chunk])
            let_leave(rows, week, staff, s, seed, replicate)
            add_up(rows, staff, sums[regime][chunk], columns, s)
