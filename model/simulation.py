"""One organisation, week by week: hiring, warm-up, steps and phases."""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from itertools import pairwise
from operator import index
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from model import parameters, week
from model.block import BLOCK
from model.by_part import add_up_parts, means, no_sums
from model.compiled import plain
from model.dismissing import dismiss
from model.first_start import make_ready
from model.incentive import Counted
from model.incentives import guidance
from model.measure import COUNTING, count_spend, counting
from model.network import teams
from model.outcomes import (
    COLUMNS,
    OUTCOME,
    SUMS,
    measure_week,
    put_in_order,
    total,
    totals,
)
from model.progress import Progress, progress
from model.published import PUBLISHED
from model.regimes import Regimes, one_regime, regimes
from model.scenario import (
    HEADLINE,
    REVIEW_OUTPUT,
    ROW,
    ROWS,
    Adopted,
    Scenario,
    Scheme,
)
from model.settlement import (
    BOARDS,
    TALLY,
    close,
    open_window,
    settle_cut,
)
from model.week import NOTES
from model.week_end import finish_chunks
from model.workforce import CHUNK, EMPLOYEE, Floats, Ints, hire_all

WARM_UP = 12
"""Weeks under the voluntary scheme before the first reported one."""
SLICE = 20_000
"""Employees from which on one organisation is worth splitting over threads."""
NO_ACTIVITIES = np.zeros((0, 10), np.int8)
NO_NOTES: Any = np.zeros(0, NOTES)
LATER = {*Scheme.model_fields, "weeks", "timeline", "groups"}
WORLD = sorted({*Scenario.model_fields} - LATER)
"""Fields of a scenario that act before its first week: all but schemes and length."""


