"""``study=certificate``: toy worlds whose effects are known, then a small study."""

import re
from functools import cache
from importlib import import_module

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.designs.factors import declared
from experiments.errors import UserError
from experiments.report.page import Facts
from experiments.statistics.between_schemes import REGRET, RIVALS, rivals, standings
from experiments.statistics.worlds import IN_WORLDS, percents
from experiments.studies.certificate import STUDY
from experiments.studies.certificate.appendix import appendix
from experiments.studies.certificate.arms import Arms, Lived
from experiments.studies.certificate.cube import moved, point, share
from experiments.studies.certificate.deciding import deciding, side_of
from experiments.studies.certificate.figure import deciders
from experiments.studies.certificate.kept.deciders import (
    CONTRASTS,
    CORNER,
    THIRDS,
    of_deciders,
)
from experiments.studies.certificate.kept.information import (
    INFORMATION,
    of_information,
)
from experiments.studies.certificate.kept.least import (
    LEAST,
    LEAST_VALUES,
    LeastRow,
    of_least,
)
from experiments.studies.certificate.kept.rivals import of_rivals
from experiments.studies.certificate.kept.shares import (
    PRIORS,
    WORLD_EFFECTS,
    of_shares,
)
from experiments.studies.certificate.kept.turned import TURNS, of_turns
from experiments.studies.certificate.least_favourable import (
    LUCK,
    least_favourable,
)
from experiments.studies.certificate.page import about, page
from experiments.studies.certificate.results import Found
from experiments.studies.certificate.subject import Certificate
from experiments.studies.certificate.turns import turn, with_value
from experiments.studies.certificate.words import (
    NOT_A_PROBABILITY,
    answer,
    named,
    of_100,
    prior,
    worst,
    worth_measuring,
)
from experiments.studies.certificate.words import rivals as against
from experiments.words.measuring import MEASURED_BY
from experiments.words.structures import LAWS, RULES
from experiments.worlds.shipped import FOLDER, Origin, Worlds, load
from experiments.worlds.unknowns import STRUCTURES, drawn, values_at
from model.peers import Law
from model.people import Rule
from model.scenario import Scenario

KEYS = tuple(row.key for row in drawn())
STRENGTHS = tuple(row.key for row in drawn() if row.strength)
AT_WORK = tuple(key for key in KEYS if key not in STRENGTHS)
GAIN, BELIEF = "technology.gain", "people.belief_mean"
WORLDS = 300


def toy_worlds(count=WORLDS, seed=1):
    """Worlds as draws of their distributions, structures in turn."""
    rng = np.random.default_rng(seed)
    rules, laws = np.array(STRUCTURES)[np.arange(count) % len(STRUCTURES)].T
    return Worlds(
        KEYS,
        values_at(drawn(), rng.random((count, len(KEYS)))),
        rules,
        laws,
        np.zeros((count, 12)),
        np.arange(count),
        Origin("0" * 12, "declared", 300, 78, seed, count, count),
    )


class Toy(Arms):
    """A scheme whose effect in a world is known."""

    def effect(self, world):
        raise NotImplementedError

    def fits(self, world):
        """Whether a world is plausible."""
        del world
        return True

    def effects(self, worlds):
        return np.array([[self.effect(world)] for world in worlds])

    def lived(self, worlds, only_plausible=False):
        held = np.array([self.fits(world) for world in worlds], bool)
        found = self.effects(worlds)[:, 0]
        return Lived(np.where(held | (not only_plausible), found, np.nan), held)


class Planted(Toy):
    """Output falls where the gain of AI is in its lower half; some luck."""

    def effect(self, world):
        luck = np.random.default_rng(world.number).normal(0.0, 0.4)
        return 4.0 * (share(GAIN, world.values[GAIN]) - 0.5) + luck


class Pair(Toy):
    """Output falls where the gain is low and the belief high, and nowhere else."""

    def effect(self, world):
        gain, belief = (share(key, world.values[key]) for key in (GAIN, BELIEF))
        return -3.0 if gain < 0.6 and belief > 0.4 else 2.0


class ByRule(Toy):
    """Output falls under imitation."""

    def effect(self, world):
        return -2.0 if world.rule == Rule.IMITATION else 2.0


class Random(Toy):
    """Output falls by luck alone."""

    def effect(self, world):
        return float(np.random.default_rng(world.number).normal(0.4, 2.0))


