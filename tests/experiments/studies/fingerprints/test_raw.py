"""Raw exports are named and not analysed; panels of study=import are read."""

from datetime import UTC, date, timedelta
from functools import partial

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.config.settings import FingerprintsSettings
from experiments.errors import UserError
from experiments.exports import panel_file
from experiments.exports.collect import collected, recognised
from experiments.exports.panel import panel
from experiments.exports.usage import file
from experiments.studies.fingerprints.analysis import analyse
from experiments.studies.fingerprints.doubts import doubts
from experiments.studies.fingerprints.words import about, answer
from tests import exports
from tests.exports import World

read = partial(file.read, study="fingerprints")

SETTINGS = FingerprintsSettings(
    quota=12.0, period=2, first_deadline=0, below=0.5, above=0.5
)


@pytest.fixture(scope="module")
def world():
    return World(people=40, weeks=8, seed=6)


def imported(world, folder, write, measure):
    path = write(world, folder)
    files = recognised(str(path), measure)
    found = collected(files, measure, UTC, False, lambda size: None)
    made = panel(found.sources, found.seats, measure, "all", date(2026, 6, 1))
    table = panel_file.table(made, found.ids.names, b"secret", measure, "all")
    pq.write_table(table, folder / "panel.parquet")
    return folder / "panel.parquet", made


@pytest.mark.parametrize(
    "write",
    [
        exports.cursor_events,
        exports.cursor_api,
        exports.claude_code_analytics,
        exports.ccusage,
        exports.copilot_ai_usage,
        exports.litellm_logs,
        exports.kiro,
    ],
)
def test_a_raw_export_is_named_and_not_analysed(write, world, tmp_path):
    path = write(world, tmp_path)
    with pytest.raises(UserError) as refused:
        read(path)
    said = str(refused.value)
    assert "as the tool wrote it" in said
    assert f"tokenmaxxing study=import data={path}" in said
    assert len(said.splitlines()) == 3


def test_the_panel_of_an_import_is_read(world, tmp_path):
    path, made = imported(world, tmp_path, exports.cursor_events, "tokens")
    usage = read(path)
    assert usage.people == len(made.people)
    assert usage.output is None
    assert usage.unit == "M tokens"
    assert usage.names[0] == exports.START.date().isoformat()
    for got, want in (
        (np.sort(np.nansum(usage.tokens, axis=1)), np.nansum(made.amounts, axis=1)),
        (np.isnan(usage.tokens).sum(axis=1), np.isnan(made.amounts).sum(axis=1)),
    ):
        np.testing.assert_allclose(np.sort(got), np.sort(want), rtol=1e-12)


def test_another_measure_has_a_quota_in_its_own_unit(world, tmp_path):
    path, _ = imported(world, tmp_path, exports.kiro, "credits")
    usage = read(path)
    assert usage.unit == "credits"
    text = about(usage, SETTINGS)
    assert "the quota of 12.0 credits" in text
    said = answer(analyse(usage, SETTINGS), SETTINGS.quota, usage.unit)
    everything = " ".join([text, *said, *(b for _, b in doubts(usage, SETTINGS))])
    assert "M tokens" not in everything


def test_the_panel_of_an_import_can_be_written_as_csv(world, tmp_path):
    path, _ = imported(world, tmp_path, exports.cursor_events, "tokens")
    pq.read_table(path).to_pandas().to_csv(tmp_path / "panel.csv", index=False)
    np.testing.assert_allclose(
        read(tmp_path / "panel.csv").tokens, read(path).tokens, rtol=1e-12
    )


def test_githubs_report_by_week_with_a_column_renamed_is_refused(world, tmp_path):
    sums = world.by(exports.person_of, exports.week_of)
    rows = [
        (
            *(person, exports.START.date() + timedelta(weeks=week)),
            *(exports.whole(s) / 1e6, s["input"], s["written"], s["read"]),
        )
        for (person, week), s in sums.items()
    ]
    header = ("employee", "week", "tokens", "input", "output", "cache_read")
    path = exports.table(tmp_path / "usage.csv", header, rows)
    with pytest.raises(UserError, match="no work"):
        read(path)
