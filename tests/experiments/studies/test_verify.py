"""Finished studies checked and packed."""

import json
import re
import shutil
import zipfile
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.designs.design import Design, Planned, Point
from experiments.errors import UserError
from experiments.runs import engines
from experiments.runs.runner import carry_out
from experiments.store import batch, dataset
from experiments.store.files import sha256
from experiments.store.finished import Finished
from experiments.store.meanings import FACTORS
from experiments.store.store import FAILED, RUNS, WEEKS
from experiments.store.table import Table
from experiments.studies import compare, run, sweep, verify
from experiments.studies.archive import archive, columns
from tools.documents import every_table

SMALL = ["study=run", "organisation.employees=20", "weeks=30", "study.replicates=8"]
TIMELINE = 'timeline=[{week: 10, change: ["quota=monthly"]}]'


def said(capsys, *words, code=0):
    """What a command says on standard output; it must end with ``code``."""
    if code:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert end.value.code == code
    else:
        main([str(word) for word in words])
    return " ".join(capsys.readouterr().out.split())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A study with a timeline, so that a scheme of several phases is read back."""
    folder = tmp_path_factory.mktemp("verify") / "ours"
    run.run(ask([*SMALL, TIMELINE, f"out={folder}"]))
    return folder


@pytest.fixture
def copy(whole, tmp_path):
    """The study where nobody made it."""
    return shutil.copytree(whole, tmp_path / "copy")


def sealed(folder):
    """Make the manifest agree with the files: a change that no hash shows."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = {name: sha256(folder / name) for name in manifest["files"]}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def changed(folder, name, column, row):
    """Change the last bit of one number."""
    table = pq.read_table(folder / name)
    values = table.column(column).to_pylist()
    values[row] += 2e-16 * max(1.0, abs(values[row]))
    place = table.schema.get_field_index(column)
    table = table.set_column(place, column, pa.array(values))
    with (
        (folder / name).open("wb") as file,
        dataset.writer(file, table.schema) as writer,
    ):
        writer.write_table(table)


def test_an_untouched_copy_is_as_it_was(copy, capsys):
    text = said(capsys, "study=verify", f"path={copy}", "study.sample=3")
    assert "harms.csv in" in text
    assert "Runs: 3 of 8 were done again; every number is the same" in text


def test_no_more_runs_are_repeated_than_there_are(copy, capsys):
    assert "Runs: 8 of 8" in said(capsys, "study=verify", f"path={copy}")


def test_nothing_is_written_into_the_folder(copy, capsys):
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    said(capsys, "study=verify", f"path={copy}")
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*")} == before


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (lambda path: path.unlink(), "runs.parquet is missing"),
        (lambda path: path.write_bytes(b"x"), "runs.parquet has changed since"),
    ],
)
def test_a_changed_file_is_named(copy, capsys, damage, text):
    damage(copy / RUNS)
    assert text in said(capsys, "study=verify", f"path={copy}", code=1)


@pytest.mark.parametrize(
    ("name", "column", "row", "text"),
    [
        (WEEKS, "output", 2 * 30 + 7, "replicate 2: output in week 7 is"),
        (RUNS, "norm_early", 5, "replicate 5: norm_early is"),
    ],
)
def test_a_number_changed_in_its_last_bit_is_found(
    copy, capsys, name, column, row, text
):
    changed(copy, name, column, row)
    sealed(copy)
    found = said(capsys, "study=verify", f"path={copy}", code=1)
    assert f"{name}, custom, point 0, {text}" in found


def test_a_sample_can_miss_what_another_seed_finds(copy, capsys):
    changed(copy, RUNS, "output", 5)
    sealed(copy)
    drawn = {seed: 5 in verify.sample(8, 2, seed) for seed in range(20)}
    missed, found = (next(s for s, hit in drawn.items() if hit == x) for x in (0, 1))
    words = ["study=verify", f"path={copy}", "study.sample=2"]
    said(capsys, *words, f"seed={missed}")
    said(capsys, *words, f"seed={found}", code=1)


def test_the_sample_follows_from_the_seed():
    assert verify.sample(1000, 20, seed=1) == verify.sample(1000, 20, seed=1)
    assert verify.sample(1000, 20, seed=1) != verify.sample(1000, 20, seed=2)
    assert len(set(verify.sample(1000, 20, seed=1))) == 20
    assert verify.sample(3, 20, seed=1) == [0, 1, 2]