class Simulation:
    """One organisation that can be stepped week by week; warmed up when made.

    With a pool of some threads the employees are split into slices that run side by
    side, when it is made as in a step, with the same result.

    Attributes
    ----------
    week : int
        Weeks reported so far; the next step is this week.
    staff : structured array, shape (n,)
        All employees; ``staff["savvy"]`` is a column, see ``model.workforce.Employee``.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        replicate: int = 0,
        pool: ThreadPoolExecutor | None = None,
        threads: int = 1,
    ) -> None:
        parameters.check(scenario)
        self._warm_up(scenario, *luck(seed, replicate), pool, threads)
        self._start(scenario, pool)

    @classmethod
    def warmed(cls, scenario: Scenario, seed: int, replicate: int) -> Self:
        """An organisation after its warm-up, of which ``under`` makes runs."""
        simulation = cls.__new__(cls)
        simulation._warm_up(scenario, *luck(seed, replicate), None, 1)
        return simulation

    def under(self, scenario: Scenario) -> Self:
        """A copy of a warmed organisation, in the first week of a scenario.

        It must have the world of the scenario that was warmed up, see ``world``.
        """
        simulation = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray) and name != "_outside":  # who knows whom
                setattr(simulation, name, value.copy())
        simulation._start(scenario, None)
        return simulation

    def _warm_up(
        self,
        scenario: Scenario,
        seed: int,
        replicate: int,
        pool: ThreadPoolExecutor | None,
        threads: int,
    ) -> None:
        self.seed, self.replicate = seed, replicate
        make_ready()
        self.scenario = scenario
        self.week = -WARM_UP
        size = scenario.organisation
        n = size.employees
        self.staff: Any = np.zeros(n, EMPLOYEE)
        self.staff["generation"], self.staff["vacant"] = -1, True
        self._outside = np.zeros((n, scenario.peers.outside), np.int32)
        self._activities = NO_ACTIVITIES
        self._chunks = -(-n // CHUNK)
        self._columns = np.zeros((len(COLUMNS), n))
        self.staff["role"] = scenario.workforce.of_people(n, size.team_size)
        self._live_under(one_regime((Adopted(0, Scheme()),), n))
        self._enforce(Scheme(), 0)
        run_all(pool, self._hire, split(n, self._slices(threads)))
        self._open(range(ROWS), 0, pool)
        while self.week < 0:
            self._step(pool, threads)

    def _start(self, scenario: Scenario, pool: ThreadPoolExecutor | None) -> None:
        self.scenario = scenario
        self.staff["usual_use"] = self.staff["pace_genuine"]
        for name in ("output_sum", "reward_sum", "welfare_sum"):
            self.staff[name] = 0.0
        if scenario.groups:
            groups = scenario.groups_of_people(self.seed, self.replicate)
            self.staff["group"] = groups
            self._live_under(regimes(scenario, groups))
        else:
            self._live_under(one_regime(scenario.phases, len(self.staff)))
        for regime, ((_, scheme), *_) in enumerate(self.regimes.schemes):
            self._enforce(scheme, regime)
            self._open(range(ROWS), regime, pool)

    def _live_under(self, lived: Regimes) -> None:
        """Have people live under these regimes, each with rules and tables apart.

        What is published so far is published to all of them.
        """
        count = len(lived.schemes)
        self.regimes = lived
        self._waiting = [deque(schemes[1:]) for schemes in lived.schemes]
        self._schemes = [Scheme()] * count
        # Arrays of records: a rule takes them ten times faster than a record.
        self._counted: Any = np.zeros(count, COUNTING)
        published = vars(self).get("_public", np.zeros(1, PUBLISHED))
        self._public: Any = np.repeat(published[:1], count)
        self._world: Any = np.zeros(count, parameters.dtype(Scenario))
        size = self.scenario.organisation
        teams_there = plain(teams)(size.team_size, size.employees)
        self._shares = np.zeros((count, teams_there + 1))
        self._tallies: Any = np.zeros((count, self._chunks), TALLY)
        for regime, people in enumerate(lived.people):
            per_other = 1.0 / (people - 1) if people > 1 else math.inf
            self._public[regime]["per_other"] = per_other

    def step(self, pool: ThreadPoolExecutor | None = None, threads: int = 1) -> Floats:
        """Let a week pass; the outcomes of the week in the order of ``NAMES``."""
        self.enter_phase()
        return self._step(pool, threads)

    def enter_phase(self) -> None:
        """Adopt what timelines foresee from the coming week on: schemes, technology.

        Technology may also drift from week to week.
        """
        now = progress(self.scenario, self.week)
        if now != self._progress:
            self._release(now)
        for regime, waiting in enumerate(self._waiting):
            if waiting and waiting[0].week == self.week:
                self.adopt(waiting.popleft().scheme, regime)

    def _step(self, pool: ThreadPoolExecutor | None, threads: int) -> Floats:
        n, slices = len(self.staff), self._slices(threads)
        order, bounds = self._people
        run_all(pool, self._advance, self._sliced(slices))
        sums: Any = np.zeros((len(self._schemes), self._chunks), SUMS)
        run_all(pool, partial(self._finish, sums), split(self._chunks, slices))
        close(self.staff, order, bounds, *self._rules, self._tallies)
        cuts = [
            (
                *(regime, row, self.staff, order, bounds),
                *(self._counted, self._public, self._world),
            )
            for regime in range(len(self._schemes))
            for row in BOARDS
            if self._is_settled(regime, row)
        ]
        run_all(pool, settle_cut, cuts)
        parts = totals(sums)
        for regime in range(len(self._schemes)):
            if self._is_settled(regime, ROW.dismissal):
                self._dismiss(regime, parts)

        ranks, tenths = np.empty((2, n), np.int32), np.empty((2, n), np.bool_)
        outcomes: Any = np.zeros(1, OUTCOME)
        orders = [
            (first, last, self._columns, ranks, tenths, outcomes)
            for first, last in split(len(COLUMNS), min(len(COLUMNS), slices))
        ]
        run_all(pool, put_in_order, orders)
        hours = np.array([scheme.hours_taken for scheme in self._schemes])
        measure_week(
            outcomes,
            total(parts),
            parts,
            ranks,
            tenths,
            self._public,
            self._world,
            hours,
        )
        if self.staff["vacant"].any():
            run_all(pool, self._hire, split(n, slices))
        self.week += 1
        return cast(Floats, outcomes.view(np.float64))

    def _sliced(self, slices: int) -> Iterator[tuple[int, int, int]]:
        """Slices of the people under each regime, by their places in the order."""
        bounds = self.regimes.bounds
        for regime, people in enumerate(self.regimes.people):
            start = int(bounds[regime, 0])
            for first, last in split(int(people), slices):
                yield regime, start + first, start + last

    def _is_settled(self, regime: int, row: int) -> bool:
        """Whether the week that was closed ended a window."""
        elapsed = self._public[regime]["elapsed"][row]
        return bool(self._counted[regime]["on"][row] and elapsed == 0)

    def _dismiss(self, regime: int, parts: Any) -> None:
        dismiss(
            regime,
            self.week + WARM_UP,
            self.staff,
            *self._people,
            self._world,
            self.seed,
            self.replicate,
            parts,
        )

    def _slices(self, threads: int) -> int:
        """Several a thread in a large organisation: none waits long for another."""
        return min(8 * threads, max(threads, self._chunks))

    def _hire(self, first: int, last: int) -> None:
        hire_all(
            first,
            last,
            self.staff,
            self._outside,
            self._world,
            self.seed,
            self.replicate,
        )

    def _advance(self, regime: int, first: int, last: int) -> None:
        members = self.regimes.order[first:last]
        self._live(regime, members, 0, NO_NOTES, self._activities)

    def _live(
        self,
        regime: int,
        members: Ints,
        noted: int,
        notebook: Any,
        activities: NDArray[np.int8],
    ) -> None:
        blocks: Any = np.zeros(1, BLOCK)
        week.advance(
            regime,
            members,
            self.week + WARM_UP,
            self.staff,
            *self._rules,
            self.seed,
            self.replicate,
            blocks,
            noted,
            notebook,
            activities,
        )

    def _finish(self, sums: Any, first: int, last: int) -> None:
        finish_chunks(
            first,
            last,
            self.week + WARM_UP,
            self.staff,
            *self._people,
            self._outside,
            self._counted,
            self._public,
            self._world,
            self.seed,
            self.replicate,
            self._tallies,
            sums,
            self._columns,
        )

    @property
    def published(self) -> Any:
        """What people outside groups see, by the names of ``model.published``."""
        return self.published_to(len(self.scenario.groups))

    def published_to(self, group: int) -> Any:
        """What people in a group see; groups are numbered as in ``Scenario.parts``."""
        return self._public[self.regimes.of_parts[group]]

    def scheme_of(self, row: int) -> Scheme:
        """The scheme that an employee is under."""
        return self._schemes[self.regimes.of_parts[self.staff[row]["group"]]]

    def ranked_with(self, row: int) -> Ints:
        """The rows, upwards, of those who share boards and targets with an employee."""
        return self.regimes.members(self.regimes.of_parts[self.staff[row]["group"]])

    @property
    def _counting(self) -> Any:
        return self._counted[self.regimes.of_parts[-1]]

    @property
    def _row(self) -> Any:
        return self._world[self.regimes.of_parts[-1]]

    @property
    def _share(self) -> Floats:
        return self._shares[self.regimes.of_parts[-1]]

    @property
    def _people(self) -> tuple[Ints, NDArray[np.int64]]:
        """Who is under which regime."""
        return self.regimes.order, self.regimes.bounds

    @property
    def _rules(self) -> tuple[Any, Any, Any, Any]:
        """What rules read beside the people: counting, published, shares, scenario."""
        return self._counted, self._public, self._shares, self._world

    def adopt(self, scheme: Scheme, regime: int = 0) -> None:
        """Put another scheme in force under a regime from the next step on.

        The windows of incentives that change start anew; equal parts go on as before.
        Values are taken as they are: a derivative looks beyond the range of a weight.
        """
        changed = changed_rows(self._schemes[regime], scheme)
        self._enforce(scheme, regime)
        if ROW.review in changed and self._counted[regime]["on"][ROW.review]:
            changed.add(
                REVIEW_OUTPUT
            )  # the two scores of a review are settled together
        self._open(sorted(changed), regime)

    def note(self, first: int, last: int) -> Any:
        """What employees first..last-1 would do in the coming week, and why.

        Returns a structured array of ``model.week.Notes``. Nothing is changed, except
        that a phase which starts with the coming week is entered, as a step would.
        """
        self.enter_phase()
        notebook: Any = np.zeros(last - first, NOTES)
        kept = self.staff[first:last].copy()
        for regime in range(len(self._schemes)):
            members = self.regimes.members(regime)
            here = members[slice(*np.searchsorted(members, [first, last]))]
            self._live(regime, here, first, notebook, NO_ACTIVITIES)
        self.staff[first:last] = kept
        return notebook

    def by_part(
        self,
        part: Ints,
        parts: int,
        pool: ThreadPoolExecutor | None = None,
        threads: int = 1,
    ) -> Floats:
        """Outcomes of the latest week by part, (len(by_part.NAMES), parts).

        ``part`` (n,) is the role or the group of people, one of so many.
        """
        sums = no_sums(self._chunks)
        slices = [
            (first, last, self.staff, *self._people, part, self._world, sums)
            for first, last in split(self._chunks, self._slices(threads))
        ]
        run_all(pool, add_up_parts, slices)
        return means(sums, parts)

    def record_activities(self) -> NDArray[np.int8]:
        """Keep the activities of every step from now on in the array returned."""
        self._activities = np.zeros((len(self.staff), 10), np.int8)
        return self._activities

    def _enforce(self, scheme: Scheme, regime: int) -> None:
        self._schemes[regime] = scheme
        levers = {name: getattr(scheme, name) for name in Scheme.model_fields}
        scenario = self.scenario.model_copy(update=levers)
        world, public = self._world[regime : regime + 1], self._public[regime]
        world[0] = parameters.row(scenario)
        noise = plain(guidance.noise)(scheme.guidance, scenario.people.judgement_noise)
        world["workforce"]["looks"] = scenario.workforce.looks_at(noise)
        if scheme.review.visible:
            public["suspicion"] = 1.0
        self._counted[regime] = counting(scheme, suspicion=public["suspicion"] > 0)
        self._release(progress(self.scenario, self.week))

    def _release(self, now: Progress) -> None:
        """Give everybody the technology of the coming week."""
        self._progress = now
        for name in ("gain", "lacking", "tokens", "price"):
            self._public[name] = getattr(now, name)
        self._world["technology"]["loss"] = now.loss
        for counted, scheme in zip(self._counted, self._schemes, strict=True):
            count_spend(counted, scheme, now.price)

    def _open(
        self,
        rows: Iterable[int],
        regime: int,
        pool: ThreadPoolExecutor | None = None,
    ) -> None:
        opened = [
            (regime, row, self.staff, *self._people, *self._rules, self._tallies)
            for row in rows
            if self._counted[regime]["on"][row]
        ]
        run_all(pool, open_window, opened)


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


def run_all(
    pool: ThreadPoolExecutor | None,
    function: Callable[..., Any],
    given: Iterable[tuple[Any, ...]],
) -> list[Any]:
    """Results of a function for several lots of arguments, side by side on a pool."""
    return list((pool.map if pool else map)(lambda each: function(*each), given))


def split(count: int, parts: int) -> Iterable[tuple[int, int]]:
    """Bounds of so many parts of as equal a size as can be."""
    return pairwise(count * k // parts for k in range(parts + 1))


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