class Always(Toy):
    """Output clearly rises in every world."""

    def effect(self, world):
        return 2.0 + share(GAIN, world.values[GAIN])


class Nothing(Toy):
    """A scheme that does nothing."""

    def effect(self, world):
        output = np.array([float(world.number) - 3.0])
        return float(percents(output, output)[0])


def toy(kind):
    return kind({"voluntary": Scenario(), "ours": Scenario()}, "voluntary", 3, 1)


def certificate(kind):
    """A certificate of a toy scheme, without rivals."""
    arms, worlds = toy(kind), toy_worlds()
    return Certificate(
        *("ours", arms, arms, worlds, WORLDS, 0, worlds, WORLDS),
        is_fitted=False,
        keys=AT_WORK,
        inert=STRENGTHS,
    )


def effects_of(subject):
    return subject.arms.effects(list(subject.worlds))[:, 0]


def decided(subject):
    return deciding(effects_of(subject), subject.worlds, AT_WORK, STRENGTHS, 3)


@cache
def told(kind):
    """All tables of a toy scheme, as they are read."""
    subject = certificate(kind)
    own, found = effects_of(subject), decided(subject)
    numbers = np.flatnonzero(found.bad)[:40].tolist()
    bad = [subject.worlds[k] for k in numbers]
    turned = [one._asdict() for one in turn(found, bad, subject.arms)]
    rows = {
        **of_shares(subject, own, own),
        **of_deciders(subject, own, found),
        **of_turns(own, found, {"worlds": numbers, "turned": turned}),
        **of_information(subject, own),
        **of_least(subject, None),
        **of_rivals(subject, own, np.zeros((0, 0))),
    }
    tables = (
        *(IN_WORLDS, PRIORS, WORLD_EFFECTS, CONTRASTS, THIRDS),
        *(CORNER, TURNS, INFORMATION, LEAST, LEAST_VALUES),
        *(RIVALS, REGRET),
    )
    return Found("ours", "voluntary", *(list(rows[table]) for table in tables))


# What decides


def test_a_planted_decider_is_found_and_turned_and_a_placebo_turns_nothing():
    found = told(Planted)
    assert [row.key for row in found.deciders] == [GAIN]
    assert (found.deciders[0].worse, found.deciders[0].better) == (
        "lowest third",
        "highest third",
    )
    first, *_, placebo = found.turns
    assert (first.key, first.placebo, placebo.placebo) == (GAIN, False, True)
    assert first.to_value == declared()[GAIN].span[1]
    assert (first.worlds, first.turned, first.plausible) == (40, 40, 40)
    assert first.before < 0.0 < first.after
    assert (placebo.turned, placebo.after) == (0, placebo.before)
    low, _, high = (row.falls / row.worlds for row in found.groups(GAIN))
    assert low > 0.9 > 0.1 > high


def test_a_planted_pair_is_found_as_a_corner():
    [corner] = told(Pair).corner
    sides = {
        (corner.one, corner.one_above),
        (corner.other, corner.other_above),
    }
    assert sides == {(GAIN, False), (BELIEF, True)}
    assert corner.fresh > 0.9
    assert corner.outside < 0.1


def test_a_structure_that_decides_is_found_and_turned():
    found = told(ByRule)
    assert [row.key for row in found.deciders] == [RULES.key]
    assert found.deciders[0].worse == "imitation"
    assert found.turns[0].turned == found.turns[0].worlds == 40
    assert with_value(toy_worlds(1)[0], LAWS.key, 3.0).law == Law.QUEUE


def test_where_luck_alone_decides_nothing_is_named():
    found = told(Random)
    assert not found.deciders
    assert not found.corner
    assert "Nothing single decides" in " ".join(answer(found))
    assert "No single number is worth measuring" in " ".join(answer(found))


def test_a_scheme_that_does_nothing_has_no_effect_in_any_world():
    found = told(Nothing)
    assert {row.percent for row in found.effects} == {0.0}
    assert (found.whole.falls, found.whole.little, found.whole.rises) == (0, 1, 0)
    assert (found.whole.middle, found.whole.worst) == (0.0, 0.0)
    assert not found.deciders
    assert not found.turns
    assert {row.value for row in found.information} == {0.0}
    assert "Nothing decides it" in " ".join(answer(found))


