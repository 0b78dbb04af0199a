import pytest

from app.person.charts import payoffs, strip
from app.person.life import life, moment

ROW, WEEK = 7, 12


def test_the_bars_of_an_activity_sum_to_its_diamond(course):
    asked = moment(course(), ROW, WEEK).half_days[3]
    *bars, sums = payoffs(asked, dark=False)["series"]
    assert asked.open_to[:3] == ("manual", "genuine", "trivial")
    for k, activity in enumerate(asked.open_to):
        total = asked.payoffs[activity] - asked.payoffs["manual"]
        assert sums["data"][k] == [pytest.approx(total, abs=0.005), k]
        assert sum(bar["data"][k] for bar in bars) == pytest.approx(total, abs=0.02)


def test_the_strip_has_a_cell_for_every_half_day(course):
    lived = life(course(), ROW)
    cells = strip(lived, 3, 4, dark=True)["series"][0]["data"]
    assert len(cells) == 30 * 10
