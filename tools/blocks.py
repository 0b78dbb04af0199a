"""What stands in the generated blocks of the documents, each a piece of Markdown.

Everything is read where it is declared: parameters, columns and outcomes in ``model/``,
members in ``configs/``, results in small files below ``docs/results/``. Links are those
of a page in the root; ``generate`` turns them to the page that a block stands in.
"""

import ast
import importlib
import inspect
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from textwrap import dedent, fill

from experiments import compose
from experiments.config import about, yaml_file
from experiments.config.catalogue import SCENARIO_GROUPS, members
from experiments.config.parents import of_shipped
from experiments.statistics import ranges
from experiments.statistics.check import Result
from experiments.statistics.coverage import COVERAGE, Coverage
from experiments.statistics.finding import Finding, Verdict
from experiments.studies.proxyeconomics.table import table_markdown
from experiments.studies.validation import told
from experiments.studies.validation import words as finding
from experiments.studies.validation.elsewhere import HELD, NULL_MODELS
from experiments.studies.validation.facts import load
from experiments.studies.validation.kept import FINDINGS, FindingRow
from experiments.studies.verification import results as verification
from experiments.studies.verification.kept import CHECKS, CheckRow
from experiments.studies.worlds.plan import CELLS, MET
from experiments.studies.worlds.words import cells_of_search, range_of
from experiments.words import schemes as words
from experiments.words.gaming import LIMITS
from experiments.worlds import shipped, unknowns
from model import outcomes
from model.draws import Purpose
from model.parameters import Confidence, Declaration, declarations
from model.people import Rule
from model.roles import Role
from model.scenario import Scenario, Scheme
from tools import fits, gaming_blocks, recommended_blocks, structures
from tools.markdown import escaped, headed, items, table
from tools.results import RESULTS, stored

ROOT = Path(__file__).parents[1]

CONFIDENCE: dict[Confidence, str] = {
    "high": "supported by several studies or a plain report",
    "medium": "one decent source, or derived from several",
    "low": "an assumption, to be swept",
    "choice": "set by a principal or a researcher, nothing to be known",
}
NOTHING_STORED = "*Not stored yet: `{name}` is written by `tokenmaxxing {study}`.*"


def make(call: str) -> str:
    """Make the block of a call such as ``parameters people``.

    Raises ``ValueError`` for an unknown block or argument.
    """
    name, *arguments = call.split()
    if name not in BLOCKS:
        raise ValueError(f"no block is called {name!r}; there are {', '.join(BLOCKS)}")
    try:
        return BLOCKS[name](*arguments).strip() + "\n"
    except (KeyError, TypeError, FileNotFoundError) as error:
        raise ValueError(f"cannot make {call!r}: {error!r}") from error


# Parameters


def parameters(group: str) -> str:
    """Every key of a group; of ``scenario`` those at the top level.

    Of ``workforce`` those of each of its roles.
    """
    if group == "workforce":
        return _keys(declarations(Role))
    if group == "scenario":
        rows = [row for row in declarations(Scenario) if "." not in row.key]
        return _keys(rows)
    return _keys(declarations(SCENARIO_GROUPS[group], f"{group}."))


def _keys(rows: Iterable[Declaration]) -> str:
    heads = ("key", "meaning", "unit", "default", "range", "source", "confidence")
    in_worlds = {row.key for row in unknowns.drawn()}
    return table(
        (*heads, "in worlds"),
        [(*_key(row), _shape(row) if row.key in in_worlds else "") for row in rows],
    )


def _shape(row: Declaration) -> str:
    """How a world draws a number; with the reason if it has a shape of its own."""
    shape, reason = row.shape
    name = shape.replace("_", "-")
    return f"{name}: {reason}" if row.given else name


