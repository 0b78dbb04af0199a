"""One organisation, week by week: hiring, warm-up, steps and phases."""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from itertools import pairwise
from operator import index
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from model import parameters, week
from model.choice import PUBLISHED, Published
from model.compiled import announce_compilation, rule
from model.incentive import Counted
from model.measure import Counting, counting
from model.network import teams
from model.outcomes import NAMES, measure_week
from model.scenario import (
    HEADLINE,
    REVIEW_OUTPUT,
    ROW,
    ROWS,
    Scenario,
    Scheme,
)
from model.settlement import open_window
from model.week import NOTES, Notes
from model.workforce import EMPLOYEE, Floats, Ints, Staff, hire_all

WARM_UP = 12
"""Weeks under the voluntary scheme before the first reported one."""
SLICE = 20_000
"""Employees from which on one organisation is worth splitting over threads."""
NO_ACTIVITIES = np.zeros((0, 10), np.int8)
WORLD = sorted({*Scenario.model_fields} - {*Scheme.model_fields, "weeks", "timeline"})
"""Fields of a scenario that act before its first week: all but scheme and length."""


@rule
def whole_week(
    number: int,
    staff: Staff,
    outside: Ints,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
    seed: int,
    replicate: int,
    notebook: Sequence[Notes],
    activities: NDArray[np.int8],
    outcomes: Floats,
) -> None:
    """A week of everybody, from the first half-day to the outcomes."""
    n = len(staff)
    week.advance(
        0,
        n,
        number,
        staff,
        c,
        published,
        share,
        s,
        seed,
        replicate,
        notebook,
        activities,
    )
    week.adapt_all(0, n, number, staff, outside, s, seed, replicate)
    close_week(staff, c, published, share, s, outcomes)


@rule
def close_week(
    staff: Staff,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
    outcomes: Floats,
) -> None:
    """What follows once every slice of employees has lived and changed."""
    week.close(staff, c, published, share, s)
    measure_week(outcomes, staff, s)


