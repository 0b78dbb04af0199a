"""Acting by habit: as much of each activity as usual, AI on the tasks that suit it.

How much is habit; which tasks are given to AI is judged anew: those whose suitability
looks higher than that of all but the usual share. Padding comes at any task. The rules
of choice that know habits share it.
"""

from model.compiled import rule
from model.outlook import GENUINE, PADDING


@rule
def weights(
    open_to: int, genuine: float, padding: float, judged: float
) -> tuple[float, float, float]:
    """Weights by the habit (shares of half-days) and the judged suitability.

    What of the habit is not open to the person is done by hand.
    """
    pads = padding if open_to > PADDING else 0.0
    works = 1.0 - pads
    with_ai = open_to > GENUINE and works * judged > works - genuine
    return 0.0 if with_ai else works, works if with_ai else 0.0, pads