def test_the_class_that_splits_the_worlds_more_evenly_is_looked_at():
    many = np.repeat([-1.0, 0.0, 1.0], [40, 50, 10])
    assert side_of(many) == "falls"
    assert side_of(-many) == "rises"
    assert side_of(np.array([-1.0, 1.0])) == "falls"


# What to measure


def test_what_decides_is_worth_measuring_and_inert_unknowns_are_worth_nothing():
    found = told(Planted)
    nothing, placebo, first, second, *_, three, everything = found.information
    assert first.known == GAIN
    assert first.right > 0.85 > 0.65 > nothing.right
    assert first.how == MEASURED_BY[GAIN]
    assert worth_measuring(found) == [first]
    assert second.right < nothing.right + 0.1
    assert placebo.value < 0.15
    # Of an effect that is even between -2 and 2: E max(0, e) = 1/2.
    assert first.value == pytest.approx(0.5, abs=0.1)
    assert everything.value >= first.value
    assert three.right == pytest.approx(first.right, abs=0.05)
    assert everything.right == 1.0


def test_every_unknown_has_a_sentence_on_how_to_measure_it_and_nothing_else_has():
    assert set(MEASURED_BY) == {*KEYS, RULES.key, LAWS.key}
    for text in MEASURED_BY.values():
        assert re.fullmatch(r"[A-Z].{15,110}[.?]", text), text


# The least favourable world


class Bounded(Toy):
    """Output falls with the gain, but a gain in the highest fifth is not plausible."""

    def effect(self, world):
        return -10.0 * share(GAIN, world.values[GAIN])

    def fits(self, world):
        return share(GAIN, world.values[GAIN]) < 0.8


def test_the_least_favourable_world_is_the_worst_within_the_constraint():
    subject = certificate(Bounded)
    fitting = [world for world in subject.worlds if subject.arms.fits(world)][:40]
    found = least_favourable(fitting, AT_WORK, 400, subject.arms, 3)
    assert found.start == pytest.approx(subject.arms.effects(fitting).min(), rel=1e-5)
    assert found.found == pytest.approx(-8.0, abs=0.05)
    assert found.found <= found.start
    assert subject.arms.fits(found.world)
    assert found.fresh == [pytest.approx(found.found)] * len(found.fresh)
    assert all(found.fresh_plausible)
    # Of its neighbours, about a half lie beyond the edge.
    assert 0.2 < np.mean(found.near_plausible) < 0.8
    assert found.world.number == LUCK
    assert found.looked_at == 440


def test_without_a_plausible_world_to_begin_with_there_is_none():
    subject = certificate(Bounded)
    off = [w for w in subject.worlds if not subject.arms.fits(w)][:5]
    assert least_favourable(off, AT_WORK, 40, subject.arms, 3) is None
    assert least_favourable(off[:2], AT_WORK, 40, subject.arms, 3) is None


def test_a_point_of_the_cube_is_a_world_and_back():
    worlds = list(toy_worlds(20))
    shares = np.array([point(world, KEYS) for world in worlds])
    assert 0.0 <= shares.min() < shares.max() <= 1.0
    for world, back in zip(worlds, moved(worlds, KEYS, shares), strict=True):
        assert back.values == pytest.approx(world.values, rel=2e-5, abs=1e-6)


# Words


def test_shares_are_told_of_a_hundred_worlds():
    assert [of_100(x) for x in (0.0, 0.004, 0.384, 0.996, 1.0)] == [
        "0",
        "fewer than 1",
        "38",
        "more than 99",
        "100",
    ]


def test_the_answer_says_what_a_board_asks():
    texts = answer(told(Planted))
    said = " ".join(texts)
    assert "In 300 worlds that reproduce what is known of voluntary use" in said
    assert f"({GAIN})" in said
    assert "turns 40; a placebo" in said
    assert f"Measure first “{declared()[GAIN].description}”" in said
    assert "worst twentieth" in said
    assert texts[-1] == NOT_A_PROBABILITY
    assert all(len(text) < 520 for text in texts)


def test_where_worlds_do_not_differ_the_answer_says_so_and_no_more():
    found = told(Always)
    assert found.always == "rises"
    assert told(Nothing).always == "little"
    assert told(Planted).always is None
    first, second, *_ = answer(found)
    assert first.startswith("In all of 300 worlds")
    assert "ours clearly raises real output: by luck of the draw alone, in at" in first
    assert "least 99 of 100. In the middle world it changes by +2.5 %." in first
    assert second.startswith("Nothing decides it")


