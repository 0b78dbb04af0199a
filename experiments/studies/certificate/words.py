"""The results of a certificate in short sentences, for people who decide."""

from collections.abc import Iterator, Sequence

from experiments.designs.factors import declared, name_of
from experiments.statistics.between_schemes import Rivals
from experiments.statistics.worlds import CLEAR
from experiments.studies.certificate.deciding import Side
from experiments.studies.certificate.kept.deciders import Contrast, Group
from experiments.studies.certificate.kept.information import (
    FIRST_THREE,
    KNOWN,
    NOTHING,
    PLACEBO,
    Information,
)
from experiments.studies.certificate.kept.shares import FITTED, Prior
from experiments.studies.certificate.results import Found
from experiments.words.measuring import MEASURED_BY
from experiments.words.screen import count, joined, percent, signed
from experiments.words.structures import STRUCTURES

WORTH_MEASURING = 0.03
"""Share of worlds by which the direction must be told right more often."""
NOT_A_PROBABILITY = (
    "These are shares of worlds that fit what is known of voluntary use. They are no "
    "probability for your company."
)
OF_LIKE_ONES = (
    "These are shares of simulated companies that look like yours. What your panel "
    "does not tell they take from the assumptions: the page of the fit says how much "
    "that is."
)
DOES = {"falls": "clearly falls", "rises": "clearly rises"}
TO_OUTPUT = {
    "falls": "clearly lowers real output",
    "little": f"moves real output by at most {CLEAR} %",
    "rises": "clearly raises real output",
}
BAD = {"falls": "clearly falls", "rises": "does not clearly rise"}


def of_100(share: float) -> str:
    """Write a share of worlds as so many of 100."""
    if 0.0 < share < 0.005:
        return "fewer than 1"
    if 0.995 <= share < 1.0:
        return "more than 99"
    return f"{100.0 * share:.0f}"


def named(key: str) -> str:
    """Name an unknown or a structure by what it means, with its key."""
    for structure in STRUCTURES:
        if structure.key == key:
            return f"the {structure.one} ({key})"
    return f"“{declared()[key].description}” ({key})"


def valued(key: str, value: float) -> str:
    """Write a value of an unknown with its unit."""
    row = declared()[key]
    unit = "" if row.unit == "-" else f" {row.unit.removeprefix('1 ')}"
    return f"{name_of(key, float(f'{value:.3g}')).replace('_', ' ')}{unit}"


def answer(found: Found) -> list[str]:
    """Say what a board needs: how sure, what decides, what to measure, how bad."""
    texts = [headline(found), decides(found), corner(found), measure(found)]
    texts += [worst(found), prior(found), rivals(found)]
    texts.append(OF_LIKE_ONES if is_fitted(found) else NOT_A_PROBABILITY)
    return [text for text in texts if text]


def is_fitted(found: Found) -> bool:
    """Tell whether worlds are those that a company's panel speaks for."""
    return any(row.shape == FITTED for row in found.priors)


def headline(found: Found) -> str:
    """Say in how many worlds output clearly falls, hardly moves and clearly rises."""
    row = found.whole
    middle = f"In the middle world it changes by {signed(row.middle)} %."
    which = "reproduce what is known of voluntary use"
    if is_fitted(found):
        which = "your panel speaks for"
    if found.always:
        return (
            f"In all of {count(row.worlds, 'world')} that {which}, {found.scheme} "
            f"{TO_OUTPUT[found.always]}: by luck of the draw alone, in at least "
            f"{of_100(getattr(row, f'{found.always}_low'))} of 100. {middle}"
        )
    half = 50.0 * max(row.falls_high - row.falls_low, row.rises_high - row.rises_low)
    return (
        f"In {count(row.worlds, 'world')} that {which}, {found.scheme} clearly lowers "
        f"real output in {of_100(row.falls)} of 100, clearly raises it in "
        f"{of_100(row.rises)} and moves it by at most {CLEAR} % in "
        f"{of_100(row.little)} (known to ± {half:.0f}, luck of the draw alone). "
        f"{middle}"
    )