def test_points_and_schemes_of_a_sweep_are_read_back(tmp_path, capsys):
    words = ["study=sweep", "scheme=everything_at_once", "organisation.employees=20"]
    levers = "study.levers={quota.penalty: [0, 0.1], quota.visible: [true, false]}"
    worlds = "study.uncertainties={people.rule: [logit, prospect]}"
    many = ["weeks=52", levers, worlds, "study.replicates=1", f"out={tmp_path / 'a'}"]
    sweep.run(ask([*words, *many]))
    capsys.readouterr()
    text = said(capsys, "study=verify", f"path={tmp_path / 'a'}")
    assert "Runs: 10 of 10 were done again; every number is the same" in text


def test_one_run_is_repeated_by_its_key(copy, capsys):
    words = ["study=verify", f"path={copy}", "study.scheme=custom"]
    assert "Runs: 1 of 8" in said(capsys, *words, "study.replicate=6")
    with pytest.raises(SystemExit) as end:
        main([*words, "study.replicate=8"])
    assert end.value.code == 2
    assert "has no run of scheme custom at point 0" in capsys.readouterr().err


def test_a_failed_run_is_repeated_by_the_command_of_its_row(
    tmp_path, capsys, monkeypatch
):
    request = ask([*SMALL, f"out={tmp_path}"])
    points = (Point(0, {"people.savvy_own": 0.1}, 1),)
    bad = (*points, Point(1, {"people.savvy_own": 7.0}, 1))
    design = Design({"voluntary": request.scenario}, bad, 1)
    carry_out(request, design, lambda _: ())
    line = (tmp_path / "failed.csv").read_text().splitlines()[1]
    command = line.rpartition(",")[2].split()
    assert command[0] == "tokenmaxxing"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(command[1:])
    assert end.value.code == 1
    found = capsys.readouterr().err
    assert "ValidationError" in found
    assert "savvy_own" in found
    assert "Runs: 2 of 2" in said(capsys, "study=verify", "path=.")


def test_a_run_that_fails_only_now_is_a_difference(copy, capsys, monkeypatch):
    def simulate(*_, **__):
        raise ArithmeticError

    monkeypatch.setattr(batch, "simulate", simulate)
    text = said(capsys, "study=verify", f"path={copy}", "study.sample=1", code=1)
    assert "and None now" in text


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "is no folder: there is no"),
        (lambda path: path.mkdir(), "is no finished study: there is no"),
        (lambda path: path.write_text("x"), "is no folder"),
    ],
)
def test_other_folders_are_refused(tmp_path, make, message):
    make(tmp_path / "other")
    for study in ("verify", "archive"):
        with pytest.raises(UserError, match=message):
            _study(study, tmp_path / "other")


@pytest.mark.parametrize("text", ["{", "[]", "3", '{"seed": 1}'])
def test_a_manifest_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UserError, match=r"manifest"):
        _study("verify", tmp_path)


def _study(name, path):
    request = ask([f"study={name}", f"path={path}"])
    {"verify": verify.run, "archive": _archive}[name](request)


def _archive(request):
    from experiments.studies import archive as study

    study.run(request)


def test_runs_of_another_model_cannot_be_compared(copy, capsys):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["model"] = "another"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UserError, match="another version of the model"):
        _study("verify", copy)
    assert "are as they were" in said(
        capsys, "study=verify", f"path={copy}", "study.sample=0"
    )


def test_a_study_without_stored_runs_has_its_files_checked(copy, capsys):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["files"] = {"pieces.json": sha256(copy / RUNS)}
    (copy / RUNS).rename(copy / "pieces.json")
    (copy / "manifest.json").write_text(json.dumps(manifest))
    text = said(capsys, "study=verify", f"path={copy}")
    assert "pieces.json in" in text
    assert "there is none to repeat" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["study=verify"], "study=verify needs path=DIR"),
        (["study=archive", "path="], "path is ''; it must name a folder"),
        (["study=run", "path=outputs/ours"], "path=outputs/ours is read by"),
        (["study=verify", "path=x", "quota=monthly"], "changes the scenario"),
    ],
)
def test_the_path_belongs_to_the_studies_that_need_it(words, message):
    with pytest.raises(UserError, match=re.escape(message)):
        ask(words)


def test_a_run_is_found_by_its_row(whole):
    found = Finished(whole)
    assert found.place(Planned("custom", 0, 3)) == 3
    assert found.planned(3) == (Planned("custom", 0, 3), {})
    assert found.weeks_of(3).column("week").to_pylist() == list(range(30))
    assert set(found.weeks_of(3).column("replicate").to_pylist()) == {3}
    scenario = ask([*SMALL, TIMELINE]).scenario
    assert found.scenario("custom") == scenario