def _key(row: Declaration) -> tuple[str, ...]:
    low, high = row.span
    return (
        f"`{row.key}`",
        row.description,
        "" if row.unit == "-" else row.unit,
        _value(row.default),
        "" if low is None else f"{_value(low)} to {_value(high)}",
        row.source,
        row.confidence,
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def confidence() -> str:
    """How many defaults are known how well."""
    counts = Counter(row.confidence for row in declarations(Scenario))
    total = sum(counts.values())
    return table(
        ("confidence", "what it means", "parameters"),
        [
            *((level, text, str(counts[level])) for level, text in CONFIDENCE.items()),
            ("all", "", str(total)),
        ],
    )


# Columns, outcomes, draws, rules


def columns(path: str, name: str) -> str:
    """The fields of a record class by section: name, meaning, unit."""
    source = (ROOT / path).read_text(encoding="utf-8")
    (kind,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == name
    )
    lines = source.splitlines()[kind.lineno - 1 : kind.end_lineno]
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if section := re.fullmatch(r"    # (.+)", line):
            rows.append((f"**{section[1]}**", "", ""))
        elif field := re.fullmatch(r"    (\w+): (\w+)(?:  # (.+))?", line):
            rows.append((f"`{field[1]}`", *_meaning(field[3] or "", field[2])))
    return table(("column", "meaning", "unit"), rows)


def _meaning(comment: str, kind: str) -> tuple[str, str]:
    unit = re.search(r"\s*\[([^]]+)\]", comment)
    rest = comment.replace(unit[0], "") if unit else comment
    if kind == "bool":
        return rest, "true or false"
    return rest, unit[1] if unit else ""


def outcomes_table() -> str:
    """The outcomes of a week."""
    return table(
        ("outcome", "meaning", "unit"),
        [(f"`{o.name}`", o.description, o.unit) for o in outcomes.OUTCOMES],
    )


def purposes() -> str:
    """What draws are for, and where each is drawn."""
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "model").rglob("*.py"))
    }
    return table(
        ("number", "purpose", "drawn in"),
        [
            (
                str(int(purpose)),
                purpose.name.lower(),
                ", ".join(
                    f"[`{path}`]({path})"
                    for path, text in sources.items()
                    if f"Purpose.{purpose.name})" in text
                ),
            )
            for purpose in Purpose
        ],
    )


def rules() -> str:
    """The choice rules of ``people.rule``, each with what its file says first."""
    return "\n".join(f"- `{rule.name.lower()}`: {_rule(rule)}" for rule in Rule)


def _rule(rule: Rule) -> str:
    path = f"model/behaviour/{rule.name.lower()}.py"
    return f"{_head(ROOT / path)} [`{path}`]({path})"


