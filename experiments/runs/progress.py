"""Progress of a study: a bar in a terminal, a line now and then in a log."""

import sys
import time
from threading import Lock, Timer
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from experiments.words import screen

PATIENCE = 2.0  # seconds before anything is shown
PAUSE = 10.0  # seconds between two lines of a log


class Progress:
    """Rate and remaining time on standard error; silent if there is little to do.

    ``unit`` is the plural name of the things that are counted.

    Attributes
    ----------
    console : Console
        Where anything else can be said meanwhile: above the bar, or between the lines.
    """

    def __init__(
        self,
        total: int,
        done: int = 0,
        stream: TextIO | None = None,
        unit: str = "runs",
    ) -> None:
        stream = stream or sys.stderr
        self.console = screen.console(stream)
        shown: _BarShown | _Lines
        if self.console.is_terminal:
            shown = _BarShown(self.console, total, done, unit)
        else:
            shown = _Lines(stream, total, done, unit)
        self._shown = shown

    def begin(self, name: str) -> None:
        """Show the name of the piece at work, if a bar is shown."""
        self._shown.begin(name)

    def advance(self, count: int = 1) -> None:
        """Count some more runs as done."""
        self._shown.advance(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shown.close()


class _BarShown:
    """A bar that appears after a while and disappears at the end."""

    def __init__(self, console: Console, total: int, done: int, unit: str) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(unit),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task(unit, total=total, completed=done)
        self._lock = Lock()
        self._closed = False
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def _appear(self) -> None:
        with self._lock:
            if not self._closed:
                self._bar.start()

    def begin(self, name: str) -> None:
        self._bar.update(self._task, description=name)

    def advance(self, count: int) -> None:
        self._bar.advance(self._task, count)

    def close(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._closed = True
            self._bar.stop()


class _Rate(ProgressColumn):
    """A column with the present rate."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(rate(speed, self._unit) if speed else "")


class _Lines:
    """A plain line now and then, the first one after a while."""

    def __init__(self, stream: TextIO, total: int, done: int, unit: str) -> None:
        self._stream, self._unit = stream, unit
        self._total, self._done = total, done
        self._said, self._before = time.monotonic(), done

    def begin(self, name: str) -> None:
        pass

    def advance(self, count: int) -> None:
        now = time.monotonic()
        self._done += count
        if now - self._said >= PAUSE and self._done < self._total:
            speed = (self._done - self._before) / (now - self._said)
            self._said, self._before = now, self._done
            left = clock((self._total - self._done) / speed)
            print(
                f"{self._done:,} of {self._total:,} {self._unit}, "
                f"{rate(speed, self._unit)}, {left} left",
                file=self._stream,
                flush=True,
            )

    def close(self) -> None:
        pass


def rate(speed: float, unit: str = "runs") -> str:
    """Write a rate per second; per minute or hour if runs take long."""
    for factor, time_unit in ((1, "s"), (60, "min")):
        if speed * factor >= 1:
            return f"{speed * factor:,.1f} {unit}/{time_unit}"
    return f"{speed * 3600:.1f} {unit}/h"


def clock(seconds: float) -> str:
    """Write a duration as h:mm:ss."""
    minutes, second = divmod(round(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"
