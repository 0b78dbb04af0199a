"""Charts: same data, same bytes; what is missing is said, not drawn."""

import io
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image, ImageColor

from experiments import compose
from experiments.config.roles import mixes
from experiments.designs.design import Design, Point
from experiments.figures import by_role, needle_by_role
from experiments.figures.channels import channels
from experiments.figures.comparison import StudyData
from experiments.figures.emblem import emblem
from experiments.figures.gains import alternative, gains
from experiments.figures.labels import place
from experiments.figures.needle import needle
from experiments.figures.reference_lines import reference_lines
from experiments.figures.regions import region
from experiments.figures.save import FORMATS, contents, rendered, save
from experiments.figures.shares import COLUMNS, shares
from experiments.figures.style import SHIPPED, styles, wrapped
from experiments.figures.tokens import Sample, tokens
from experiments.figures.trajectories import trajectories
from experiments.figures.validity import validity
from experiments.figures.worlds import CLEAR, TALLEST, bent, described, dots
from experiments.report.charts import ALONE, COMPARED, OF_CENTRE, make
from experiments.statistics.accounts import WorseOff, by_group
from experiments.statistics.effects import Effect, Panel, effects, lookup
from experiments.statistics.employees import needles, pulls, smaller, weekly_tokens
from experiments.statistics.stopping import Target
from experiments.words.groups import EVERYBODY, Group, narrow
from model import Simulation
from model.choice import needle as engine_needle
from model.outcomes import NAMES, OUTCOMES

LONG = "a_scheme_with_a_name_that_somebody_wrote_in_a_hurry_and_never_shortened_"
SUFFIXES = ("", "_mean", "_early")
CHANNELS = [name for name in NAMES if name.startswith("output_")]


def names(count, long=False):
    shipped = list(SHIPPED)[:count]
    others = [f"{LONG if long else 'own_'}{k}" for k in range(count - len(shipped))]
    if long:
        shipped = [shipped[0], *(LONG + name for name in shipped[1:])]
    return [*shipped, *others]


def made_runs(schemes, replicates=4, seed=0):
    """Runs as of a study: every scheme shifts usage and output of the same base."""
    rng = np.random.default_rng(seed)
    rows = []
    for replicate in range(replicates):
        base = {f"{n}{s}": 10.0 + rng.normal() for n in NAMES for s in SUFFIXES}
        for k, scheme in enumerate(schemes):
            own = np.random.default_rng([k, replicate])
            shift = 0.0 if k == 0 else 0.05 * k * (-1.0) ** k + 0.05 * own.normal()
            values = {name: value + shift for name, value in base.items()}
            key = {"scheme": scheme, "point": 0}
            rows.append({**key, "replicate": replicate, "seed": 1, **values})
    order = {scheme: k for k, scheme in enumerate(schemes)}
    rows.sort(key=lambda row: (order[row["scheme"]], row["point"], row["replicate"]))
    return pd.DataFrame(rows)