def worst(found: Found) -> str:
    """Say how bad it can get, in the worst twentieth and in the world of the search."""
    text = (
        "In the worst twentieth of these worlds output changes by "
        f"{signed(found.whole.worst)} % on average."
    )
    for row in found.least:
        if row.fresh >= -CLEAR:
            return (
                f"{text} A search for a worse one that still fits found none in which "
                f"it clearly falls: with other luck {signed(row.fresh)} %."
            )
        near = (
            f"{row.near_plausible} of {row.near_worlds} worlds near it fit, too"
            if row.near_plausible
            else "no world near it fits"
        )
        text += (
            " A search found one that still fits what is known of voluntary use, in "
            f"which it changes by {signed(row.fresh)} %; {near}. Read it as a warning, "
            "not as a forecast."
        )
    return text


def decides(found: Found) -> str:
    """Say what decides, and what comes of changing it."""
    if found.always:
        return "Nothing decides it: these worlds do not differ in that."
    if not found.deciders:
        return f"Nothing single decides where output {DOES[_side(found)]}."
    first, *more = found.deciders
    text = f"What decides it most: {named(first.key)}. {_parted(found, first)}"
    if turned := _turned(found, first.key):
        text += f" {turned}"
    if more:
        others = joined([named(one.key) for one in more], "and")
        text += f" Next {'comes' if len(more) == 1 else 'come'} {others}."
    return text


def _side(found: Found) -> Side:
    return found.contrasts[0].side


def _parted(found: Found, one: Contrast) -> str:
    by_name = {group.group: group for group in found.groups(one.key)}
    worse, better = by_name[one.worse], by_name[one.better]
    return (
        f"Output {DOES[one.side]} in {of_100(share_of(worse, one.side))} of 100 worlds "
        f"with {_where(worse)}, and in {of_100(share_of(better, one.side))} with "
        f"{_where(better)}."
    )


def _where(group: Group) -> str:
    """Say which worlds a third holds, or an alternative."""
    if any(structure.key == group.key for structure in STRUCTURES):
        return f"“{group.group}”"
    ends = [valued(group.key, x) for x in (group.from_value, group.to_value)]
    return f"the {group.group} of it ({ends[0]} to {ends[1]})"


def share_of(group: Group, side: Side) -> float:
    """Give the share of worlds of a group in which output clearly does so."""
    return (group.falls if side == "falls" else group.rises) / group.worlds


def _turned(found: Found, key: str) -> str:
    """Say what one changed value makes of bad worlds, beside a placebo."""
    [placebo] = [row for row in found.turns if row.placebo]
    for row in found.turns:
        if row.key == key and not row.placebo:
            return (
                f"In {count(row.worlds, 'world')} in which it {BAD[_side(found)]}, "
                f"that one value set to {valued(key, row.to_value)} turns "
                f"{row.turned}; a placebo ({placebo.key}) turns {placebo.turned}."
            )
    return ""


def corner(found: Found) -> str:
    """Say where two unknowns together make it bad, if that holds on fresh worlds."""
    for row in found.corner:
        sides = [
            f"{named(key)} is {'above' if above else 'at most'} {valued(key, at)}"
            for key, above, at in (
                (row.one, row.one_above, row.one_threshold),
                (row.other, row.other_above, row.other_threshold),
            )
        ]
        return (
            f"Where {sides[0]} and {sides[1]}, output {BAD[_side(found)]} in "
            f"{of_100(row.fresh)} of 100 worlds that did not choose these thresholds, "
            f"elsewhere in {of_100(row.outside)}."
        )
    return ""


def known(found: Found, what: str) -> Information:
    """Give the row of what may be known first."""
    [row] = [row for row in found.information if row.known == what]
    return row


def worth_measuring(found: Found) -> list[Information]:
    """List what tells the direction more often than placebos do, best first."""
    bar = max(
        known(found, NOTHING).right + WORTH_MEASURING, known(found, PLACEBO).right
    )
    return [
        row for row in found.information if row.known not in KNOWN and row.right > bar
    ]


