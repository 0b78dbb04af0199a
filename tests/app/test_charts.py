from app.charts import numbers


def test_numbers_that_are_not_known_are_left_out():
    assert numbers([1.0, float("nan"), 123456.7]) == [1.0, None, 123460.0]
