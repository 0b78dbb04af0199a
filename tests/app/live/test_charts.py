import pytest

from app.live.charts import network, places
from app.live.run import Runner


def test_the_network_has_a_place_for_everybody_and_never_moves():
    found = places(43, 8)
    assert len(set(found)) == 43
    assert found == places(43, 8)


@pytest.mark.parametrize("people", [24, 43, 400])
def test_the_network_draws_every_person_once(course, people):
    snapshot = Runner(course(people=people), 1).latest
    [series] = network(snapshot, 8, dark=False)["series"]
    assert [node["value"] for node in series["data"]] == [*range(people)]


def test_the_network_says_in_which_group_everybody_is(course, pilot):
    snapshot = Runner(course(groups=pilot), 1).latest
    [series] = network(snapshot, 8, dark=False)["series"]
    for node, group in zip(series["data"], snapshot.groups, strict=True):
        assert f", {group}: " in node["name"]