def made_weeks(schemes, weeks=12, replicates=4):
    rows = []
    for k, scheme in enumerate(schemes):
        for replicate in range(replicates):
            rng = np.random.default_rng(replicate)
            for week in range(weeks):
                usage, output = 50 + rng.normal(), 10 + 0.1 * rng.normal()
                rows.append(
                    {
                        "scheme": scheme, "point": 0, "replicate": replicate,
                        "week": week, "reported_tokens": usage + 5 * k,
                        "output": output - 0.1 * k, "manual_share": 0.6,
                        "genuine_share": 0.25, "misuse_share": 0.1,
                        "trivial_share": 0.1, "padding_share": 0.05,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def made_effects(runs, baseline):
    return effects(pa.Table.from_pandas(runs, preserve_index=False), baseline)


def frame_of(rows):
    return pd.DataFrame(rows, columns=list(Effect._fields))


@cache
def scenario(weeks, changes):
    """Everything that draws a line or pushes somebody."""
    parts = ["quota=monthly", "measure=capped", "leaderboard=full", "review=linked"]
    parts += ["budget=cap_1500", "organisation.employees=20", f"weeks={weeks}"]
    parts += ["quota.weeks=1", "review.weeks=1", "budget.weeks=1"]
    if changes:
        parts.append('timeline=[{week: 5, change: ["leaderboard=none"]}]')
    return compose(parts)


def made_scenarios(schemes, weeks):
    """A scenario of each scheme; they differ, so that no needle is drawn only once."""
    found = {}
    for k, scheme in enumerate(schemes):
        one = scenario(weeks, changes=weeks > 5 and scheme == schemes[-1])
        people = one.people.model_copy(update={"choice_noise": 0.1 + 0.01 * k})
        found[scheme] = one.varied(people=people)
    return found


def made_effects_in_worlds(schemes, worlds=100):
    """Effects of all but the baseline in worlds, one scheme unknown in some."""
    found = {}
    for k, scheme in enumerate(schemes[1:]):
        values = np.sinh(np.random.default_rng(k).normal(0.3 * k - 1.0, 1.0, worlds))
        values[: 5 * (k == 1)] = np.nan
        found[scheme] = values
    return tuple(found.items())


def made_data(schemes, replicates=4, weeks=12, has_baseline=True):
    """What all charts of a study are drawn from."""
    runs = made_runs(schemes, replicates)
    rows = made_effects(runs, schemes[0]) if has_baseline else []
    return StudyData(
        design=Design(made_scenarios(schemes, weeks), (Point(0, {}, replicates),), 1),
        panel=Panel(pa.Table.from_pandas(runs, preserve_index=False)),
        runs=runs,
        weeks=made_weeks(schemes, weeks, replicates),
        effects=lookup(rows),
        order=schemes,
        baseline=schemes[0] if has_baseline else None,
        threads=1,
        aim=Target(0.2, 4, 1000),
        fates=made_fates(schemes) if has_baseline else [],
        in_worlds=made_effects_in_worlds(schemes) if has_baseline else (),
    )


def made_fates(schemes):
    """Who is worse off, in some groups of every kind."""
    of = [EVERYBODY, Group("role", "clerk"), Group("role", "support_agent")]
    of += [Group(kind, str(k)) for kind in ("skill", "use") for k in range(1, 6)]
    of += [Group("scruple", "never"), Group("scruple", "may")]
    return [
        WorseOff(
            scheme, schemes[0], share, share - 0.05, share + 0.05, 1.0 - share, 4
        )._replace(kind=group.kind, group=group.name)
        for k, scheme in enumerate(schemes[1:])
        for n, group in enumerate(of)
        for share in [0.1 + (0.07 * n + 0.05 * k) % 0.8]
    ]


def all_charts(schemes, **sizes):
    data = made_data(schemes, **sizes)
    return {chart.name: chart.draw(data).figure for chart in COMPARED}


def words(figure):
    """All text of a chart, in one line."""
    from matplotlib.text import Text

    found = [text.get_text() for text in figure.findobj(Text)]
    return " ".join(" ".join(found).split())


def cut(figure):
    """Texts that reach beyond the edge of the chart."""
    from matplotlib.text import Text

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer, edge = canvas.get_renderer(), figure.bbox
    undrawn = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low <= tick.get_loc() <= high:
                    undrawn |= {tick.label1, tick.label2}
    found = []
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible() or text in undrawn:
            continue
        if text.axes is not None and not text.axes.get_visible():
            continue
        box = text.get_window_extent(renderer)
        if box.width and not (
            box.x0 >= edge.x0 - 1
            and box.y0 >= edge.y0 - 1
            and box.x1 <= edge.x1 + 1
            and box.y1 <= edge.y1 + 1
        ):
            found.append(text.get_text())
    return found


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("count", [2, 4, 15, pytest.param(40, marks=pytest.mark.long)])
def test_every_chart_holds_all_of_its_text(count, long):
    for name, figure in all_charts(names(count, long)).items():
        assert cut(figure) == [], name


@pytest.mark.parametrize("count", [4, 15, 40])
def test_names_beside_points_do_not_overlap(count):
    from matplotlib.figure import Figure

    figure = Figure((8, 6))
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    rng = np.random.default_rng(1)
    points = [tuple(point) for point in rng.normal(0.5, 0.15, (count, 2))]
    labels = [str(k) if count > 16 else wrapped(f"scheme_{k}") for k in range(count)]
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    boxes = place(figure, axes, points, labels)
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])