def test_dask_and_threads_are_asked_alike(copy, capsys, monkeypatch):
    seen = []
    real = engines.parts

    def parts(batches, engine):
        seen.append(engine.threads)
        return real(batches, engine)

    monkeypatch.setattr(engines, "parts", parts)
    said(capsys, "study=verify", f"path={copy}", "engine.threads=1")
    assert seen == [1]


# The archive


def packed(folder, tmp_path, capsys, name="out"):
    said(capsys, "study=archive", f"path={folder}", f"out={tmp_path / name}")
    [target] = (tmp_path / name).glob("*.zip")
    return target


def test_an_archive_holds_all_that_a_reader_needs(copy, tmp_path, capsys):
    (copy / "figures").mkdir(exist_ok=True)
    (copy / "figures" / "tokens.svg").write_text("<svg/>")
    (copy / "figures" / "notes.txt").write_text("not ours")
    (copy / "report.html").write_text("<p>")
    (copy / "thesis.txt").write_text("not ours either")
    with zipfile.ZipFile(packed(copy, tmp_path, capsys)) as found:
        assert sorted(found.namelist()) == [
            f"copy/{name}"
            for name in (
                "CITATION.cff",
                "README.md",
                "columns.json",
                "config.yaml",
                "environment.txt",
                "figures/tokens.svg",
                "harms.csv",
                "manifest.json",
                "report.html",
                "runs.parquet",
                "weeks.parquet",
            )
        ]
        assert found.testzip() is None
        read = {name.partition("/")[2]: found.read(name) for name in found.namelist()}
    for name in (RUNS, WEEKS, "manifest.json"):
        assert read[name] == (copy / name).read_bytes()
    config = yaml.safe_load(read["config.yaml"])
    assert config["organisation"]["employees"] == 20
    text = read["README.md"].decode()
    assert "tokenmaxxing study=run organisation.employees=20 weeks=30" in text
    assert "study=verify path=." in text
    assert str(tmp_path) not in text


def test_the_environment_is_listed_without_addresses():
    first, *lines = archive.environment().splitlines()
    assert first.startswith("# Python 3.")
    assert any(re.fullmatch(r"numpy==[\d.]+", line) for line in lines)
    assert all(re.fullmatch(r"[a-z0-9._-]+==\S+", line) for line in lines)
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(names)
    assert not any(sign in line for line in lines for sign in ("/", "@", ":"))


def test_the_same_folder_makes_the_same_archive(copy, tmp_path, capsys):
    first = packed(copy, tmp_path, capsys, "a")
    other = shutil.copytree(copy, tmp_path / "elsewhere" / "copy")
    (other / RUNS).touch()
    assert packed(other, tmp_path, capsys, "b").read_bytes() == first.read_bytes()


def test_an_unpacked_archive_can_be_verified(copy, tmp_path, capsys):
    with zipfile.ZipFile(packed(copy, tmp_path, capsys)) as found:
        found.extractall(tmp_path / "unpacked")
    text = said(capsys, "study=verify", f"path={tmp_path / 'unpacked' / 'copy'}")
    assert "every number is the same" in text


def test_an_archive_stands_beside_its_folder(copy, capsys):
    said(capsys, "study=archive", f"path={copy}")
    assert copy.with_name("copy.zip").exists()


def test_a_changed_folder_is_not_packed(copy):
    (copy / RUNS).write_bytes(b"x")
    with pytest.raises(UserError, match=r"runs\.parquet has changed"):
        _study("archive", copy)
    assert not copy.with_name("copy.zip").exists()


# The columns


@pytest.fixture(scope="module")
def every():
    return every_table()


def listed(every, name):
    return [column["name"] for column in every[name]["columns"]]


def test_columns_are_those_of_the_files(whole, every):
    runs = [name for name in listed(every, RUNS) if name != FACTORS]
    assert pq.read_schema(whole / RUNS).names == runs
    assert pq.read_schema(whole / WEEKS).names == listed(every, WEEKS)
    types = [column["type"] for column in every[WEEKS]["columns"]]
    assert [str(kind) for kind in pq.read_schema(whole / WEEKS).types] == types


def test_keys_are_those_of_the_manifest(whole, every):
    manifest = json.loads((whole / "manifest.json").read_text())
    keys = [key["name"] for key in every["manifest.json"]["keys"]]
    assert sorted(manifest) == sorted(keys)


