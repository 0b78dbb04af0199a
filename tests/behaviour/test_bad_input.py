"""What a person gets wrong: exit code 2, one to three lines, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.__main__ import main

ROOT = Path(__file__).parents[2]
PHASES = "timeline=[{week: 40, change: %s}, {week: %s, change: %s}]"

# The arguments, then words that the message must hold.
CASES = {
    "group": (["quotta=monthly"], ["quotta", "quota?"]),
    "key": (["people.never_gamer=.5"], ["people.never_gamer;", "people.never_gamers?"]),
    "key without group": (["never_gamers=.5"], ["people.never_gamers?"]),
    "deeper key": (["quota.amount.x=1"], ["quota.amount.x", "quota.amount?"]),
    "key below a number": (["weeks.x=1"], ["weeks.x", "no keys"]),
    "member": (["quota=montly"], ["quota=montly", "quota=monthly?"]),
    "number for a member": (["quota=3"], ["quota=3", "quota.<key>=3"]),
    "scheme": (["scheme=amazon2026"], ["amazon2026", "scheme=amazon_2026?"]),
    "parent": (["changes=review_linkd"], ["'review_linkd'", "review_linked?"]),
    "parent of a phase": (
        ['timeline=[{week: 40, change: ["changes=review_linked"]}]'],
        ["changes=review_linked", "cannot change in mid-run"],
    ),
    "study": (["study=compar"], ["study=compar;", "study=compare?"]),
    "key of the study": (["study=run", "study.replicate=3"], ["study.replicates?"]),
    "key of another study": (["study=run", "study.week=3"], ["study=run has"]),
    "listed scheme": (
        ["study=compare", "study.schemes=[amzon_2026]"],
        ["amzon_2026", "amazon_2026?"],
    ),
    "baseline": (
        ["study=compare", "study.baseline=volntary"],
        ["study.baseline", "voluntary?"],
    ),
    "1.7": (["people.never_gamers=1.7"], ["is 1.7;", "[0, 1]", "0.017 for 1.7 %"]),
    "30": (["people.never_gamers=30"], ["is 30;", "[0, 1]", "Use 0.3 for 30 %"]),
    "negative share": (["people.never_gamers=-.1"], ["is -0.1;", "[0, 1]"]),
    "negative weeks": (["weeks=-3"], ["weeks is -3", "[1, 5200]"]),
    "half a week": (["weeks=52.5"], ["weeks is 52.5", "a whole number"]),
    "nobody": (["organisation.employees=0"], ["organisation.employees is 0", "[1,"]),
    "true for a number": (["people.learning=true"], ["people.learning is true"]),
    "true for weeks": (["weeks=true"], ["weeks is true", "a whole number"]),
    "number for true": (["quota.visible=1"], ["quota.visible is 1", "true or false"]),
    "NaN": (["quota.penalty=nan"], ["quota.penalty is nan", "finite"]),
    "infinity": (["quota.penalty=inf"], ["quota.penalty is inf", "finite"]),
    "minus infinity": (["people.belief_mean=-inf"], ["is -inf", "finite"]),
    "word for a number": (["weeks=many"], ["weeks is 'many'", "a whole number"]),
    "no value": (["people.learning="], ["people.learning is ''", "a number"]),
    "null": (["people.learning=null"], ["people.learning is null", "a number"]),
    "list": (["people.learning=[1]"], ["people.learning is [1]", "a number"]),
    "seed below 0": (["seed=-1"], ["seed is -1", "9223372036854775807"]),
    "seed too large": (["seed=9223372036854775808"], ["seed is 9223372036854775808"]),
    "threads": (["engine.threads=-1"], ["engine.threads is -1", "[0, 1024]"]),
    "replicates": (
        ["study=compare", "study.replicates=1"],
        ["study.replicates is 1", "[2, 100000]"],
    ),
    "measure": (["quota=monthly", "quota.measure=tokns"], ["quota.measure", "tokens?"]),
    "nothing counted": (
        ["quota=monthly", "quota.measure=headline", "measure.tokens=0"],
        ["measure is headline", "counts nothing", "measure.tokens"],
    ),
    "window": (["quota=monthly", "quota.weeks=300"], ["quota.weeks is 300", "104"]),
    "short run": (["weeks=20"], ["review.weeks is 26", "20 weeks"]),
    "order": (
        [PHASES % ('["quota=monthly"]', 30, "[]")],
        ["week 30 after week 40", "weeks must rise"],
    ),
    "phase after the end": (
        ["weeks=60", PHASES % ("[]", 60, "[]")],
        ["week 60", "choose 1 to 59"],
    ),
    "phase at 0": (
        ["timeline=[{week: 0, change: []}]"],
        ["week 0", "a whole number from 1 on"],
    ),
    "phase without change": (["timeline=[{week: 3}]"], ["timeline has", "change:"]),
    "unknown key of a phase": (
        ["timeline=[{week: 3, technolgy: {gain: 1}}]"],
        ["timeline has", "technology: {gain: 0.9}"],
    ),
    "unknown key of a release": (
        ["timeline=[{week: 3, technology: {gian: 1}}]"],
        ["timeline, week 3", "technology.gian", "gain?", "gain, loss, price"],
    ),
    "value of a release": (
        ["timeline=[{week: 3, technology: {gain: -1}}]"],
        ["timeline, week 3", "technology.gain is -1", "[0, 10]"],
    ),
    "word in a release": (
        ["timeline=[{week: 3, technology: {price: cheap}}]"],
        ["timeline, week 3", "technology.price is 'cheap'", "a number"],
    ),
    "no release": (
        ["timeline=[{week: 3, technology: better}]"],
        ["timeline, week 3", "technology is 'better'"],
    ),
    "technology as a change": (
        [PHASES % ('["technology.gain=1"]', 50, "[]")],
        ["timeline, week 40", "technology: {gain: 0.9}"],
    ),
    "release from nothing": (
        ["technology.price=0", "timeline=[{week: 3, technology: {price: 1}}]"],
        ["week 3", "technology.price is 1", "starts at 0"],
    ),
    "no timeline": (["timeline=3"], ["timeline is 3", "a list such as"]),
    "one phase, no list": (
        ["timeline={week: 3}"],
        ["cannot read timeline={week: 3}", "A timeline is written"],
    ),
    "one phase of a group, no list": (
        ["groups={a: {share: 0.5, timeline: {week: 3}}}"],
        ["groups, a: ", "A timeline is written"],
    ),
    "unknown key in a group": (
        ["groups={a: {share: 0.5, change: ['bord=team']}}"],
        ["groups, a: there is no key bord", "top_board?"],
    ),
    "unknown key in a timeline": (
        [PHASES % ('["quotta=monthly"]', 50, "[]")],
        ["timeline, week 40", "there is no key quotta", "quota?"],
    ),
    "quotes of a timeline": (
        ["timeline=[{week: 40, change: [quota=none]}]"],
        ["A timeline is written", "both kinds of quotes"],
    ),
    "member in a timeline": (
        [PHASES % ('["quota=montly"]', 50, "[]")],
        ["timeline, week 40", "quota=monthly?"],
    ),
    "value in a timeline": (
        [PHASES % ('["quota.penalty=-1"]', 50, "[]")],
        ["timeline, week 40", "quota.penalty is -1"],
    ),
    "people in a timeline": (
        [PHASES % ('["people.learning=.2"]', 50, "[]")],
        ["people.learning=.2", "parts of the scheme"],
    ),
    "employee": (
        ["study=one", "study.employee=500"],
        ["study.employee is 500", "0 to 499"],
    ),
    "no equals sign": (["quota"], ["cannot read 'quota'", "key=value"]),
    "plus": (["+quota.x=1"], ["not added or deleted"]),
    "tilde": (["~quota"], ["cannot read '~quota'"]),
    "package": (["quota@x=monthly"], ["quota@x", "is not a key"]),
    "open bracket": (["quota.amount=[1"], ["cannot read 'quota.amount=[1'", "quotes"]),
    "sweep": (["weeks=52,104"], ["several values", "--multirun"]),
    "interpolation": (["weeks=${seed}"], ["weeks=${seed}", "the value itself"]),
    "empty out": (["out="], ["out is ''", "outputs/ours"]),
    "line break in out": (["out=a\nb"], ["out is 'a\\nb'", "control characters"]),
    "zero byte in out": (["out=a\0b"], ["out is 'a\\x00b'", "control characters"]),
    "flag": (["--foo"], ["--foo", "--multirun", "key=value"]),
    "flag without word": (["--cfg"], ["--cfg", "job"]),
    "flag and key": (["--cfg", "job", "wekes=3"], ["wekes", "weeks?"]),
    "sweep of members": (["--multirun", "quota=none,montly"], ["quota=monthly?"]),
    "key twice": (
        ["study=sweep", "study.levers={quota.penalty: [0], quota.penalty: [1]}"],
        ["study.levers holds the key quota.penalty twice"],
    ),
    "key twice, deep": (
        ["timeline=[{week: 40, week: 50, change: []}]"],
        ["timeline holds the key week twice"],
    ),
    "key twice in a sweep": (
        ["--multirun", "study=sweep", "study.levers={a: [0], a: [1]},null"],
        ["study.levers holds the key a twice"],
    ),
    "key twice in a setting of Hydra's": (
        ["--multirun", "hydra.sweep={dir: a, dir: b}"],
        ["hydra.sweep holds the key dir twice"],
    ),
    "key twice in a phase": (
        [PHASES % ('["quota.amount=1", "quota.amount=2"]', 50, "[]")],
        ["timeline, week 40", "quota.amount stands twice, as 1 and as 2"],
    ),
    "key twice in a family": (
        [
            "study=goodhart_curve",
            "study.families=[{name: a, lever: quota.penalty, "
            'with: ["quota.weeks=2", "quota.weeks=4"]}]',
        ],
        ["study.families, a: quota.weeks stands twice"],
    ),
    "files of schemes": (
        ["--multirun", "scheme=./a.yaml,./b.yaml"],
        ["scheme=./a.yaml,./b.yaml names several files", "once for each"],
    ),
    "a file and a scheme": (
        ["--multirun", "scheme=voluntary,b.yaml"],
        ["scheme=voluntary,b.yaml names several files"],
    ),
    "files of studies": (
        ["study=a.yaml,b.yaml"],
        ["study=a.yaml,b.yaml names several"],
    ),
    **{
        f"unknown home, {key}": (
            [f"{key}=~nobody_is_called_this/x.yaml"],
            [f"{key}=~nobody_is_called_this/x.yaml", "no home folder ~nobody_is"],
        )
        for key in ("out", "data", "path", "scheme", "study")
    },
    "unknown home, table": (
        ["study=sweep", "study.table='~nobody_is_called_this/x.csv'"],
        ["study.table=~nobody_is_called_this/x.csv", "no home folder ~nobody_is"],
    ),
    **{
        f"too long a name, {key}": (
            [f"{key}=./{300 * 'x'}"],
            [f"{key}=./xxx", "file name too long"],
        )
        for key in ("out", "data", "path", "scheme", "study")
    },
    "too long a name, table": (
        ["study=sweep", f"study.table='{300 * 'x'}.csv'"],
        ["study.table=xxx", "file name too long"],
    ),
    "missing file": (["scheme=./ours.yaml"], ["ours.yaml", "no such file"]),
}

FILES = {
    "empty": ("", ["line 1", "empty"]),
    "comments": ("# nothing\n", ["line 1", "empty"]),
    "open bracket": ("quota:\n  amount: [1\n", ["line 3", "expected"]),
    "indentation": ("quota:\n  amount: 1\n penalty: 2\n", ["line 3"]),
    "tab": ("quota:\n\tamount: 1\n", ["line 2"]),
    "not text": ("\0", ["line 1"]),
    "list": ("- quota\n", ["line 1", "keys are needed"]),
    "part": ("\nqouta: {amount: 3}\n", ["line 2", "qouta", "quota?"]),
    "group": ("defaults:\n  - override /revew: linked\n", ["line 2", "review?"]),
    "member": ("defaults:\n  - override /review: likned\n", ["line 2", "linked?"]),
    "key": ("quota:\n  amout: 3\n", ["line 2", "quota.amout", "quota.amount?"]),
    "value": ("quota:\n  amount: 1\n  penalty: 17\n", ["line 3", "is 17", "[0, 10]"]),
    "not a number": ("quota:\n  amount: nan\n", ["line 2", "is nan", "finite"]),
    "YAML's not a number": ("quota:\n  amount: .nan\n", ["line 2", "a number is"]),
    "part twice": (
        "quota:\n  amount: 160\nquota:\n  penalty: 0.2\n",
        ["line 3", "the key quota stands in line 1 already"],
    ),
    "key twice": ("quota: {amount: 1, amount: 2}\n", ["line 1", "the key amount"]),
    "member twice": (
        "defaults:\n  - override /quota: monthly\n  - override /quota: none\n",
        ["quota stands twice, as monthly and as none"],
    ),
    "key twice in a phase": (
        "timeline: [{week: 40, change: [quota.amount=1, quota.amount=2]}]\n",
        ["line 1", "week 40", "quota.amount stands twice, as 1 and as 2"],
    ),
    "octal": ("quota:\n  amount: 0160\n", ["line 2", "is '0160'", "a number"]),
    "hexadecimal": ("quota:\n  amount: 0x_\n", ["line 2", "is '0x_'", "a number"]),
    "underscore": ("quota:\n  amount: 1_60\n", ["line 2", "is '1_60'", "a number"]),
    "minutes": ("quota:\n  weeks: 1:20\n", ["line 2", "is '1:20'", "a whole number"]),
    "date": ("quota:\n  amount: 2026-02-30\n", ["line 2", "is '2026-02-30'"]),
    "yes": ("quota:\n  visible: yes\n", ["line 2", "is 'yes'", "true or false"]),
    "quoted truth": ('quota:\n  visible: "true"\n', ["line 2", "'true'", "or false"]),
    "tag": ("quota:\n  amount: !!int x\n", ["line 2", "tags are not read"]),
    "alias": ("quota: &q {amount: 1}\nbonus: *q\n", ["line 2", "aliases"]),
    "timeline": ("timeline: 7\n", ["line 1", "timeline is 7"]),
}


@pytest.mark.parametrize(("arguments", "words"), CASES.values(), ids=CASES)
def test_a_mistake_is_named(arguments, words, capsys):
    assert_named(arguments, words, capsys)


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_a_mistake_in_a_file_is_named_with_its_line(content, words, tmp_path, capsys):
    path = tmp_path / "ours.yaml"
    path.write_text(content)
    assert_named([f"scheme={path}"], [str(path), *words], capsys)


def test_a_published_scheme_that_does_not_fit_is_named():
    from experiments.config.request import ask, schemes
    from experiments.errors import UserError

    with pytest.raises(UserError, match="scheme amazon_2026: timeline has week 40"):
        schemes(ask(["weeks=30"]))


@pytest.mark.parametrize("arguments", [["people.never_gamers=30"], ["quota=[1"]])
def test_the_program_ends_with_2_and_no_traceback(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "experiments", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert_message(done.stderr)
    assert done.stdout == ""


def assert_named(arguments, words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["study=check", *arguments])
    out, err = capsys.readouterr()
    assert ended.value.code == 2
    assert out == ""
    assert_message(err)
    for word in words:
        assert word in err


def assert_message(err):
    assert err.startswith("tokenmaxxing: ")
    assert 1 <= err.count("\n") <= 3
    assert "Traceback" not in err
    assert "://" not in err