def test_the_same_data_give_the_same_bytes():
    for form in FORMATS:
        first, second = (
            {n: rendered(f, form) for n, f in all_charts(names(4)).items()}
            for _ in range(2)
        )
        assert first == second


@pytest.mark.parametrize("chart", OF_CENTRE, ids=lambda chart: chart.name)
def test_a_chart_of_the_centre_looks_the_same_without_other_worlds(chart):
    data = made_data(names(4))
    assert make(chart, data._replace(in_worlds=())) == make(chart, data)


def test_files_are_whole_and_name_no_program_and_no_date(tmp_path):
    figure = validity(made_runs(names(3)), "voluntary")
    files = contents(figure)
    save(files, tmp_path, "validity")
    made = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert made == ["validity.png", "validity.svg"]
    assert (tmp_path / "figures" / "validity.png").read_bytes() == files["png"]
    assert b"dc:date" not in files["svg"]
    assert b"Software" not in files["png"]


def test_colours_of_the_house_stay_exactly_as_they_are_in_a_png():
    figure = emblem(made_runs(list(SHIPPED)), "voluntary")
    png = rendered(figure, "png")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    found = {colour for _, colour in picture.getcolors(picture.width * picture.height)}
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    for look in SHIPPED.values():
        assert ImageColor.getrgb(look.colour) in found


def test_a_chart_leaves_the_settings_of_others_alone():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    emblem(made_runs(names(3)), "voluntary")
    assert dict(mpl.rcParams) == before


def test_forty_schemes_look_different_and_shipped_ones_always_the_same():
    forty = styles(names(40))
    assert len(set(forty.values())) == 40
    assert styles(["recommended", "own"])["recommended"] == forty["recommended"]
    assert styles(["a", "b"])["b"] == styles(["recommended", "x", "y"])["y"]


def test_a_channel_that_nothing_moves_is_left_out():
    table = frame_of(made_effects(made_runs(names(3)), "voluntary"))
    assert "dressing up" in words(channels(table))
    is_dressing = table["outcome"] == "output_dressing"
    still = table.assign(effect=table["effect"].where(~is_dressing, 0.0))
    assert "dressing up" not in words(channels(still))


def test_the_shares_of_half_days_hold_all_four_activities():
    text = words(shares(made_weeks(names(2)), "voluntary"))
    for name in ("manual work", "AI on core work", "trivial use", "padding"):
        assert name in text


def test_the_map_of_who_loses_names_kinds_and_groups_and_sets_apart_in_bold():
    told = by_group(made_fates(names(3)))
    figure = gains(told, names(3)[1:], "voluntary")
    text = words(figure)
    for name in ("everybody", "role", "support agent", "fifths by skill", "never"):
        assert name in text
    [axes] = figure.axes
    shares = {t.get_text(): t.get_fontweight() for t in axes.texts}
    assert shares["10"] == "normal"  # everybody
    assert shares["17"] == "bold"
    said = alternative(told, names(3)[1:])
    assert f"{names(3)[1]} from 10 % (everybody) to" in said
    assert "nobody was compared" in words(gains({}, names(3)[1:], "voluntary"))


def test_one_replicate_is_said_to_have_no_interval():
    charts = all_charts(names(4), replicates=1)
    assert "One replicate: there is no interval" in words(charts["emblem"])
    assert "One replicate: no intervals" in words(charts["channels"])
    assert "there are no intervals" in words(charts["validity"])
    assert "no bands" in words(charts["trajectories"])


