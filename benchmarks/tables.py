"""The figures as tables for a terminal; ``page`` makes Markdown of the same rows."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from benchmarks.equality import LIMIT, Compared, Sizes
from benchmarks.figure import Figure

TIMES_POOL = 40.0
"""Times more runs a second than a process pool over Mesa objects, at least."""
RATIO = 1.5
"""Times an employee-week of a million may cost one of ten thousand, at most."""
MEMORY = 2048.0
"""MiB for a million employees, at most."""


def check(
    compared: Sequence[Compared], sizes: Sizes, missing: Mapping[str, str]
) -> Table:
    """All outcomes of all frameworks beside the engine's."""
    title = (
        f"Same model? Means of {sizes.theirs} organisations of {sizes.employees} over "
        f"{sizes.weeks} weeks, the engine's of {sizes.ours}; equal within {LIMIT:.0f} "
        "standard errors (s.e.)"
    )
    heads = ("framework", "outcome", "unit", "its mean", "engine's", "s.e.", "away")
    rows: list[tuple[str, ...]] = [
        (
            one.what,
            one.outcome,
            one.unit,
            f"{one.theirs:.4g}",
            f"{one.ours:.4g}",
            f"{one.error:.2g}",
            f"{one.away:+.1f} s.e., {'equal' if one.equal else 'NOT EQUAL'}",
        )
        for one in compared
    ]
    rows += [
        (name, f"not installed: {why}", *[""] * 5) for name, why in missing.items()
    ]
    return made(title, heads, rows)


def decision_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """A row for each framework and size."""
    chosen = [f for f in figures if f.part == "decisions"]
    by_row: dict[tuple[int, str, str, int], dict[str, Figure]] = {}
    for f in chosen:
        by_row.setdefault((f.employees, f.what, f.rules, f.threads), {})[f.quantity] = f
    rows: list[tuple[str, ...]] = []
    for (employees, what, rules, threads), row in by_row.items():
        rate = row["decisions"]
        if rate.how.startswith("not installed"):
            rows.append(("", what, rules, "", rate.how, *[""] * 5))
            continue
        ours = by_row.get((employees, "this engine", "reduced", 1))
        times = ""
        if ours is not None and what != "this engine":
            faster = ours["decisions"].value / rate.value
            times = f"{faster:,.0f}" if faster >= 10.0 else f"{faster:.1f}"
        sign = "" if rate.how == "measured" else "≈ "
        rows.append(
            (
                f"{employees:,}",
                what,
                rules.replace("_", " "),
                str(threads) if threads else "own",
                sign + short(rate.value),
                f"{short(rate.low)} – {short(rate.high)}" if not sign else rate.how,
                times,
                sign + f"{row['hiring'].value:.3g}",
                sign + f"{row['peak memory'].value:,.0f}",
                sign + f"{row['memory each'].value:,.0f}",
            )
        )
    return rows


DECISIONS = (
    "employees",
    "framework",
    "rules",
    "threads",
    "decisions/s",
    "least – greatest",
    "engine is × faster",
    "hiring [s]",
    "peak [MiB]",
    "each [B]",
)


def decisions(figures: Sequence[Figure], cap: float) -> Table:
    """Decisions a second, hiring and memory."""
    title = (
        "Half-day decisions a second, medians of repeats in turns; × against one "
        f"thread of ours under reduced rules; ≈ would take more than {cap:g} s"
    )
    return made(title, DECISIONS, decision_rows(figures))


def sweep_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """A row for each side and scenario."""
    chosen = [f for f in figures if f.part == "sweep"]
    rate = {(f.what, f.rules): f for f in chosen if f.quantity == "runs"}
    hours = {(f.what, f.rules): f for f in chosen if f.quantity == "time"}
    rows: list[tuple[str, ...]] = []
    for (what, rules), f in rate.items():
        times = ""
        if what != "this engine":
            faster = rate["this engine", rules].value / f.value
            times = f"{faster:,.0f}"
            if what.startswith("process pool"):
                times += f" ({verdict(faster >= TIMES_POOL)}: ≥ {TIMES_POOL:.0f})"
        rows.append(
            (
                f"{f.employees} × {f.weeks} weeks",
                rules.replace("_", " "),
                what,
                str(f.threads),
                f"{f.value:.3g}",
                f"{f.low:.3g} – {f.high:.3g}",
                f.how,
                times,
                "≈ " + duration(hours[what, rules].value),
            )
        )
    return rows


SWEEPS = (
    "run",
    "rules",
    "side",
    "cores",
    "runs/s",
    "least – greatest",
    "sample",
    "engine is × faster",
    "10,000 runs",
)


def sweeps(figures: Sequence[Figure]) -> Table:
    """Runs a second."""
    return made("Sweeps on all cores, in turns", SWEEPS, sweep_rows(figures))


def large_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """A row for each organisation."""
    chosen = [f for f in figures if f.part == "large"]
    rows: list[tuple[str, ...]] = []
    for employees in dict.fromkeys(f.employees for f in chosen):
        row = {f.quantity: f for f in chosen if f.employees == employees}
        peak, ratio = row["peak memory"].value, ""
        memory = f"{peak:,.0f}"
        if "ratio" in row:
            found = row["ratio"].value
            ratio = f"{found:.2f} ({verdict(found <= RATIO)}: ≤ {RATIO})"
            memory += f" ({verdict(peak < MEMORY)}: < {MEMORY:,.0f})"
        time = row["time"]
        rows.append(
            (
                f"{employees:,}",
                f"12 + {time.weeks}",
                str(time.threads),
                f"{time.value:,.2f}",
                f"{time.low:,.2f} – {time.high:,.2f}, {time.repeats}",
                f"{row['time an employee-week'].value:.3f}",
                ratio,
                memory,
            )
        )
    return rows


LARGE = (
    "employees",
    "weeks",
    "threads",
    "time [s]",
    "least – greatest, repeats",
    "µs an employee-week",
    "ratio",
    "peak [MiB]",
)


def large(figures: Sequence[Figure]) -> Table:
    """One large organisation."""
    title = "One organisation under all rules, in a process of its own, with its hiring"
    return made(title, LARGE, large_rows(figures))


def growth(figures: Sequence[Figure]) -> Table:
    """Cost by weeks and by runs."""
    heads = ("employees", "weeks", "runs", "threads", "time [s]", "ms a run and week")
    rows = [
        (
            f"{f.employees}",
            f"12 + {f.weeks}",
            f"{f.runs}",
            f"{f.threads}",
            f"{f.value:.3f}",
            f"{1e3 * f.value / f.runs / (f.weeks + 12):.3f}",
        )
        for f in figures
        if f.part == "growth"
    ]
    return made("The engine's cost by weeks and by runs, voluntary use", heads, rows)


def made(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table; columns that hold numbers are set right."""
    table = Table(title=title, box=None, title_justify="left", pad_edge=False)
    for n, head in enumerate(heads):
        numbers = any(row[n][:1].isdigit() or row[n][:1] == "≈" for row in rows)
        table.add_column(head, justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*row)
    return table


def verdict(met: bool) -> str:
    """Whether a goal is met."""
    return "met" if met else "not met"


def short(rate: float) -> str:
    """A rate with three digits."""
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if rate >= size:
            return f"{rate / size:.3g}{letter}"
    return f"{rate:.3g}"


def duration(hours: float) -> str:
    """Hours, or minutes where that says more."""
    return f"{hours:.1f} h" if hours >= 1.0 else f"{hours * 60:.1f} min"
