"""What follows the half-days: people change, their week counts, some leave."""

from collections.abc import Sequence

from model.adaptation import adapt
from model.compiled import entry
from model.measure import Counting
from model.order import Rows
from model.outcomes import Sums, add_up
from model.published import Published
from model.scenario import Scenario
from model.settlement import Tally, count_week
from model.turnover import let_leave
from model.workforce import Floats, Staff, chunk_bounds


@entry
def finish_chunks(
    first: int,
    last: int,
    week: int,
    staff: Staff,
    outside: Rows,
    counting: Sequence[Counting],
    published: Sequence[Published],
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
    tallies: Sequence[Tally],
    sums: Sequence[Sums],
    columns: Floats,
) -> None:
    """Change, count and add up chunks first..last-1, each while it is in the cache."""
    public = published[0]
    for chunk in range(first, last):
        rows = chunk_bounds(chunk, len(staff))
        for i in range(*rows):
            adapt(i, week, staff, outside, public, scenario[0], seed, replicate)
        count_week(*rows, staff, counting[0], public, scenario[0], tallies[chunk])
        let_leave(*rows, week, staff, scenario[0], seed, replicate)
        add_up(*rows, staff, sums[chunk], columns, scenario[0])