@pytest.mark.parametrize("replicates", [2, 3])
def test_too_few_replicates_for_a_region_give_crosses(replicates):
    chart = emblem(made_runs(names(4), replicates), "voluntary")
    assert "Crosses: 95 % intervals" in words(chart)


def test_every_chart_says_what_it_shows():
    data = made_data(names(4))
    for chart in COMPARED:
        alt = chart.draw(data).alt
        assert len(alt) > 40, chart.name
        assert "nan" not in alt.split(), chart.name
        assert any(scheme in alt for scheme in names(4)), chart.name


def test_charts_of_one_scheme_need_no_baseline():
    data = made_data(["amazon_2026"], has_baseline=False)
    for chart in ALONE:
        figure, alt = chart.draw(data)
        assert cut(figure) == [], chart.name
        assert "None" not in words(figure) + alt, chart.name


def test_charts_have_names_of_their_own():
    for what in ("name", "caption"):
        assert len({getattr(chart, what) for chart in COMPARED}) == len(COMPARED)


def test_one_week_is_drawn():
    for name, figure in all_charts(names(3), weeks=1).items():
        assert cut(figure) == [], name


def test_without_other_worlds_the_chart_says_why_it_is_empty():
    data = made_data(names(4))._replace(in_worlds=())
    [chart] = [chart for chart in COMPARED if chart.name == "worlds"]
    said = words(chart.draw(data).figure)
    assert "No data because no other worlds were run (study.worlds=0)" in said


def points_of(figure):
    """Places and colours of all dots, row by row, and the width of a dot."""
    rows = {}
    for drawn in figure.axes[0].collections:
        places = drawn.get_offsets()
        colours = [tuple(colour) for colour in drawn.get_facecolors()]
        row = round(float(np.mean(places[:, 1])))
        rows.setdefault(row, []).extend(zip(places.tolist(), colours, strict=True))
    return rows


@pytest.mark.parametrize("worlds", [1, 200, 1000])
def test_every_world_is_a_dot_in_the_colour_of_its_class(worlds):
    effects = dict(made_effects_in_worlds(names(4), worlds))
    figure = dots(effects, "voluntary")
    rows = points_of(figure)
    for row, values in enumerate(effects.values()):
        known = values[~np.isnan(values)]
        found = rows.get(row, [])
        assert len(found) == len(known)
        assert len({tuple(place) for place, _ in found}) == len(known), "side by side"
        falls = sum(place[0] < bent(-CLEAR) for place, _ in found)
        assert falls == (known < -CLEAR).sum()
        heights = [place[1] - row for place, _ in found]
        assert np.ptp(heights or [0.0]) <= TALLEST / 0.42
        by_class = {
            colour: {np.sign(place[0]) * (abs(place[0]) > bent(CLEAR))}
            for place, colour in found
        }
        assert len(set(map(frozenset, by_class.values()))) == len(by_class)
    assert cut(figure) == []


def test_the_counts_beside_the_dots_are_those_of_the_classes():
    effects = {"up": np.array([-1.0, 0.25, -0.25, 0.3, 9.0, np.nan])}
    text = words(dots(effects, "voluntary"))
    assert text.startswith("falls little rises 1 2 2") or "1 2 2" in text
    assert described(effects).endswith("up 1, 2, 2 of 5.")
    nowhere = dots({"none": np.full(3, np.nan)}, "voluntary")
    assert cut(nowhere) == []


def test_a_scheme_without_any_effect_is_drawn_at_zero():
    runs = made_runs(["voluntary", "other"])
    same = runs[runs["scheme"] == "voluntary"].assign(scheme="other")
    runs = pd.concat([runs[runs["scheme"] == "voluntary"], same], ignore_index=True)
    table = frame_of(made_effects(runs, "voluntary"))
    assert cut(emblem(runs, "voluntary")) == []
    assert cut(channels(table)) == []


