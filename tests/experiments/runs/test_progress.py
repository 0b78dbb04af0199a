import io
import time

import pytest

from experiments.runs import progress
from experiments.runs.progress import Progress, clock, rate


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_what_is_short_goes_without_a_word(stream):
    with Progress(3, stream=stream) as bar:
        for _ in range(3):
            bar.advance()
    assert "runs" not in stream.getvalue()


def test_a_log_gets_lines_with_rate_and_time_left(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    stream = io.StringIO()
    with Progress(1000, done=10, stream=stream) as bar:
        for _ in range(3):
            bar.advance()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("11 of 1,000 runs, ")
    assert lines[0].endswith(" left")


def test_a_terminal_gets_a_bar_after_a_while(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with Progress(5, stream=stream) as bar:
        for _ in range(3):
            time.sleep(0.1)
            bar.advance()
    assert "3/5" in stream.getvalue()


def test_rates_have_a_unit_that_reads_well():
    assert rate(34.21) == "34.2 runs/s"
    assert rate(0.5) == "30.0 runs/min"
    assert rate(0.001) == "3.6 runs/h"


def test_durations_read_as_hours_minutes_seconds():
    assert clock(3725.4) == "1:02:05"
