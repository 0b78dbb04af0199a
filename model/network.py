"""Who works with whom: teams of neighbouring rows, and a few peers outside."""

from model.compiled import rule
from model.draws import Purpose, uniforms

PEERS = int(Purpose.PEERS)


@rule
def team_bounds(i: int, team_size: int, employees: int) -> tuple[int, int]:
    """First row of the team of employee i, and the row after its last.

    Rows stand team by team; the last team takes what is left over.
    """
    first = i - i % team_size
    return first, min(first + team_size, employees)


@rule
def teams(team_size: int, employees: int) -> int:
    """Number of teams."""
    return (employees + team_size - 1) // team_size


@rule
def outside_peer(
    i: int, n: int, team_size: int, employees: int, seed: int, replicate: int
) -> int:
    """Row of the n-th peer of employee i, drawn from all people outside their team.

    Drawn with replacement. Minus one where there is nobody outside.
    """
    first, after = team_bounds(i, team_size, employees)
    outside = employees - (after - first)
    if outside == 0:
        return -1
    u = uniforms(seed, replicate, i, 0, n, PEERS)[0]
    row = int(u * outside)
    return row if row < first else row + (after - first)