def test_priors_are_told_beside_each_other_and_whether_the_answer_hangs_on_them():
    found = told(Planted)
    declared_so, *_ = found.priors
    even = declared_so._replace(shape="uniform", falls=0.5, rises=0.45)
    said = prior(found._replace(priors=[declared_so, even]))
    assert said == (
        "Where all numbers are even over their spans it falls in 50 and rises in 45 "
        "of 100 worlds. The answer does not hang on that choice."
    )
    apart = even._replace(falls_low=declared_so.falls_high + 0.01, falls_high=1.0)
    said = prior(found._replace(priors=[declared_so, apart]))
    assert said.endswith("The answer hangs on that choice: on the shape of the prior.")


def test_in_the_worlds_of_a_fit_shares_are_those_of_companies_like_yours():
    subject = certificate(Planted)._replace(is_fitted=True)
    own = effects_of(subject)
    rows = list(of_shares(subject, own, own[:150])[PRIORS])
    assert [row.shape for row in rows] == ["fitted", "declared"]
    found = told(Planted)._replace(priors=rows)
    first, *_, last = answer(found)
    assert first.startswith("In 300 worlds that your panel speaks for, ours clearly")
    assert last.startswith("These are shares of simulated companies that look like")
    assert prior(found).startswith("Before your panel was looked at it falls in")
    assert prior(found).endswith("Your panel hardly moves the answer.")
    moved = rows[1]._replace(falls_low=0.99, falls_high=1.0)
    said = prior(found._replace(priors=[rows[0], moved]))
    assert said.endswith("Your panel moves the answer.")
    assert "300 worlds that your panel speaks for, one run of each" in about(subject)


def least_row(fresh):
    return LeastRow("logit", "by size", 520, -0.4, -0.8, fresh, 0.4, 8, 7, 1.0, 40, 24)


def test_a_search_that_finds_no_clear_fall_warns_of_nothing():
    found = told(Planted)
    calm = worst(found._replace(least=[least_row(0.9)]))
    assert "found none in which it clearly falls: with other luck +0.90 %" in calm
    harm = worst(found._replace(least=[least_row(-0.9)]))
    assert "24 of 40 worlds near it fit, too. Read it as a warning" in harm


def among(effects):
    """A certificate of ours among schemes, with these effects in every world."""
    every = np.tile(list(effects.values()), (20, 1))
    standing, pairs = standings(list(effects), every), rivals(list(effects), every)
    return told(Planted)._replace(standings=standing, rivals=pairs)


def test_schemes_that_it_is_always_better_than_are_told_by_the_shorter_list():
    few = {"voluntary": 0.0, "ours": 2.0, "a": 2.0, "b": 2.1, "c": 1.0}
    assert "better than voluntary and c in nearly all" in against(among(few))
    most = {"voluntary": 0.0, "ours": 2.0, "a": 2.0, "b": 1.0, "c": 1.0}
    assert "better than all but a in nearly all" in against(among(most))
    every = {"voluntary": 0.0, "ours": 2.0, "a": -1.0}
    assert "better than all others in nearly all" in against(among(every))
    parts = {part.id: part for part in appendix(among(every))}
    [facts] = [x for x in parts["rivals"].blocks if isinstance(x, Facts)]
    assert [(e.name, e.texts[0].text) for e in facts.entries] == [
        ("voluntary", "than ours"),
        ("a", "than voluntary and ours"),
    ]


# The chart and the page


def test_the_chart_shows_thirds_with_their_shares_and_structures_by_name():
    found, worlds = told(ByRule), toy_worlds()
    effects = effects_of(certificate(ByRule))
    unknown = next(row.key for row in found.thirds if row.key in KEYS)
    columns = [
        (RULES.key, worlds.rules.astype(float)),
        (unknown, worlds.values[:, KEYS.index(unknown)]),
    ]
    figure = deciders(effects, columns, found.thirds)
    first, second = figure.axes
    assert [len(axes.texts) for axes in figure.axes] == [5, 3]
    assert "imitation" in [label.get_text() for label in first.get_xticklabels()]
    shares = [text.get_text() for text in first.texts]
    assert shares.count("↑ 100\n↓ 0") == 4
    assert shares.count("↑ 0\n↓ 100") == 1
    assert unknown in second.get_xlabel().replace("\n", "")
    assert len(second.collections[0].get_offsets()) == WORLDS