def measure(found: Found) -> str:
    """Say what to measure before it is introduced, and how."""
    if found.always:
        return "Nothing needs to be measured first: all worlds say the same."
    base = known(found, NOTHING).right
    today = f"the direction is told right in {of_100(base)} of 100 worlds"
    best = worth_measuring(found)
    if not best:
        return (
            f"No single number is worth measuring first: {today}, and in hardly more "
            "with any one of them known."
        )
    first = best[0]
    text = (
        f"Measure first {named(first.known)}. Today {today}, with this known in "
        f"{of_100(first.right)}"
    )
    if len(best) > 1:
        three = known(found, FIRST_THREE)
        text += f", with the first three in {of_100(three.right)}"
    return f"{text}. {MEASURED_BY[first.known]}"


def prior(found: Found) -> str:
    """Say how far the shares hang on the prior."""
    first, *others = found.priors
    if not others:
        return ""
    row, *more = others
    text = (
        f"{_prior(row)} it falls in {of_100(row.falls)} and rises in "
        f"{of_100(row.rises)} of 100 worlds"
    )
    for row in more:
        text += f"; {_prior(row)}, in {of_100(row.falls)} and in {of_100(row.rises)}"
    hangs = [_short(row) for row in others if _apart(first, row)]
    verdict = "The answer does not hang on that choice."
    if is_fitted(found):
        moved = "moves the answer" if hangs else "hardly moves the answer"
        verdict = f"Your panel {moved}."
    elif hangs:
        verdict = f"The answer hangs on that choice: on the {joined(hangs, 'and')}."
    return f"{text[0].upper()}{text[1:]}. {verdict}"


def _prior(row: Prior) -> str:
    if row.shape == "declared" and row.tolerance == "wide":
        return "before your panel was looked at"
    if row.shape == "uniform":
        return "where all numbers are even over their spans"
    return "by narrower tolerances"


def _short(row: Prior) -> str:
    return "shape of the prior" if row.shape == "uniform" else "width of tolerances"


def _apart(one: Prior, other: Prior) -> bool:
    """Tell whether the intervals of a share of worlds do not meet."""
    return any(
        getattr(one, f"{name}_low") > getattr(other, f"{name}_high")
        or getattr(other, f"{name}_low") > getattr(one, f"{name}_high")
        for name in ("falls", "rises")
    )


def rivals(found: Found) -> str:
    """Say against which schemes it is never in doubt, and how often it is the best."""
    own = [row for row in found.standings if row.scheme == found.scheme]
    if not own:
        return ""
    [row] = own
    less = f"{percent(row.regret)} %" if row.regret else "nothing"
    text = (
        f"Among {len(found.standings)} schemes in {count(row.worlds, 'world')} it is "
        f"the best in {row.best}, and yields {less} less than the best on average."
    )
    for names, verdict in _sure(found):
        text += f" It is clearly {verdict} than {names} in nearly all."
    return text


def _sure(found: Found) -> Iterator[tuple[str, str]]:
    """Name the schemes that it is clearly better than, and worse than."""
    pairs, own = sure(found.rivals), found.scheme
    every = [row.scheme for row in found.standings if row.scheme != own]
    better = [row.scheme for row in pairs if row.other == own]
    worse = [row.other for row in pairs if row.scheme == own]
    for names, verdict in ((better, "better"), (worse, "worse")):
        if names:
            yield _all_but(names, every), verdict


def _all_but(names: Sequence[str], every: Sequence[str]) -> str:
    """Name some of all, or the others if these are fewer."""
    others = [name for name in every if name not in names]
    if len(others) >= len(names):
        return joined(names, "and")
    return f"all but {joined(others, 'and')}" if others else "all others"


def sure(rows: Sequence[Rivals]) -> list[Rivals]:
    """Pick the pairs that are never in doubt."""
    return [row for row in rows if row.is_sure]