def test_a_baseline_alone_says_that_nothing_was_compared():
    runs = made_runs(["voluntary"])
    assert "no scheme was compared" in words(emblem(runs, "voluntary"))
    assert "No data because" in words(dots({}, "voluntary"))


def test_null_columns_say_so():
    runs = made_runs(names(3)).assign(score_validity_mean=np.nan, output_mean=np.nan)
    weeks = made_weeks(names(3)).assign(output=np.nan)
    assert "no value" in words(validity(runs, "voluntary"))
    assert "No data because" in words(emblem(runs, "voluntary"))
    chart = trajectories(weeks, names(3), "voluntary")
    assert "No data because output is null in every week" in words(chart)
    blank = made_weeks(names(3)).assign(**dict.fromkeys(COLUMNS, np.nan))
    assert "No data because" in words(shares(blank, "voluntary"))


def test_nobody_with_tokens_says_so():
    nothing = {"voluntary": Sample(np.zeros(5), np.zeros(5), np.zeros(5))}
    assert "nobody used any tokens" in words(tokens(nothing, None, ""))


RUNS, WEEKS = made_runs(names(3)), made_weeks(names(3))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: emblem(RUNS.iloc[:0], "voluntary"), "runs has no rows"),
        (lambda: emblem(RUNS, "nobody"), "no rows of the scheme nobody"),
        (
            lambda: emblem(RUNS.drop(columns="output_mean"), "voluntary"),
            "lacks the columns output_mean",
        ),
        (
            lambda: emblem(RUNS.assign(output_mean=np.inf), "voluntary"),
            "infinite",
        ),
        (
            lambda: emblem(pd.concat([RUNS, RUNS]), "voluntary"),
            "a replicate of voluntary twice",
        ),
        (lambda: emblem(None, "voluntary"), "a pandas frame is needed"),
        (lambda: trajectories(WEEKS, ["x"], None), "the scheme x"),
        (lambda: trajectories(WEEKS, [], None), "no scheme was named"),
        (
            lambda: trajectories(made_weeks(names(12)), names(12), None),
            "at most 8",
        ),
        (
            lambda: shares(WEEKS.drop(columns="misuse_share"), None),
            "misuse_share",
        ),
        (lambda: channels(pd.DataFrame()), "lacks the columns"),
        (lambda: tokens({}, None, ""), "no scheme"),
        (
            lambda: tokens({"a": Sample(np.ones(2), np.ones(3), np.ones(2))}, None, ""),
            "differ in length",
        ),
        (
            lambda: tokens(
                {"a": Sample(-np.ones(2), np.ones(2), np.ones(2))}, None, ""
            ),
            "must not be null or negative",
        ),
        (lambda: needle(pd.DataFrame(), None), "lacks the columns scheme"),
        (lambda: validity(RUNS, "nobody"), "the baseline nobody"),
        (lambda: region(np.ones(4), np.ones(3)), "4 values of x but 3 of y"),
        (lambda: rendered(shares(WEEKS, None), "gif"), "'gif'"),
        (lambda: weekly_tokens({}, 1), "no scheme"),
        (lambda: needles({}, 1), "no scheme"),
    ],
)
def test_bad_input_is_named(draw, said):
    with pytest.raises(ValueError, match=said):
        draw()


def test_a_region_covers_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(2000):
        x, y = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 2]], 8).T
        outline = region(x, y)
        a, b = outline - 0.0, np.roll(outline, -1, axis=0)
        inside += bool(
            np.all((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])[:-1] > 0)
        ) or bool(np.all((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])[:-1] < 0))
    assert abs(inside / 2000 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 2000)


def test_pulls_are_the_needle_of_the_model():
    scenario = compose(["scheme=everything_at_once", "organisation.employees=12"])
    notes = Simulation(scenario, 1).note(0, 12)
    found = pulls(notes["chances"], notes["outputs"], notes["terms"][:, :, 3], 0.12)
    for i in range(12):
        for h in range(10):
            chances, outputs, worths = (
                tuple(notes[name][i, h]) for name in ("chances", "outputs", "terms")
            )
            expected = engine_needle(chances, outputs, tuple(worths[3]), 0.12)
            assert found[i, h] == pytest.approx(expected, abs=1e-12)


