"""Half-day decisions a second, time to hire and memory: all frameworks in turns.

For each size every framework gets a process of its own. A week comes first that is not
counted (where it is short); then the frameworks take turns, a stretch of weeks each,
until all have their repeats or have used up the time that each may take. A size that
would take longer than that by what the size before it took is not run but extrapolated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.figure import Figure, spread
from benchmarks.processes import Worker

HALF_DAYS = 10
STRETCH = 0.25
"""Seconds that a repeat should last, so that the clock and start of a call vanish."""
SHORT = 1.0
"""Seconds; a first week that is longer counts, because warming up is not worth it."""
MOST_WEEKS = 100
"""Weeks that an organisation lives altogether; that of Starsim is made for so many."""


class Contestant(NamedTuple):
    """A framework, or our engine in some configuration."""

    what: str
    rules: str
    threads: int  # 0: the framework decides
    worker: str  # name that ``worker.py`` knows it by
    package: str  # to be installed; empty for ours


def contestants(cores: int) -> list[Contestant]:
    """All that are compared, ours first."""
    ours = [
        Contestant("this engine", "reduced", 1, "reduced:1", ""),
        Contestant("this engine", "voluntary", 1, "voluntary:1", ""),
        Contestant("this engine", "everything_at_once", 1, "everything_at_once:1", ""),
    ]
    if cores > 1:
        ours.insert(
            1, Contestant("this engine", "reduced", cores, f"reduced:{cores}", "")
        )
    return [
        *ours,
        Contestant("Mesa", "reduced", 1, "mesa", "mesa"),
        Contestant("AgentPy", "reduced", 1, "agentpy", "agentpy"),
        Contestant("mesa-frames", "reduced", 0, "mesa-frames", "mesa-frames"),
        Contestant("Starsim", "reduced", 1, "starsim", "starsim"),
    ]


@dataclass
class Entry:
    """What was measured of a contestant at one size."""

    contestant: Contestant
    employees: int
    build: float = 0.0  # s
    base: float = 0.0  # MiB before hiring
    peak: float = 0.0  # MiB
    seconds: list[float] = field(default_factory=list)  # a week
    how: str = "measured"
    note: str = ""

    @property
    def week(self) -> float:
        """Seconds of a week, the median."""
        return spread(self.seconds)[0]

    def predicted(self, employees: int) -> "Entry":
        """The same with more employees, if all costs grow in proportion."""
        times = employees / self.employees
        return Entry(
            self.contestant,
            employees,
            self.build * times,
            self.base,
            self.base + (self.peak - self.base) * times,
            [self.week * times],
            "extrapolated",
            f"from {self.employees:,}",
        )


class Trial:
    """A contestant at work at one size."""

    def __init__(
        self,
        contestant: Contestant,
        employees: int,
        python: str,
        rules: Mapping[str, Any],
    ) -> None:
        self.worker = Worker(contestant.worker, python)
        self.entry = Entry(contestant, employees)
        self.rules = rules
        self.spent = 0.0
        self.lived = 0
        self.stretch = 1

    def start(self) -> None:
        """Hire everybody, and live a first week."""
        entry = self.entry
        entry.base = self.worker.ask("warm", rules=self.rules)
        entry.build = self.worker.ask(
            "build", rules=self.rules, employees=entry.employees, seed=1
        )
        self.spent = entry.build
        first = self._live(1)
        if first >= SHORT:
            entry.seconds.append(first)
        again = self._live(1) if first < SHORT else first
        self.stretch = max(1, min(int(STRETCH / again), 15))

    def repeat(self) -> None:
        """Live a stretch of weeks, and count it."""
        self.entry.seconds.append(self._live(self.stretch))
        self.entry.peak = self.worker.ask("peak")

    def has_time(self, cap: float) -> bool:
        """Whether another stretch fits into the time and the horizon."""
        fits = self.lived + self.stretch <= MOST_WEEKS
        next_one = self.entry.week * self.stretch if self.entry.seconds else 0.0
        return fits and self.spent + next_one <= cap

    def _live(self, weeks: int) -> float:
        seconds = self.worker.ask("weeks", weeks=weeks)
        self.spent += seconds
        self.lived += weeks
        return float(seconds) / weeks


def measure(
    chosen: Sequence[Contestant],
    sizes: Iterable[int],
    repeats: int,
    cap: float,
    pythons: Mapping[str, str],
    rules: Mapping[str, Any],
) -> list[Entry]:
    """Entries of all contestants at all sizes; ``cap`` is seconds each at a size."""
    entries: list[Entry] = []
    before: dict[Contestant, Entry] = {}
    for employees in sizes:
        trials = []
        for contestant in chosen:
            earlier = before.get(contestant)
            if earlier is not None:
                likely = earlier.predicted(employees)
                if earlier.how != "measured" or likely.build + 2 * likely.week > cap:
                    entries.append(
                        earlier.predicted(employees)
                        if earlier.how == "measured"
                        else _again(earlier, employees)
                    )
                    before[contestant] = entries[-1]
                    continue
            trials.append(
                Trial(contestant, employees, pythons[contestant.worker], rules)
            )
        ready = [trial for trial in trials if not trial.worker.greet()]
        for trial in ready:
            trial.start()
        for number in range(repeats):
            for trial in ready:
                if number == 0 or trial.has_time(cap):
                    trial.repeat()
        for trial in ready:
            before[trial.entry.contestant] = trial.entry
        entries += [trial.entry for trial in ready]
        for trial in trials:
            trial.worker.close()
    order = [*chosen]
    return sorted(entries, key=lambda e: (e.employees, order.index(e.contestant)))


def _again(entry: Entry, employees: int) -> Entry:
    """What was extrapolated already, extrapolated further."""
    further = entry.predicted(employees)
    further.note = entry.note
    return further


def figures(entries: Iterable[Entry]) -> list[Figure]:
    """The entries as figures."""
    made = []
    for entry in entries:
        contestant, n = entry.contestant, entry.employees
        decisions = n * HALF_DAYS
        rates = spread([decisions / seconds for seconds in entry.seconds])
        for quantity, unit, values in (
            ("decisions", "1/s", rates),
            ("week", "s", spread(entry.seconds)),
            ("hiring", "s", (entry.build, entry.build, entry.build, 1)),
            ("peak memory", "MiB", (entry.peak, entry.peak, entry.peak, 1)),
            (
                "memory each",
                "B",
                ((entry.peak - entry.base) * 2**20 / n,) * 3 + (1,),
            ),
        ):
            made.append(
                Figure(
                    "decisions",
                    contestant.what,
                    contestant.rules,
                    contestant.threads,
                    n,
                    1,
                    1,
                    quantity,
                    unit,
                    *values,
                    f"{entry.how} {entry.note}".strip(),
                )
            )
    return made
