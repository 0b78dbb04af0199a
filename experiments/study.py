"""The steps of every study: plan, carry out, keep, say, show.

A study is a record of functions. First it makes a plan, and refuses what cannot be
asked. Then the missing runs or pieces are carried out, the tables that follow from them
are written, and the manifest comes last. The terminal and the page show what is read
back from these files. So a finished folder says the same again, and "nothing to do"
means that its page shows the stored numbers.

What the numbers depend on is not listed by hand. It follows from the modules in which a
study's functions stand, and from their imports. Therefore functions that plan and
compute have modules of their own, apart from those that say and show.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from rich.console import Console

from experiments.config.request import Request
from experiments.report.desk import Desk
from experiments.report.ending import say_end
from experiments.report.page import Page
from experiments.report.publish import publish
from experiments.runs import pieces, runner
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan, RunsPlan
from experiments.store.folder import MANIFEST, REPORT, Identity, folder_of
from experiments.store.store import Growth, Store
from experiments.store.table import Row, Table, TableRows
from experiments.words.screen import console

Plan = TypeVar("Plan", bound=RunsPlan[Any] | PiecesPlan[Any])
Subject = TypeVar("Subject")
Source = TypeVar("Source")
Pieces = Mapping[str, Content]
Computed = Mapping[str, Callable[[], Content]]
"""Functions that compute pieces, by name."""


@dataclass(frozen=True)
class Results(Generic[Plan, Source]):
    """A finished study, read from its folder.

    Attributes
    ----------
    source : Store or mapping
        The store of a study of runs; of a study of pieces, its pieces by name.
    desk : Desk
        Where other processes draw charts.
    """

    plan: Plan
    folder: Path
    source: Source
    desk: Desk

    def rows(self, table: Table[Row]) -> list[Row]:
        """Read a table that the study has written."""
        return table.read(self.folder / table.name)


@dataclass(frozen=True)
class Done(Generic[Source]):
    """A finished study, and in words what it took to carry it out now."""

    folder: Path
    source: Source
    took: str


def no_announcement(screen: Console, plan: Any, finished: bool) -> None:
    """Say nothing before the runs."""
    del screen, plan, finished


@dataclass(frozen=True)
class Study(ABC, Generic[Plan, Source]):
    """One question, as functions.

    Attributes
    ----------
    plan : callable
        From a request to a plan. Raises ``UserError`` for what cannot be asked, before
        anything is carried out.
    tables : callable
        From a plan and what was carried out to the rows of every table.
    say : callable
        Prints the results.
    charts : callable
        Names of the charts of the page; the page is whole if all are there.
    page : callable
        Draws the charts into the folder, and makes the page.
    report : str
        Name of the page's file.
    announce : callable
        Prints what is going to be carried out; its last argument tells whether the
        study is finished.
    """

    plan: Callable[[Request], Plan]
    tables: Callable[[Plan, Source], TableRows]
    say: Callable[[Console, Results[Plan, Source]], None]
    charts: Callable[[Results[Plan, Source]], Sequence[str]]
    page: Callable[[Results[Plan, Source]], Page]
    announce: Callable[[Console, Plan, bool], None] = no_announcement
    report: str = REPORT

    def run(self, request: Request) -> None:
        """Carry out a study, or what is missing of it; say and show the results.

        Raises ``UserError`` for what cannot be asked or done. An interruption ends the
        program with exit code 130; finished runs and pieces are kept.
        """
        start = time.perf_counter()
        plan = self.plan(request)
        screen = console()
        finished = self._is_finished(plan)
        self.announce(screen, plan, finished)
        with Desk(plan.request.threads) as desk:
            done = self.carry_out(plan, desk)
            if finished:
                screen.print("complete, nothing to do (again=true does it once more)\n")
            results = Results(plan, done.folder, done.source, desk)
            self.say(screen, results)
            publish(
                done.folder,
                plan.request,
                self.charts(results),
                lambda: self.page(results),
                self.report,
            )
        seconds = time.perf_counter() - start
        say_end(screen, done.folder, done.took, seconds, self.report)

    def _is_finished(self, plan: Plan) -> bool:
        request = plan.request
        folder = folder_of(request.out, request.study, self.identity(plan))
        return not request.again and (folder / MANIFEST).exists()

    @abstractmethod
    def identity(self, plan: Plan) -> Identity:
        """Collect what the results depend on."""

    @abstractmethod
    def carry_out(self, plan: Plan, desk: Desk) -> Done[Source]:
        """Carry out what is missing, write all data files and the manifest.

        At the desk charts can be begun meanwhile.
        """

    def modules(self) -> tuple[str, ...]:
        """List the dotted names of the modules whose functions make the numbers."""
        return tuple(dict.fromkeys(f.__module__ for f in (self.plan, self.tables)))


@dataclass(frozen=True)
class RunsStudy(Study[RunsPlan[Subject], Store]):
    """A study whose tables follow from runs of the model.

    Attributes
    ----------
    grow : callable or None
        From a plan to a function that says whether the study needs further runs.
    pieces : callable or None
        From a plan to functions, by name, of what is computed after the runs; its
        tables find the results in ``Store.pieces``.
    look : callable or None
        Shows what the first replicates of the centre say, so many of every scheme,
        while other runs are under way; begins charts.
    """

    grow: Callable[[RunsPlan[Subject]], Growth | None] | None = None
    pieces: Callable[[RunsPlan[Subject]], Computed] | None = None
    look: Callable[[RunsPlan[Subject], Desk, Console, Store, int], None] | None = None

    def modules(self) -> tuple[str, ...]:
        """List the dotted names of the modules whose functions make the numbers."""
        more = [f.__module__ for f in (self.grow, self.pieces) if f]
        return tuple(dict.fromkeys((*super().modules(), *more)))

    def identity(self, plan: RunsPlan[Subject]) -> Identity:
        """Collect the config, the schemes in full, the model and the sources."""
        return runner.identify(plan.request, plan.design, self.modules())

    def carry_out(self, plan: RunsPlan[Subject], desk: Desk) -> Done[Store]:
        """Simulate the missing runs; see ``experiments.runs.runner``."""

        def evaluate(store: Store) -> list[str]:
            rows = self.tables(plan, store)
            for table, of_table in rows.items():
                table.write(store.folder / table.name, of_table)
            return [table.name for table in rows]

        grow = self.grow(plan) if self.grow else None
        done = runner.carry_out(
            plan.request,
            plan.design,
            evaluate,
            grow,
            self.modules(),
            partial(self.look, plan, desk) if self.look else None,
            self.pieces(plan) if self.pieces else {},
        )
        took = "Nothing was simulated."
        if done.runs:
            took = (
                f"Engine: {done.engine:.1f} s for {done.runs:,} runs, "
                f"{done.decisions / 1e6:,.1f} M half-day decisions (compiling or "
                f"loading the model: {done.loading:.1f} s before)."
            )
        return Done(done.folder, done.store, took)


@dataclass(frozen=True, kw_only=True)
class WholeStudy(Study[PiecesPlan[Subject], Source]):
    """A study that has no parts, and files beside its tables.

    Attributes
    ----------
    whole : callable
        From a plan, its identity and the function ``tables`` to the folder, in which it
        has written all files, and what the tables are made of.
    """

    whole: Callable[
        [
            PiecesPlan[Subject],
            Identity,
            Callable[[PiecesPlan[Subject], Source], TableRows],
        ],
        tuple[Path, Source],
    ]

    def modules(self) -> tuple[str, ...]:
        """List the dotted names of the modules whose functions make the numbers."""
        return tuple(dict.fromkeys((*super().modules(), self.whole.__module__)))

    def identity(self, plan: PiecesPlan[Subject]) -> Identity:
        """Collect the config, the model and the sources."""
        return pieces.identify(plan.request, self.modules())

    def carry_out(self, plan: PiecesPlan[Subject], desk: Desk) -> Done[Source]:
        """Do everything that is to be done, or nothing if it is finished."""
        del desk
        folder, source = self.whole(plan, self.identity(plan), self.tables)
        return Done(folder, source, "")


@dataclass(frozen=True)
class PiecesStudy(Study[PiecesPlan[Subject], Pieces]):
    """A study whose tables follow from named pieces, each computed once.

    Attributes
    ----------
    first : callable or None
        Makes what the pieces need and other studies may use, too, in a folder of its
        own; not called if the study is finished.
    """

    first: Callable[[PiecesPlan[Subject]], None] | None = None

    def identity(self, plan: PiecesPlan[Subject]) -> Identity:
        """Collect the config, the model and the sources."""
        return pieces.identify(plan.request, self.modules())

    def carry_out(self, plan: PiecesPlan[Subject], desk: Desk) -> Done[Pieces]:
        """Compute the missing pieces; see ``experiments.runs.pieces``."""
        del desk
        if self.first and not self._is_finished(plan):
            self.first(plan)
        done = pieces.gather(
            plan.request,
            plan.pieces,
            partial(self.tables, plan),
            self.modules(),
            plan.following,
        )
        return Done(done.folder, done.pieces, "")