def test_needles_are_zero_for_nobody_and_cover_every_kind():
    small = ["organisation.employees=60"]
    found = needles({"a": compose(["scheme=review_linked", *small])}, 1)
    assert set(found["incentive"]) == {"Review, measure", "Review, output"}
    assert found.groupby("incentive")["people"].sum().tolist() == [60, 60]
    none = needles({"a": compose(["scheme=no_review", *small])}, 1)
    assert none.empty
    assert "no scheme has an incentive" in words(needle(none, None))


def test_lines_are_what_the_incentives_declare():
    tokens = np.tile(np.arange(1.0, 101.0), (4, 1))

    def lines(*overrides):
        found = reference_lines(compose(overrides), tokens, 0)
        return {line.name: line.tokens for line in found}

    assert lines("scheme=voluntary") == {}
    assert lines("quota=monthly") == {"minimum": 28.0}
    assert lines("quota=monthly", "quota.measure=spend") == {
        "minimum": pytest.approx(28.0 / 1.5)
    }
    assert lines("quota=monthly", "quota.measure=output") == {}
    assert lines("quota=monthly", "quota.measure=days", "quota.amount=12") == {}
    assert lines("measure=capped", "measure.days=1") == {}
    assert lines("top_board=top_2pct") == {"last place listed": 99.0}
    assert lines("scheme=cap_and_audit") == {
        "cap of the measure": 64.0,
        "audited above": 91.0,
        "spending cap": pytest.approx(230.0),
    }


def test_only_a_part_of_a_large_organisation_is_simulated():
    large = compose(["organisation.employees=100000", "weeks=5200"])
    assert smaller(large).organisation.employees == 57
    assert smaller(compose([])).organisation.employees == 500


def test_weekly_tokens_are_those_of_the_last_quarter():
    scenario = compose(["organisation.employees=20", "weeks=26"])
    weeks = weekly_tokens({"a": scenario}, 1)["a"]
    assert weeks.all.shape == (7, 20)
    assert (weeks.genuine >= 0.0).all()
    np.testing.assert_array_equal(
        weeks.all, weeks.genuine + weeks.trivial + weeks.padded
    )


def test_units_of_the_axes_are_those_of_the_outcomes():
    units = {outcome.name: outcome.unit for outcome in OUTCOMES}
    assert "M tokens per employee-week" in units["reported_tokens"]
    charts = all_charts(names(3))
    assert units["output"] in words(charts["channels"])
    for unit in (units["reported_tokens"], units["output"]):
        assert unit in words(charts["trajectories"])


# By role


def effects_of(roles):
    points = range(len(roles) + 1)
    rows = [("s", point, 1.0, True) for point in points]
    columns = ["scheme", "point", "percent", "clear"]
    return by_role.by_role(pd.DataFrame(rows, columns=columns), roles, ["s"])


def needles_of(roles):
    rows = [("s", "quota", role, 0.01, 0.001, 10) for role in roles]
    columns = ["scheme", "incentive", "role", "push", "error", "people"]
    return needle_by_role.by_role(pd.DataFrame(rows, columns=columns), roles, None)


def test_a_long_name_of_a_role_is_broken_with_a_hyphen():
    assert narrow("administration") == "adminis-\ntration"
    assert narrow("support_agent") == "support\nagent"


@pytest.mark.parametrize("mix", mixes())
@pytest.mark.parametrize("draw", [effects_of, needles_of])
def test_names_of_roles_do_not_touch_above_a_map(draw, mix):
    figure = draw(mixes()[mix].names)
    renderer = FigureCanvasAgg(figure).get_renderer()
    heads = figure.axes[0].get_xticklabels()
    boxes = [head.get_window_extent(renderer) for head in heads]
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes))
