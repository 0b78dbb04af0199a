from app.classroom.charts import histogram
from app.learn.lesson import Truth
from app.learn.lessons import LESSONS
from app.learn.truths import FALLS, RISES, STAYS

SECOND = 1  # a lesson with numbers
THIRD = 2  # a lesson with options


def test_the_histogram_counts_every_option_and_marks_the_right_one():
    said = (FALLS, FALLS, RISES)
    option = histogram(LESSONS[THIRD], said, Truth(FALLS, "It falls."), dark=False)
    rows = dict(zip(option["yAxis"]["data"], option["series"][0]["data"], strict=True))
    assert {name: row["value"] for name, row in rows.items()} == {
        RISES: 1,
        STAYS: 0,
        f"✓ {FALLS}": 2,
    }


def test_the_histogram_of_numbers_counts_everybody_once():
    said = (-50, 0, 20, 100)
    option = histogram(LESSONS[SECOND], said, Truth(20.1, ""), dark=True)
    [bars] = option["series"]
    assert sum(count for _, count in bars["data"][:-1]) == len(said)
    assert bars["markLine"]["data"] == [{"xAxis": 20.1}]
