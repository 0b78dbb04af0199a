"""A company of the plain-Python oracle, from the exports of a tool to the answers."""

import csv
from datetime import timedelta

import pytest

from experiments.__main__ import main
from experiments.worlds.shipped import Worlds, load
from experiments.worlds.world import apply
from tests import exports, reference
from tests.experiments.studies.fit.small import (
    AHEAD,
    START,
    TIMELINE,
    WEEKS,
    composed,
)

pytestmark = pytest.mark.long

WORLD = load()[11]
LUCK = 987


def lived(scenario):
    """Genuine and padded M tokens by week and person, as the oracle tells them."""
    company = reference.Organisation(scenario, reference.Luck(1, LUCK))
    for _ in range(reference.WARM_UP):
        company.live_a_week()
    company.divide()
    weeks = []
    for week in range(WEEKS):
        company.use_technology_of(week)
        for office in company.offices:
            if week in office.later:
                office.adopt(office.later[week])
        company.live_a_week()
        weeks.append(
            {
                f"p{e.number}x{e.generation}": (
                    e.genuine_tokens + e.trivial_tokens,
                    e.padded_tokens,
                )
                for e in company.employees
            }
        )
        company.replace()
    return weeks


class Used:
    """Use of AI in the form that the writers of exports take."""

    def __init__(self, weeks):
        self.requests = []
        for week, people in enumerate(weeks):
            for person, (genuine, padded) in people.items():
                total = round(1e6 * (genuine + padded))
                if total < 4:
                    continue
                place = len(self.requests)
                at = exports.START + timedelta(days=7 * week + place % 7, hours=9)
                # Most of it is read from caches, as agents do.
                read, write, written = total // 2, total // 10, total // 100
                sizes = (total - read - write - written, read, write, written)
                self.requests.append(
                    exports.Request(place, person, at, exports.MODELS[0], sizes)
                )
        self.people = sorted({request.person for request in self.requests})
        self.weeks = len(weeks)

    by = exports.World.by


def total(weeks, part):
    return sum(x[part] for people in weeks[START:] for x in people.values())


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    """The exports of a company under a minimum, and what is true of it."""
    folder = tmp_path_factory.mktemp("oracle")
    scenario = apply(composed(TIMELINE), WORLD)
    under = lived(scenario)
    without = lived(scenario.varied(timeline=()))
    exports.litellm_export(Used(under), folder)
    tokens = total(under, 0) + total(under, 1)
    before = total(without, 0) + total(without, 1)
    padded = 100.0 * total(under, 1) / tokens
    return folder, padded, 100.0 * (tokens / before - 1.0)


def test_exports_of_the_oracle_come_back_as_its_truth(truth, monkeypatch):
    folder, padded, more = truth
    monkeypatch.setattr(Worlds, "is_of_this_model", lambda self: True)
    panel = folder / "panel"
    data = folder / "litellm.csv"
    main(["study=import", f"data={data}", f"out={panel}", "study.taken=2027-01-01"])
    for out in ("one", "two"):
        main(
            [
                *("study=fit", f"data={panel / 'panel.parquet'}", TIMELINE),
                *("study.draws=400", f"study.ahead={AHEAD}"),
                *("study.schemes=[voluntary]", f"study.bank={folder / 'bank'}"),
                f"out={folder / out}",
            ]
        )
    for path in (folder / "one").glob("*.csv"):
        assert path.read_bytes() == (folder / "two" / path.name).read_bytes()
    with (folder / "one" / "answers.csv").open() as file:
        rows = {(row["scheme"], row["what"]): row for row in csv.DictReader(file)}
    for key, true in (
        (("", "padded share of tokens"), padded),
        (("go on", "tokens"), more),
    ):
        row = rows[key]
        assert float(row["low"]) <= true <= float(row["high"])
        assert float(row["width"]) < 0.7