def _head(path: Path) -> str:
    """The first sentence of a module."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return doc.partition("\n")[0]


# Incentives and schemes


def incentives() -> str:
    """Every incentive: its idea, its page, its file, its members."""
    return table(
        ("incentive", "idea", "code", "members"),
        [
            (
                f"[{part.title}](docs/incentives/{name}.md)",
                _head(ROOT / f"model/incentives/{name}.py"),
                f"[`model/incentives/{name}.py`](model/incentives/{name}.py)",
                ", ".join(f"`{member}`" for member in members(name)),
            )
            for name, part in Scheme().incentives.items()
        ],
    )


def formula(name: str) -> str:
    """The docstring of an incentive: its formula, source and prediction."""
    doc = inspect.getdoc(importlib.import_module(f"model.incentives.{name}")) or ""
    rest, _, prediction = doc.partition("Prediction:")
    rule, _, source = rest.partition("Source:")
    head, _, body = rule.partition("\n")
    text = body.strip() or head.partition(": ")[2].rstrip(".")
    lines = [f"```text\n{text}\n```"]
    for title, said in (("Source", source), ("Prediction", prediction)):
        if sentence := " ".join(said.split()):
            lines.append(f"**{title}.** {_linked(sentence[:1].upper() + sentence[1:])}")
    return "\n\n".join(lines)


def _linked(text: str) -> str:
    """Text in which the page of evidence is a link."""
    return text.replace("docs/evidence.md", "[evidence](docs/evidence.md)")


def member_table(group: str) -> str:
    """The members of a group of configs, with what each says of itself."""
    rows = []
    for member in members(group):
        path = f"configs/{group}/{member}.yaml"
        said = " ".join(about.comment(ROOT / path))
        rows.append((f"[`{group}={member}`]({path})", said))
    return table(("member", "what it is"), rows)


def schemes() -> str:
    """Every shipped scheme in plain words: whose it is, and what its parts do."""
    return "\n\n".join(_scheme(name) for name in members("scheme"))


def _scheme(name: str) -> str:
    path = f"configs/scheme/{name}.yaml"
    scenario = compose([f"scheme={name}"])
    comment = "\n\n".join(about.notes(name))
    parts = [
        f"- **{title}.** {text}" for title, text in words.contents(scenario, scenario)
    ]
    for week, changes in words.timeline(scenario):
        parts += [f"- **From week {week}.** {change}" for change in changes]
    parent = of_shipped(name)
    if parent:
        comment += f"\n\nIt changes [{parent}](#{parent})."
    said = _linked(comment)
    return "\n\n".join([f"## {name}", said, "\n".join(parts), f"[`{path}`]({path})"])


# Theory and checks


def theory() -> str:
    """Every result of ``model/theory``, and how it is held against the simulation."""
    kept = stored(CHECKS)
    return "\n\n".join(_result(name, kept) for name in theory_names())


def theory_names() -> list[str]:
    """Results that there are, in the order in which they are checked."""
    there = {p.stem for p in (ROOT / "model" / "theory").glob("[a-z]*.py")}
    order = [name for name in verification.NAMES if name in there]
    return order + sorted(there - set(order))


def _result(name: str, kept: Sequence[CheckRow]) -> str:
    path = f"model/theory/{name}.py"
    doc = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8"))) or ""
    head, _, body = doc.partition("\n")
    result = _loaded(name)
    title = result.title if result else name.replace("_", " ").capitalize()
    lines = [f'<a id="{name}"></a>', f"## {title[:1].upper()}{title[1:]}", _prose(head)]
    body = re.sub(r"^(Assumes|Source): ", r"\n\1: ", body, flags=re.MULTILINE)
    lines += [_prose(body.strip("\n"))] if body.strip() else []
    code = [f"[`{path}`]({path})"]
    if result:
        lines.append(f"**Reduced scenario.** {_prose(result.reduced)}")
        if "\nSource: " not in body:
            lines.append(f"**Source.** {_prose(result.source)}")
        check = f"experiments/studies/verification/results/{name}.py"
        code.append(f"[`{check}`]({check})")
    lines.append(f"**Code.** {', '.join(code)}.")
    rows = [row for row in kept if row.result == name]
    if rows:
        lines.append(_checks(rows))
    elif result:
        lines.append(
            NOTHING_STORED.format(
                name="docs/results/checks.csv", study="study=verification"
            )
        )
    return "\n\n".join(lines)


def _loaded(name: str) -> Result | None:
    """How a result is checked, or None as long as nobody has written that."""
    module = f"{verification.__name__}.{name}"
    try:
        return verification.load(name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def _prose(text: str) -> str:
    """Plain text as Markdown: indented lines are code, marks are not marks.

    A run of lines that is indented by four or more is a formula or a table.
    """
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text):
        if all(line.startswith("    ") for line in paragraph.splitlines()):
            paragraphs.append(_fenced(paragraph))
        else:
            paragraphs.append(_mixed(paragraph))
    marked = (re.sub(r"^(Assumes|Source): ", r"**\1.** ", p) for p in paragraphs)
    return "\n\n".join(marked)


def _mixed(paragraph: str) -> str:
    """A paragraph whose indented lines are formulas."""
    pieces: list[tuple[bool, list[str]]] = []
    for line in paragraph.splitlines():
        is_code = line.startswith("    ")
        if not pieces or pieces[-1][0] != is_code:
            pieces.append((is_code, []))
        pieces[-1][1].append(line)
    return "\n\n".join(
        _fenced("\n".join(lines)) if is_code else escaped("\n".join(lines))
        for is_code, lines in pieces
    )


def _fenced(text: str) -> str:
    return f"```text\n{dedent(text).strip(chr(10))}\n```"


def _checks(rows: Sequence[CheckRow]) -> str:
    reasons = dict.fromkeys(escaped(row.why) for row in rows if row.why)
    notes = "".join(f"\n- {reason}" for reason in reasons)
    return table(
        (
            "quantity",
            "unit",
            "theory",
            "simulated",
            "standard error",
            "allowed besides",
            "holds",
        ),
        [
            (
                escaped(row.quantity),
                escaped(row.unit),
                *(f"{x:.4g}" for x in (row.theory, row.simulated, row.error)),
                f"{row.allowance:.4g}" if row.allowance else "",
                "yes" if row.holds else "**no**",
            )
            for row in rows
        ],
    ) + (f"\n\nAllowed besides four standard errors:\n{notes}" if notes else "")


def checks() -> str:
    """How many numbers of each result agree with theory."""
    kept = stored(CHECKS)
    if not kept:
        return NOTHING_STORED.format(
            name="docs/results/checks.csv", study="study=verification"
        )
    rows = []
    for name in theory_names():
        held = [row.holds for row in kept if row.result == name]
        verdict = f"{sum(held)} of {len(held)}" if held else "not checked"
        rows.append((f"[{name}](docs/theory.md#{name})", verdict))
    return table(("result", "numbers that agree"), rows)


# Stylised facts


def fact_table() -> str:
    """The stylised facts: what is found beside what is known."""
    kept = stored(FINDINGS)
    if not kept:
        return NOTHING_STORED.format(
            name="docs/results/findings.csv", study="study=validation"
        )
    return table(
        ("fact", "claim", "quantity", "estimate", "expected", "verdict"),
        [
            (
                row.fact,
                escaped(row.claim),
                escaped(row.quantity + finding.unit(row.finding)),
                " ".join(finding.shown(row.finding)),
                finding.expected(row.finding),
                row.verdict.value + (" (input)" if row.given else ""),
            )
            for row in kept
        ],
    )


def facts_told() -> str:
    """In how many worlds findings hold, and which null models they pass, in words."""
    rows = [row for row in stored(FINDINGS) if not row.given]
    counting: dict[str, list[Finding]] = {}
    for row in rows:
        if row.finding.verdict is not Verdict.ASIDE:
            counting.setdefault(row.module, []).append(row.finding)
    found = told.found_elsewhere(stored(HELD), stored(NULL_MODELS))
    facts = {name: load(name) for name in counting}
    return items(told.answer(facts, counting, found))


def facts_elsewhere() -> str:
    """Findings that count, over plausible worlds and under null models."""
    held, nulls = stored(HELD), stored(NULL_MODELS)
    kept = [row for row in stored(FINDINGS) if row.finding.verdict is not Verdict.ASIDE]
    if not (held and nulls):
        return NOTHING_STORED.format(
            name="docs/results/null_models.csv", study="study=validation"
        )
    found = told.found_elsewhere(held, nulls)
    rows = []
    for row in kept:
        place = (row.module, row.quantity)
        over = found.held.get(place)
        passed = found.passed.get(place, ())
        rows.append(
            (
                row.fact,
                escaped(row.quantity + finding.unit(row.finding)),
                row.verdict.value + (" (input)" if row.given else ""),
                f"{told.of_worlds(over)} {told.ends(over)}".strip(),
                ", ".join(map(told.title, passed)) or "–",
            )
        )
    heads = ("fact", "quantity", "verdict", "worlds in which it holds", "holds with")
    return table(heads, rows)


def failures() -> str:
    """What does not hold: stylised facts and numbers of theory."""
    failed: dict[str, list[FindingRow]] = {}
    for row in stored(FINDINGS):
        if finding.wanting([row.finding]) and not row.given:
            failed.setdefault(row.fact, []).append(row)
    lines = []
    for fact, rows in failed.items():
        found = "; ".join(f"{row.quantity}: {row.verdict.value}" for row in rows)
        text = f"{rows[0].claim} {found}. {rows[0].explanation}"
        lines.append(f"- **{fact}** {escaped(text.rstrip())}")
    lines += [
        f"- [{row.result}](docs/theory.md#{row.result}), "
        f"{escaped(row.quantity)}: theory {row.theory:.4g}, "
        f"simulated {row.simulated:.4g}."
        for row in stored(CHECKS)
        if not row.holds
    ]
    lacking = [
        f"`docs/results/{table.name}`"
        for table in (FINDINGS, CHECKS)
        if not (RESULTS / table.name).exists()
    ]
    if lacking:
        lines.append(f"- *Not stored yet: {' and '.join(lacking)}.*")
    return "\n".join(lines) or "Nothing that was looked for failed."


def proxyeconomics() -> str:
    """What the replication of Proxyeconomics found."""
    path = ROOT / "docs" / "replications" / "proxyeconomics.csv"
    if not path.exists():
        name = path.relative_to(ROOT).as_posix()
        return NOTHING_STORED.format(name=name, study="study=proxyeconomics")
    return table_markdown(path)


# The stopping rule


def naive_rule() -> str:
    """How often a rule that looks after every replicate covers."""
    return table(
        ("differences", 'coverage of "95 %"'),
        [(row.differences, f"{row.kept:.1f} %") for row in _coverage("naive")],
    )


def stopping_rule(group: str) -> str:
    """How often the rule keeps its word, by size, for differences of known mean."""
    rows = _coverage(group)
    least, most = min(row.first for row in rows), max(row.first for row in rows)
    sizes = sorted({row.size for row in rows})
    lines = []
    for name in dict.fromkeys(row.differences for row in rows):
        own = [row for row in rows if row.differences == name]
        larger = {row.size: row for row in own if row.first == most}
        lines.append(
            (
                name,
                *(f"{larger[size].kept:.1f}" for size in sizes),
                _from_to([row.kept for row in own if row.first == least]),
                _from_to([row.printed for row in larger.values()]),
                _from_to([row.cost for row in own if row.size >= 2 * most], 2),
            )
        )
    heads = ("differences", *map(str, sizes), f"first stage of {least}")
    return table((*heads, "printed interval", "replicates, times"), lines)


def stopping_firms() -> str:
    """The same for differences resampled from the model's own."""
    lines = []
    for group in dict.fromkeys(row.group for row in _coverage()):
        if group.endswith(" people"):
            rows = _coverage(group)
            for name in dict.fromkeys(row.differences for row in rows):
                own = [row for row in rows if row.differences == name]
                kept = _from_to([row.kept for row in own])
                printed = _from_to([row.printed for row in own])
                lines.append((group, name, kept, printed))
    heads = ("firm", "scheme, against voluntary", "within h", "printed interval")
    return table(heads, lines)