def test_without_a_known_effect_the_chart_says_so():
    figure = deciders(np.full(3, np.nan), [(GAIN, np.ones(3))], [])
    assert "no effect is known" in figure.axes[0].texts[0].get_text()


def test_the_page_lists_what_is_worth_measuring_with_how(tmp_path):
    subject, found = certificate(Planted), told(Planted)
    shown = page(subject, found, effects_of(subject), [], tmp_path)
    [entries] = [x for x in shown.sections[0].blocks if isinstance(x, Facts)]
    assert [entry.name for entry in entries.entries] == [named(GAIN)]
    assert MEASURED_BY[GAIN] in [text.text for text in entries.entries[0].texts]
    assert shown.pictures[1].caption == "What decides it: what ranks first"
    sure = page(certificate(Always), told(Always), np.ones(9), [], tmp_path)
    assert len(sure.pictures) == 1
    assert "Nothing needs to be measured" in sure.sections[0].blocks[0].text
    lucky = page(certificate(Random), told(Random), np.zeros(1), [], tmp_path)
    assert "Nothing single tells it" in lucky.sections[0].blocks[1].text
    assert "nothing single decides" in lucky.pictures[1].caption


# The study

SMALL = [
    "study=certificate",
    "scheme=monthly_minimum",
    "study.worlds=6",
    "study.uniform_worlds=2",
    "study.rival_worlds=3",
    "study.schemes=[no_review]",
    "study.turned=2",
    "study.search=0",
    "organisation.employees=60",
    "weeks=26",
]


@pytest.fixture
def any_model(monkeypatch):
    """Take the shipped worlds whatever model they are for, also as even ones."""
    monkeypatch.setattr(Worlds, "is_of_this_model", lambda self: True)
    planning = import_module("experiments.studies.certificate.plan")
    monkeypatch.setattr(planning, "current", lambda folder=FOLDER: load())


def test_a_list_of_another_model_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(Worlds, "is_of_this_model", lambda self: False)
    with pytest.raises(SystemExit) as end:
        main(SMALL)
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "found with another model" in said
    assert "make worlds" in said


def test_the_baseline_alone_is_refused(any_model):
    with pytest.raises(UserError, match=r"one scheme against voluntary; name another"):
        STUDY.plan(ask(["study=certificate"]))


@pytest.mark.long
def test_a_small_certificate_is_made_and_resumed(any_model, tmp_path, capsys):
    out = tmp_path / "out"
    main([*SMALL, f"out={out}"])
    said = " ".join(capsys.readouterr().out.split())
    assert "In 6 worlds that reproduce what is known of voluntary use" in said
    assert "Among 3 schemes in 3 worlds" in said
    effects = WORLD_EFFECTS.read(out / WORLD_EFFECTS.name)
    assert [row.world for row in effects] == list(range(6))
    page = (out / "report.html").read_text()
    for name in ("By structure", "By prior", "The turn test", "Among all schemes"):
        assert name in page
    before = (out / "pieces.json").read_bytes()
    main([*SMALL, f"out={out}"])
    assert "complete, nothing to do" in capsys.readouterr().out
    main([*SMALL, f"out={tmp_path / 'again'}", "engine.threads=1"])
    assert (tmp_path / "again" / "pieces.json").read_bytes() == before


@pytest.mark.long
def test_what_is_at_work_nowhere_turns_nothing(any_model):
    request = ask([*SMALL, "study.rival_worlds=0", "study.uniform_worlds=0"])
    subject = STUDY.plan(request).subject
    worlds = subject.worlds.first(2)
    before = subject.arms.effects(worlds)

    def after(key, end):
        return subject.arms.effects([with_value(w, key, end) for w in worlds])

    for key in subject.inert:
        for end in declared()[key].span:
            assert (after(key, end) == before).all(), key
    assert (after("quota.penalty", declared()["quota.penalty"].span[1]) != before).any()


def test_effects_are_those_of_the_worlds_and_a_null_change_has_none(any_model):
    request = ask([*SMALL, "study.rival_worlds=0", "study.uniform_worlds=0"])
    subject = STUDY.plan(request).subject
    null = subject.arms._replace(
        schemes={name: subject.arms.schemes["voluntary"] for name in ("voluntary", "x")}
    )
    assert (null.effects(subject.worlds.first(3)) == 0.0).all()
    assert set(subject.inert) < set(STRENGTHS)
    assert "quota.penalty" in subject.keys
    assert "leaderboard.status" in subject.inert
