"""Imitation: people do what the better off of themselves and a peer did.

Each week everybody watches one peer; their habit (shares of the activities) moves
towards what the better off of the two did, where better off is who had the larger
advantage over manual work, as they see it themselves. They act by habit but for a share
of half-days in which they experiment, by logit choice (imitation of success: Schlag
1998, Journal of Economic Theory 78, 130-156; that habits are copied: assumption).

Prediction: an incentive works through those whom it makes better off and then spreads;
what nobody near has tried is not found.
"""

from model.compiled import rule


@rule
def weights(
    usual: tuple[float, float, float, float],
    tried: tuple[float, float, float, float],
    experimenting: float,
) -> tuple[float, float, float, float]:
    """Weights of the habit, which add up to 1, mixed with those of logit choice."""
    scale = experimenting / (tried[0] + tried[1] + tried[2] + tried[3])
    by_habit = 1.0 - experimenting
    return (
        by_habit * usual[0] + scale * tried[0],
        by_habit * usual[1] + scale * tried[1],
        by_habit * usual[2] + scale * tried[2],
        by_habit * usual[3] + scale * tried[3],
    )