def _coverage(group: str | None = None) -> list[Coverage]:
    rows = COVERAGE.read(RESULTS / COVERAGE.name)
    return [row for row in rows if group in (None, row.group)]


def _from_to(values: Sequence[float], decimals: int = 1) -> str:
    known = [value for value in values if not math.isnan(value)]
    return f"{min(known):.{decimals}f} to {max(known):.{decimals}f}"


# Structures


def structure(*keys: str) -> str:
    """The effect of every scheme at every level of keys that move together."""
    return headed(structures.along(_structured(), *keys))


def structure_signs() -> str:
    """The sign of every effect under every rule and law."""
    return headed(structures.signs(_structured()))


def structure_words() -> str:
    """Which schemes change the sign of an effect, and which never do."""
    return items(structures.sentences(_structured()))


def structure_precision() -> str:
    """How well these effects are known."""
    return fill(structures.precision(_structured()), 88)


def _structured() -> list[structures.Kept]:
    return structures.STRUCTURED.read(RESULTS / structures.STRUCTURED.name)


# Limits and citation


def limits() -> str:
    """What was not modelled, in the words of every report."""
    return items(LIMITS)


def citation() -> str:
    """How to cite, from ``CITATION.cff``."""
    cff = yaml_file.shipped(ROOT / "CITATION.cff")
    names = "; ".join(
        author.get("name") or f"{author['family-names']}, {author['given-names']}"
        for author in cff["authors"]
    )
    return (
        f"Version {cff['version']}, {cff['license']} licence.\n\n"
        f"> {names}. {cff['title']}. Version {cff['version']}. "
        "[`CITATION.cff`](CITATION.cff)"
    )


