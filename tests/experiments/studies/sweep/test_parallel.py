"""The chart of a sweep: a line a point."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from experiments.figures.save import rendered
from experiments.figures.style import DOWN, UP
from experiments.studies.sweep.figure import MOST_AXES, MOST_LINES, Axis, parallel


def axis(name, values, labels=()):
    return Axis(name, np.asarray(values, float), labels)


def drawn(figure):
    [collection] = [
        c for c in figure.axes[0].collections if isinstance(c, LineCollection)
    ]
    return collection


def outcomes(effect):
    return [axis("usage", np.zeros(len(effect))), axis("output", effect, [(0.0, "0")])]


def test_a_line_goes_through_the_levels_of_its_point():
    figure = parallel([axis("a", [0, 1, 4])], outcomes([-1, 2, 3]), "s", "base")
    heights = {tuple(line[:, 1].round(6)) for line in drawn(figure).get_segments()}
    # What does not differ lies in the middle.
    assert heights == {(0.0, 0.5, 0.0), (0.25, 0.5, 0.75), (1.0, 0.5, 1.0)}


def test_lines_have_the_colour_of_their_effect_and_the_largest_lie_on_top():
    figure = parallel([axis("a", [0, 1, 2])], outcomes([4, -1, -4]), "s", "base")
    from matplotlib.colors import to_hex

    colours = [to_hex(colour) for colour in drawn(figure).get_colors()]
    assert set(colours[1:]) == {UP, DOWN}


def test_points_without_an_effect_are_left_out_and_said():
    figure = parallel([axis("a", [0, 1, 2])], outcomes([1, np.nan, 2]), "s", "base")
    assert len(drawn(figure).get_segments()) == 2
    assert any("1 points without" in text.get_text() for text in figure.texts)


def test_no_effect_at_all_is_said():
    figure = parallel([axis("a", [0])], outcomes([np.nan]), "s", "base")
    said = figure.axes[0].texts[0].get_text()
    assert "no point has an effect" in said.replace("\n", " ")


def test_few_axes_and_few_lines_are_drawn_of_many():
    count = MOST_LINES + 1
    many = [axis(f"f{k}", np.arange(count)) for k in range(MOST_AXES + 2)]
    figure = parallel(many, outcomes(np.linspace(-1, 1, count)), "s", "base")
    segments = drawn(figure).get_segments()
    assert len(segments) == MOST_LINES
    assert len(segments[0]) == MOST_AXES + 2
    said = " ".join(figure.texts[0].get_text().split())
    assert f"Of {MOST_AXES + 2} factors" in said
    assert "2,000 of 2,001 points" in said


@pytest.mark.parametrize("form", ["png", "svg"])
def test_names_and_labels_lie_within_the_picture(form):
    factors = [
        axis(
            "organisation.\nhalf_day_value",
            np.arange(3),
            [(0.0, "best_response"), (2.0, "satisficing")],
        )
        for _ in range(MOST_AXES)
    ]
    figure = parallel(factors, outcomes([-1, 2, 3]), "everything_at_once", "voluntary")
    assert rendered(figure, form) == rendered(figure, form)
    figure.canvas.draw()
    frame = figure.bbox
    for text in [*figure.axes[0].texts, *figure.texts]:
        box = text.get_window_extent()
        assert frame.x0 <= box.x0, text.get_text()
        assert box.x1 <= frame.x1, text.get_text()
        assert frame.y0 <= box.y0, text.get_text()
        assert box.y1 <= frame.y1, text.get_text()