def test_tables_are_listed_as_they_are_written(tmp_path, every, capsys):
    words = ["organisation.employees=20", "weeks=52", "study.replicates=2"]
    few = ["study.schemes=[monthly_minimum]", "study.worlds=0"]
    compare.run(ask([*words, *few, f"out={tmp_path}/a"]))
    levers = "study.levers={quota.penalty: [0, 0.1], quota.amount: [40]}"
    sweep.run(ask(["study=sweep", *words, levers, f"out={tmp_path}/b"]))
    heads = {
        name: (tmp_path / name).read_text().partition("\n")[0].split(",")
        for name in ("a/effects.csv", "b/point_effects.csv")
    }
    assert heads["a/effects.csv"] == listed(every, "effects.csv")
    expected = listed(every, "point_effects.csv")
    place = expected.index(FACTORS)
    expected[place : place + 1] = ["quota.penalty", "quota.amount"]
    assert heads["b/point_effects.csv"] == expected


def test_every_column_has_a_meaning(every):
    for name, file in every.items():
        for column in file.get("columns", file.get("keys")):
            assert column["meaning"], f"{name}: {column['name']}"


@pytest.mark.parametrize(
    ("study", "names"),
    [
        ("run", ["groups.csv", "harms.csv", "roles.csv"]),
        (
            "compare",
            [
                *("effects.csv", "groups.csv", "harms.csv", "in_worlds.csv"),
                *("parent_effects.csv", "roles.csv", "worlds.parquet", "worse_off.csv"),
            ],
        ),
        (
            "pair",
            ["effects.csv", "groups.csv", "harms.csv", "roles.csv", "worse_off.csv"],
        ),
        ("sweep", ["point_effects.csv"]),
        ("ranges", ["ranges.csv"]),
        ("phase_map", ["map.csv"]),
        ("goodhart_curve", ["curve.csv", "turning.csv"]),
        ("sensitivity", ["indices.csv", "lines.csv", "thresholds.csv"]),
        ("verification", ["checks.csv", "gaps.csv", "losses.csv"]),
        ("validation", ["facts_in_worlds.csv", "findings.csv", "null_models.csv"]),
        ("fingerprints", ["fingerprints.csv"]),
        ("import", ["coverage.csv"]),
        (
            "fit",
            [
                "answers.csv",
                "misfit.csv",
                "origin.csv",
                "plausible.csv",
                "structures.csv",
                "summaries.csv",
                "unknowns.csv",
            ],
        ),
        ("proxyeconomics", ["cells.csv"]),
        (
            "worlds",
            ["origin.csv", "plausible.csv", "search.csv", "targets.csv"],
        ),
        (
            "certificate",
            [
                "contrasts.csv",
                "corner.csv",
                "in_worlds.csv",
                "information.csv",
                "least_favourable.csv",
                "least_favourable_values.csv",
                "priors.csv",
                "regret.csv",
                "rivals.csv",
                "thirds.csv",
                "turns.csv",
                "world_effects.csv",
            ],
        ),
    ],
)
def test_the_tables_of_a_study_are_found_and_listed(every, study, names):
    found = columns.tables_of(study) - {FAILED}
    assert sorted(table.name for table in found) == names
    assert set(names) <= set(every)


def test_two_tables_of_one_name_are_refused():
    class Row(NamedTuple):
        scheme: str

    other = Table("failed.csv", Row, "another one")
    with pytest.raises(ValueError, match=r"two tables are called failed\.csv"):
        columns.columns([other])


def test_an_archive_lists_the_columns_of_its_own_files(copy, tmp_path, capsys):
    with zipfile.ZipFile(packed(copy, tmp_path, capsys)) as found:
        listed = json.loads(found.read("copy/columns.json"))
    assert set(listed) == {RUNS, WEEKS, "harms.csv", "manifest.json"}


def test_multirun_makes_a_folder_for_each_study(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["tokenmaxxing"])
    words = ["study=run", "organisation.employees=20", "study.replicates=2"]
    main(["--multirun", *words, "weeks=26,30"])
    made = sorted((tmp_path / "outputs").iterdir())
    assert [Finished(folder).weeks for folder in made if folder.name != "multirun"] in (
        [26, 30],
        [30, 26],
    )
    capsys.readouterr()
    for folder in made:
        if folder.name != "multirun":
            assert "every number" in said(capsys, "study=verify", f"path={folder}")
