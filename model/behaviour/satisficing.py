"""Satisficing: who did well enough goes on as usual; who did not looks for the best.

P(activity) is that of habit if the advantage of last week's choices over manual work
reached the aspiration, else best response. The aspiration is a slow average of the
advantage in the own team, the person included (satisficing: Simon 1955, Quarterly
Journal of Economics 69, 99-118; search when performance falls below an aspiration that
follows one's own past and others': Cyert and March 1963, A Behavioral Theory of the
Firm).

Prediction: incentives are answered late and in part, first by those who fall behind.
"""

from model.behaviour import best_response, habit
from model.compiled import rule


@rule
def weights(
    u: tuple[float, float, float, float],
    open_to: int,
    content: bool,
    genuine: float,
    trivial: float,
    padding: float,
    judged: float,
    noise: float,
) -> tuple[float, float, float, float]:
    """Weights of the habit (shares of half-days) if content, else of the best."""
    if content:
        return habit.weights(open_to, genuine, trivial, padding, judged, noise)
    return best_response.weights(u, open_to)