def swings() -> str:
    """Every parameter that nobody knows, and what its range does to the headline."""
    found = stored(ranges.RANGES)
    if not found:
        return NOTHING_STORED.format(
            name=f"docs/results/{ranges.RANGES.name}", study="study=ranges"
        )
    schemes = list(dict.fromkeys(end.scheme for end in found))
    declared = {end.scheme: end for end in found if not end.parameter}
    by_name = {
        scheme: {swing.parameter: swing for swing in ranges.swings(found, scheme)}
        for scheme in schemes
    }
    rows = []
    for row in ranges.unknown():
        low, high = (f"{end:g}" for end in row.span)
        moved = [by_name[scheme].get(row.key) for scheme in schemes]
        known = (row.source, row.confidence, f"{low} to {high}")
        swung = map(_swing, moved)
        rows.append([f"`{row.key}`", *map(escaped, known), *swung])
    heads = [f"{s} ({_moved(declared[s])} %)" for s in schemes]
    return table(("parameter", "source", "grade", "range", *heads), rows)


def _swing(swing: ranges.Swing | None) -> str:
    """The headline at the lower and at the upper end; bold if its sign turns."""
    if swing is None:
        return "–"
    text = " to ".join(map(_moved, swing.ends))
    return f"**{text}**" if swing.flips else text


