"""``study=fit`` from the command line: answers, files, and what is refused."""

import csv
import json
import re

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.errors import UserError
from experiments.studies.certificate import STUDY as CERTIFICATE
from experiments.studies.fit import STUDY, learning, words
from experiments.studies.fit.kept import MISFIT, Told
from experiments.studies.fit.listed import picked
from experiments.studies.fit.living import live
from experiments.studies.fit.words import doubts
from experiments.worlds.search import other_strengths
from experiments.worlds.shipped import LISTED, Worlds, load
from tests.experiments.studies.fit.small import AHEAD, TIMELINE, WEEKS, design

FEW = ["study.draws=100", f"study.ahead={AHEAD}", "study.schemes=[voluntary]"]


def rows_of(tokens, output=None):
    for person, week in zip(*np.nonzero(np.isfinite(tokens)), strict=True):
        row = [f"p{person}", week + 1, f"{tokens[person, week]:.6f}"]
        yield row if output is None else [*row, f"{output[person, week]:.6f}"]


def write(path, tokens, output=None):
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(
            ["employee", "week", "tokens", "output"][: 3 + (output is not None)]
        )
        lines.writerows(rows_of(tokens, output))
    return path


def made_up(people=150, weeks=WEEKS, seed=1):
    luck = np.random.default_rng(seed)
    usual = luck.normal(2.5, 1.2, (people, 1))
    tokens = np.exp(usual + 0.8 * luck.standard_normal((people, weeks)))
    return tokens * (luck.random((people, weeks)) < 0.7)


@pytest.fixture
def any_list(monkeypatch):
    """Take lists of worlds, whatever model they are for."""
    monkeypatch.setattr(Worlds, "is_of_this_model", lambda self: True)


@pytest.fixture(scope="module")
def company():
    """A company of the model, with output."""
    lived = live(design(), load()[7]._replace(number=4321))
    return lived.genuine + lived.padded, lived.output


@pytest.fixture(scope="module")
def fit(company, tmp_path_factory):
    """A finished fit of that company: its folder."""
    folder = tmp_path_factory.mktemp("fit")
    data = write(folder / "panel.csv", *company)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worlds, "is_of_this_model", lambda self: True)
        main(arguments(folder, data))
    return folder


def arguments(folder, data, *more):
    bank, out = f"study.bank={folder / 'bank'}", f"out={folder / 'out'}"
    return ["study=fit", f"data={data}", TIMELINE, *FEW, bank, out, *more]


def table(folder, name):
    with (folder / "out" / name).open() as file:
        return list(csv.DictReader(file))


def test_what_the_data_cannot_tell_comes_first(fit, capsys):
    main(arguments(fit, fit / "panel.csv"))
    said = capsys.readouterr().out
    assert said.index("What your data cannot tell") < said.index("Padded share")
    page = (fit / "out" / "report.html").read_text()
    answer = page.index("What your data cannot tell")
    assert answer < page.index("Padded share of tokens")


def test_every_answer_has_its_prior_and_what_the_data_added(fit):
    answers = table(fit, "answers.csv")
    assert [(row["scheme"], row["what"]) for row in answers] == [
        ("", "padded share of tokens"),
        ("", "padded share of half-days"),
        *(("go on", x) for x in ("tokens", "genuine tokens", "output")),
        *(("voluntary", x) for x in ("tokens", "genuine tokens", "output")),
    ]
    for row in answers:
        low, middle, high = (float(row[x]) for x in ("low", "middle", "high"))
        assert low <= middle <= high
        assert 0.0 < float(row["width"]) < 1.5


def test_weights_of_structures_add_up_to_one(fit):
    structures = table(fit, "structures.csv")
    for key in ("people.rule", "peers.rework_law"):
        weights = [float(x["weight"]) for x in structures if x["structure"] == key]
        assert sum(weights) == pytest.approx(1.0)


def test_the_worlds_of_a_fit_are_a_list_that_other_studies_take(fit):
    worlds, shipped = load(fit / "out"), load()
    assert worlds.origin.digest == shipped.origin.digest
    assert 10 < len(worlds) <= 100
    assert worlds.keys == shipped.keys
    strengths = set(other_strengths(1, 1)[0])
    places = [k for k, key in enumerate(worlds.keys) if key not in strengths]
    known = {tuple(row) for row in shipped.values[:, places].tolist()}
    assert {tuple(row) for row in worlds.values[:, places].tolist()} <= known


