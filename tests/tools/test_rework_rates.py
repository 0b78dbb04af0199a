"""The laws of rework cost the same where nobody rewards the use of AI."""

import pytest

from model import Scenario
from model.peers import Law
from tools.rework_rates import TOLERANCE, costs


@pytest.fixture(scope="module")
def voluntary():
    return costs(Scenario())


@pytest.mark.parametrize("law", Law, ids=lambda law: law.name.lower())
def test_all_laws_cost_the_voluntary_organisation_the_same(voluntary, law):
    wanted = voluntary[Law.BELOW_BREAK_EVEN].rework
    cost = voluntary[law]
    assert cost.rework == pytest.approx(wanted, rel=TOLERANCE), (
        f"the rate should be {cost.equal:.3g}: python -m tools.rework_rates"
    )


def test_a_rate_that_is_out_of_date_is_corrected(voluntary):
    dear = Scenario().varied(
        peers=Scenario().peers.model_copy(update={"rework_use": 0.1})
    )
    found = costs(dear, replicates=2)
    assert found[Law.ANY_USE].equal == pytest.approx(
        voluntary[Law.ANY_USE].rate, rel=2 * TOLERANCE
    )