def _moved(end: ranges.End) -> str:
    return "–" if end.percent is None else f"{end.percent:+.2f}"


def worlds_cells() -> str:
    """The search for plausible worlds, structure by structure."""
    rows = CELLS.read(shipped.FOLDER / CELLS.name)
    heads = ("rule of choice", "law of rework", "drawn", "plausible", "listed")
    return table(heads, [(c.rule, *cells_of_search(c)) for c in rows])


def worlds_targets() -> str:
    """What is known of voluntary use, how far it is widened, and how many meet it."""
    rows = MET.read(shipped.FOLDER / MET.name)
    heads = ("target", "calibration", "plausible (wide)", "widened by", "middle", "met")
    return table(
        heads,
        [
            (
                f"{row.target} ({row.unit})",
                range_of(row.low, row.high),
                range_of(row.wide_low, row.wide_high),
                row.reason,
                range_of(row.middle_low, row.middle_high),
                f"{100.0 * row.met:.0f} %",
            )
            for row in rows
        ],
    )


def worlds_origin() -> str:
    """How many worlds are listed, and of how many."""
    [origin] = shipped.ORIGIN.read(shipped.FOLDER / shipped.ORIGIN.name)
    return (
        f"The list has **{origin.worlds:,} worlds** of {origin.tries:,} drawn, at "
        f"{origin.people} people and {origin.weeks} weeks, seed {origin.seed}; digest "
        f"of the model that they are for: `{origin.digest}`."
    )


BLOCKS: dict[str, Callable[..., str]] = {
    "boards": gaming_blocks.boards,
    "by_noise": gaming_blocks.by_noise,
    "checks": checks,
    "citation": citation,
    "columns": columns,
    "confidence": confidence,
    "facts": fact_table,
    "facts_elsewhere": facts_elsewhere,
    "facts_told": facts_told,
    "failures": failures,
    "formula": formula,
    "gaming": gaming_blocks.gaming,
    "incentives": incentives,
    "limits": limits,
    "members": member_table,
    "naive_rule": naive_rule,
    "not_best": gaming_blocks.not_best,
    "outcomes": outcomes_table,
    "padding_gone": gaming_blocks.padding_gone,
    "parameters": parameters,
    "priors": recommended_blocks.priors,
    "fit_held_out": lambda: headed(fits.table_held()),
    "fit_unlike": lambda: headed(fits.table_unlike()),
    "proxyeconomics": proxyeconomics,
    "purposes": purposes,
    "recommended_candidates": recommended_blocks.recommended_candidates,
    "recommended_choice": recommended_blocks.recommended_choice,
    "recommended_measure": recommended_blocks.recommended_measure,
    "rules": rules,
    "seen_outside": gaming_blocks.seen_outside,
    "stopping_firms": stopping_firms,
    "stopping_rule": stopping_rule,
    "structure": structure,
    "structure_precision": structure_precision,
    "structure_signs": structure_signs,
    "structure_words": structure_words,
    "swings": swings,
    "schemes": schemes,
    "theory": theory,
    "worlds_cells": worlds_cells,
    "worlds_origin": worlds_origin,
    "worlds_targets": worlds_targets,
    "voluntary_use": gaming_blocks.voluntary_use,
}
"""Blocks by name; arguments stand behind the name."""