class Simulation:
    """One organisation that can be stepped week by week; warmed up when made.

    Attributes
    ----------
    week : int
        Weeks reported so far; the next step is this week.
    staff : structured array, shape (n,)
        All employees; ``staff["savvy"]`` is a column, see ``model.workforce.Employee``.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, replicate: int = 0) -> None:
        self._warm_up(scenario, *luck(seed, replicate))
        self._start(scenario)

    @classmethod
    def warmed(cls, scenario: Scenario, seed: int, replicate: int) -> Self:
        """An organisation after its warm-up, of which ``under`` makes runs."""
        simulation = cls.__new__(cls)
        simulation._warm_up(scenario, *luck(seed, replicate))
        return simulation

    def under(self, scenario: Scenario) -> Self:
        """A copy of a warmed organisation, in the first week of a scenario.

        It must have the world of the scenario that was warmed up, see ``world``.
        """
        simulation = copy(self)
        simulation.staff = self.staff.copy()
        simulation.published = self.published.copy()
        simulation._share = self._share.copy()
        simulation._outcomes = self._outcomes.copy()
        simulation._start(scenario)
        return simulation

    def _warm_up(self, scenario: Scenario, seed: int, replicate: int) -> None:
        self.seed, self.replicate = seed, replicate
        announce_compilation()
        self.scenario = scenario
        self.week = -WARM_UP
        size = scenario.organisation
        self.staff: Any
        self.staff = np.zeros(size.employees, EMPLOYEE)
        self.published: Any = np.zeros(1, PUBLISHED)[0]
        others = size.employees - 1
        self.published["per_other"] = 1.0 / others if others else math.inf
        self._outside = np.zeros((size.employees, scenario.peers.outside), np.int64)
        self._share = np.zeros(teams(size.team_size, size.employees) + 1)
        self._activities = NO_ACTIVITIES
        self._outcomes = np.zeros(len(NAMES))
        self._enforce(Scheme())
        hire_all(self.staff, self._outside, self._row, self.seed, self.replicate)
        self._open(range(ROWS))
        while self.week < 0:
            self._step(None, 1)

    def _start(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._enforce(scenario.scheme)
        self._open(range(ROWS))
        self._phases = deque(scenario.timeline)

    def step(self, pool: ThreadPoolExecutor | None = None, slices: int = 1) -> Floats:
        """Let a week pass; the outcomes of the week in the order of ``NAMES``.

        With a pool the employees are split into slices that run side by side, with
        the same result.
        """
        self.enter_phase()
        return self._step(pool, slices).copy()

    def enter_phase(self) -> None:
        """Adopt the scheme that the timeline foresees from the coming week on."""
        if self._phases and self._phases[0].week == self.week:
            self.adopt(self._phases.popleft().scheme)

    def _step(self, pool: ThreadPoolExecutor | None, slices: int) -> Floats:
        number = self.week + WARM_UP
        if pool is None:
            whole_week(
                number,
                self.staff,
                self._outside,
                *self._rules,
                self.seed,
                self.replicate,
                self._scratch(),
                self._activities,
                self._outcomes,
            )
        else:
            n = len(self.staff)
            bounds = [*pairwise(n * k // slices for k in range(slices + 1))]
            list(pool.map(lambda ends: self._advance(*ends), bounds))
            list(pool.map(lambda ends: self._adapt(*ends), bounds))
            close_week(self.staff, *self._rules, self._outcomes)
        self.week += 1
        return self._outcomes

    def _advance(self, first: int, last: int) -> None:
        week.advance(
            first,
            last,
            self.week + WARM_UP,
            self.staff,
            *self._rules,
            self.seed,
            self.replicate,
            self._scratch(),
            self._activities,
        )

    def _adapt(self, first: int, last: int) -> None:
        week.adapt_all(
            first,
            last,
            self.week + WARM_UP,
            self.staff,
            self._outside,
            self._row,
            self.seed,
            self.replicate,
        )

    def _scratch(self) -> Any:
        return np.zeros(1, NOTES)

    @property
    def _rules(self) -> tuple[Any, Any, Any, Any]:
        """What rules read beside the people: counting, published, shares, scenario."""
        return self._counting, self.published, self._share, self._row

    def adopt(self, scheme: Scheme) -> None:
        """Put another scheme in force from the next step on.

        The windows of incentives that change start anew; equal parts go on as before.
        """
        changed = changed_rows(self._scheme, scheme)
        self._enforce(scheme)
        if ROW.review in changed and self._counting["on"][ROW.review]:
            changed.add(
                REVIEW_OUTPUT
            )  # the two scores of a review are settled together
        self._open(sorted(changed))

    def note(self, first: int, last: int) -> Any:
        """What employees first..last-1 would do in the coming week, and why.

        Returns a structured array of ``model.week.Notes``. Nothing is changed, except
        that a phase which starts with the coming week is entered, as a step would.
        """
        self.enter_phase()
        notebook: Any = np.zeros(last - first, NOTES)
        kept = self.staff[first:last].copy()
        week.advance(
            first,
            last,
            self.week + WARM_UP,
            self.staff,
            *self._rules,
            self.seed,
            self.replicate,
            notebook,
            NO_ACTIVITIES,
        )
        self.staff[first:last] = kept
        return notebook

    def record_activities(self) -> NDArray[np.int8]:
        """Keep the activities of every step from now on in the array returned."""
        self._activities = np.zeros((len(self.staff), 10), np.int8)
        return self._activities

    def _enforce(self, scheme: Scheme) -> None:
        self._scheme = scheme
        levers = {name: getattr(scheme, name) for name in Scheme.model_fields}
        scenario = self.scenario.model_copy(update=levers)
        self._row = parameters.as_record(scenario)
        if scheme.review.visible:
            self.published["suspicion"] = 1.0
        self._counting = counting(scheme, suspicion=self.published["suspicion"] > 0)

    def _open(self, rows: Iterable[int]) -> None:
        for row in rows:
            if self._counting["on"][row]:
                open_window(row, self.staff, *self._rules)


def changed_rows(before: Scheme, after: Scheme) -> set[int]:
    """Rows whose incentive, or the headline that it counts, is not the same."""
    new_headline = before.measure != after.measure
    rows = {
        getattr(ROW, name)
        for name, part in after.incentives.items()
        if part != before.incentives[name]
        or (new_headline and part.counts() is Counted.HEADLINE)
    }
    if before.review != after.review:
        rows.add(REVIEW_OUTPUT)
    if new_headline:
        rows.add(HEADLINE)
    return rows


def world(scenario: Scenario) -> tuple[Any, ...]:
    """Values on which the warm-up depends, beside seed and replicate."""
    return tuple(parameters.row(getattr(scenario, name)) for name in WORLD)


def luck(seed: int, replicate: int) -> tuple[int, int]:
    """Seed and replicate as plain ints; ``ValueError`` if one does not fit."""
    return whole("seed", seed, 2**63), whole("replicate", replicate, 2**32)


def whole(name: str, value: int, end: int) -> int:
    """The value as a plain int from 0 to end - 1, as compiled rules want it.

    Raises ``ValueError`` if it is not a whole number or does not lie there.
    """
    try:
        number = index(value)
    except TypeError:
        number = -1
    if not 0 <= number < end:
        raise ValueError(
            f"{name} is {value!r}; choose a whole number from 0 to {end - 1}"
        )
    return number
