"""Write effects and levels as cells of a table, each with its interval."""

from experiments.report.page import Cell, Row
from experiments.statistics.accounts import WorseOff
from experiments.statistics.effects import Effect, Effects, Panel
from experiments.statistics.paired import interval
from experiments.store.dataset import SUFFIX
from experiments.words.screen import Rounded, percent, rounded
from model.progress import WEEKS_A_YEAR


def row_of(panel: Panel, effects: Effects, baseline: str, scheme: str) -> Row:
    """Make the row of a scheme in the table of a comparison."""
    share = panel.mean(scheme, "padded_token_share" + SUFFIX["whole"])
    valid = panel.mean(scheme, "score_validity" + SUFFIX["whole"])
    levels = [
        Cell("–" if share is None else f"{percent(100.0 * share)} %"),
        Cell("–" if valid is None else f"{round(valid, 2) + 0.0:.2f}"),
    ]
    if scheme == baseline:
        return Row(scheme, [*[Cell("baseline")] * 3, Cell("–"), *levels], True)
    usage, output, net = (
        effects[scheme, name, "whole"]
        for name in ("reported_tokens", "output", "net_value")
    )
    same = "–" if output.is_nothing else f"{100 * (output.same_sign or 0.0):.0f} %"
    return Row(
        scheme,
        [
            relative(usage),
            relative(output),
            yearly(net),
            Cell(same),
            *levels,
        ],
    )


def shares(fate: WorseOff) -> Rounded:
    """Write the share of people who are worse off, in %, with its interval."""
    parts = (fate.worse_off, fate.low, fate.high)
    shown = rounded(*(None if x is None else 100.0 * x for x in parts))
    return shown._replace(value=f"{shown.value} %") if shown.value else shown


def worse_off(fate: WorseOff) -> Cell:
    """Write the share of people who are worse off, as a cell."""
    shown = shares(fate)
    return Cell(shown.value or "–", shown.ends)


def relative(effect: Effect) -> Cell:
    """Write an effect in % of the baseline, with its interval."""
    shown = rounded(effect.percent, effect.percent_low, effect.percent_high, sign=True)
    return _cell(shown, effect, " %")


def yearly(effect: Effect) -> Cell:
    """Write an effect in $ per employee-week as $ per employee and year."""
    values = [
        None if value is None else WEEKS_A_YEAR * value
        for value in (effect.effect, effect.low, effect.high)
    ]
    shown = rounded(*values, sign=True)
    if shown.low == shown.high:  # the same in every replicate
        shown = shown._replace(low="", high="")
    return _cell(shown, effect, "")


def _cell(shown: Rounded, effect: Effect, unit: str) -> Cell:
    key = f"{effect.scheme}/{effect.outcome}"
    if not shown.value:
        return Cell("–", "", key)
    return Cell(shown.value + unit, shown.ends, key)


def level(
    panel: Panel, scheme: str, outcome: str, period: str, times: float = 1.0
) -> Cell:
    """Write the mean of an outcome at the centre, with its interval over replicates."""
    values = times * panel.known(scheme, outcome + SUFFIX[period])
    if not len(values):
        return Cell("–")
    shown = rounded(*interval(values), digits=2)
    return Cell(shown.value, shown.ends, f"{scheme}/{outcome}/{period}")