def test_a_certificate_looks_at_the_worlds_of_a_fit(fit, tmp_path, capsys, any_list):
    out = tmp_path / "certificate"
    main([*certificate(fit / "out"), f"out={out}"])
    said = capsys.readouterr().out
    assert "that your panel speaks for, monthly_minimum clearly" in said.replace(
        "\n", " "
    )
    with (out / "world_effects.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 6


def certificate(folder):
    return [
        *("study=certificate", "scheme=monthly_minimum", f"study.fit={folder}"),
        *("organisation.employees=20", "weeks=26", "study.worlds=6"),
        *("study.uniform_worlds=6", "study.rival_worlds=0", "study.turned=1"),
        "study.schemes=[no_review]",
    ]


def test_a_certificate_refuses_a_folder_without_worlds(fit, tmp_path, any_list):
    with pytest.raises(UserError, match="holds no worlds of a fit; name the folder"):
        CERTIFICATE.plan(ask(certificate(tmp_path)))
    lines = (fit / "out" / "plausible.csv").read_text().splitlines()
    (tmp_path / "plausible.csv").write_text(lines[0] + "\n")
    with pytest.raises(
        UserError, match="lists no worlds: nothing in the model is like"
    ):
        CERTIFICATE.plan(ask(certificate(tmp_path)))


def test_worlds_are_picked_in_proportion_to_their_weights_and_once_each():
    weights = np.array([0.3, 0.2, 0.2, 0.15, 0.15, 0.0])
    picks = [picked(weights, seed) for seed in range(400)]
    assert {len(places) for places in picks} == {3}
    assert all(len(set(places.tolist())) == 3 for places in picks)
    often = np.bincount(np.concatenate(picks), minlength=6) / 400
    np.testing.assert_allclose(often, 3 * weights, atol=0.08)


def test_nothing_about_a_person_is_kept(fit):
    for path in (*(fit / "out").rglob("*"), *(fit / "bank").rglob("*")):
        if path.is_file() and path.suffix in (".csv", ".json", ".html"):
            assert "p17" not in path.read_text().split()
            assert '"p17"' not in path.read_text()


def test_another_panel_takes_the_same_bank_and_the_same_panel_gives_the_same_bytes(
    fit, company, tmp_path
):
    bank = {path: path.stat().st_mtime_ns for path in (fit / "bank").rglob("*.json")}
    tokens, output = company
    data = write(tmp_path / "other.csv", tokens * 1.1, output)
    same = write(tmp_path / "same.csv", tokens, output)
    for name, panel in (("other", data), ("same", same)):
        main(arguments(fit, panel, f"out={tmp_path / name}"))
    after = {path: path.stat().st_mtime_ns for path in (fit / "bank").rglob("*.json")}
    assert after == bank
    for path in (fit / "out").glob("*.csv"):
        assert path.read_bytes() == (tmp_path / "same" / path.name).read_bytes()
    answers = (tmp_path / "other" / "answers.csv").read_bytes()
    assert answers != (fit / "out" / "answers.csv").read_bytes()


def test_a_stopped_bank_goes_on(fit, tmp_path, capsys):
    parts = sorted((fit / "bank" / "parts").glob("companies-*.json"))
    kept = parts[-1].read_text()
    parts[-1].unlink()
    main(arguments(fit, fit / "panel.csv", f"out={tmp_path / 'out'}"))
    assert "Going on after 4 of 5 parts" in capsys.readouterr().err
    assert parts[-1].read_text() == kept


def test_the_bank_of_another_design_is_refused(fit, tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(
            arguments(fit, fit / "panel.csv", f"out={tmp_path / 'o'}", "study.ahead=7")
        )
    assert stop.value.code == 2
    assert (
        "ahead is 6 there and 7 here.\nChoose another folder with study.bank=DIR"
        in (capsys.readouterr().err)
    )


def test_a_panel_in_the_wrong_unit_gets_no_answers_but_a_reason(fit, company, tmp_path):
    tokens, output = company
    data = write(tmp_path / "billions.csv", tokens / 1000.0, output)
    main(arguments(fit, data, f"out={tmp_path / 'out'}"))
    assert any(check.outside for check in MISFIT.read(tmp_path / "out" / MISFIT.name))
    page = (tmp_path / "out" / "report.html").read_text()
    assert "your company lies outside all that the model makes" in page
    assert "Padded share of tokens" not in page
    assert not LISTED.read(tmp_path / "out" / LISTED.name)
    main(arguments(fit, data, f"out={tmp_path / 'any'}", "study.anyway=true"))
    assert "Padded share of tokens" in (tmp_path / "any" / "report.html").read_text()


@pytest.mark.parametrize(
    ("tokens", "more", "said"),
    [
        (made_up(people=60), [], "60 people have used AI in it; at least 100"),
        (made_up(weeks=20), [], "the panel has 20 weeks; at least 26 are needed"),
        (
            made_up(),
            ['timeline=[{week: 30, change: ["quota=monthly"]}]'],
            "timeline has week 30, but the panel has 26 weeks",
        ),
        (
            made_up(),
            ['timeline=[{week: 3, change: ["quota=monthly"]}]'],
            "begins in week 3 of the panel's 26; at least 8 weeks before it",
        ),
        (
            made_up(),
            ['groups={pilot: {share: 0.5, change: ["quota=monthly"]}}'],
            "study=fit is about one scheme for everybody",
        ),
        (
            made_up(),
            ["study.schemes=[amazon_2026]"],
            "study.schemes: amazon_2026 has a timeline or groups",
        ),
        (made_up(), ["study.schemes=[nothing]"], "study.schemes, nothing: "),
        (made_up() * 1e6, [], "It must be in M tokens"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_plain_words(tokens, more, said, tmp_path):
    data = write(tmp_path / "panel.csv", tokens)
    with pytest.raises(UserError, match=re.escape(said)) as refused:
        STUDY.plan(ask(arguments(tmp_path, data, *more)))
    assert len(str(refused.value).splitlines()) <= 3


def test_output_with_many_gaps_is_refused(tmp_path):
    data = tmp_path / "panel.csv"
    lines = ["employee,week,tokens,output"]
    for k, (person, week, tokens) in enumerate(rows_of(made_up())):
        lines.append(f"{person},{week},{tokens},{'9.5' if k % 2 else ''}")
    data.write_text("\n".join(lines) + "\n")
    with pytest.raises(UserError, match="output is known in 50 % of the weeks"):
        STUDY.plan(ask(arguments(tmp_path, data)))


def test_another_measure_is_refused(tmp_path):
    people, weeks, amounts = zip(*rows_of(made_up()), strict=True)
    names = ["employee", "week", "requests"]
    columns = [pa.array(people), pa.array(weeks), pa.array([float(x) for x in amounts])]
    made = pa.table(columns, names=names).replace_schema_metadata(
        {"measure": "requests"}
    )
    pq.write_table(made, tmp_path / "panel.parquet")
    with pytest.raises(
        UserError, match="counts requests; the model knows tokens alone"
    ):
        STUDY.plan(ask(arguments(tmp_path, tmp_path / "panel.parquet")))


def test_without_scikit_learn_a_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sklearn.decomposition", None)
    with pytest.raises(UserError, match=r"tokenmaxxing\[fit\]"):
        learning.sklearn()


def test_no_weeks_before_the_scheme_are_told(tmp_path):
    data = write(tmp_path / "panel.csv", made_up())
    asked = [x for x in arguments(tmp_path, data) if x != TIMELINE]
    planned = STUDY.plan(ask([*asked, "scheme=monthly_minimum"]))
    assert planned.subject.design.start == 0
    assert "No weeks before the scheme" in [what for what, _ in doubts(planned.subject)]
    assert json.dumps(planned.subject.design.content())


def test_a_voluntary_company_is_told_of_no_scheme_in_force(tmp_path, capsys, any_list):
    data = write(tmp_path / "panel.csv", live(design(), load()[7]).genuine)
    asked = [x for x in arguments(tmp_path, data, "study.anyway=true") if x != TIMELINE]
    scheme = tmp_path / "theirs.yaml"
    scheme.write_text("leaderboard: {status: 0.1}\n")
    asked.append(f"study.schemes=[voluntary,{scheme}]")
    main([x for x in asked if x not in FEW[2:]])
    said = " ".join(capsys.readouterr().out.split())
    assert "No scheme has been in force over these weeks" in said
    assert "What theirs would do to real output" in said
    assert "the scheme in force" not in said


@pytest.mark.slow
def test_a_cluster_makes_the_same_bank(fit, tmp_path, any_list, capsys):
    kept = sorted((fit / "bank" / "parts").glob("companies-*.json"))
    bank = tmp_path / "bank"
    asked = [*arguments(fit, fit / "panel.csv"), "engine=dask", "engine.workers=2"]
    main([*asked, f"study.bank={bank}", f"out={tmp_path / 'out'}"])
    made = sorted((bank / "parts").glob("companies-*.json"))
    assert [path.read_bytes() for path in made] == [p.read_bytes() for p in kept]
    made[2].unlink()
    main([*asked, f"study.bank={bank}", f"out={tmp_path / 'again'}"])
    assert "Going on after 4 of 5 parts" in capsys.readouterr().err
    assert made[2].read_bytes() == kept[2].read_bytes()


def row(width, middle, **changes):
    """An answer whose prior goes from -2 to 2."""
    ends = (middle - width, middle - width / 2, middle, middle + width / 2)
    told = Told("voluntary", "output", "%", -2.0, 0.0, 2.0, *ends, middle + width,
                width, 0.5, 0.5, 0.9)  # fmt: skip
    return told._replace(**changes)


@pytest.mark.parametrize(
    ("width", "middle", "said"),
    [
        (0.2, 0.0, "Your data say much about this."),
        (0.5, 0.0, "Your data say something about this."),
        (
            0.9,
            0.5,
            "Almost all of this comes from the assumptions, not from your data.",
        ),
        (0.9, 1.8, "Your data move this, and hardly narrow it."),
    ],
)
def test_words_say_what_the_data_added(width, middle, said):
    assert said in words.told(row(width, middle))


def test_an_interval_that_breaks_its_promise_is_told_with_its_answer():
    said = words.told(row(0.5, 0.0, held=0.7))
    assert "the interval held the truth in only 70 of 100" in said


def test_the_first_sentence_names_the_output_that_only_assumptions_tell():
    lost = [row(0.9, 0.0), row(0.9, 0.0, scheme="go on"), row(0.3, 0.0, scheme="x")]
    first = words.cannot(lost)
    assert "whether the scheme in force has raised or lowered real output" in first
    assert "what voluntary would do to real output" in first
    assert " x " not in first
    known = words.cannot([row(0.3, 0.0)])
    assert known.startswith("What your data cannot tell: whether something that the")
