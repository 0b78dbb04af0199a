import pytest

from app.learn.charts import CHARTS
from app.learn.lessons import LESSONS


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_of_a_lesson_says_what_it_shows(lesson, results, dark):
    for name in lesson.charts:
        option = CHARTS[name].option(results[lesson.title], dark)
        assert option["aria"]["label"]["description"]
        assert option["series"]
