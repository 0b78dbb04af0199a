"""Shares of plausible worlds as a bar, which several pages show."""

from experiments.report.worlds import hundred
from experiments.statistics.worlds import InWorlds

COLOURS = {"falls": "#b54a00", "little": "#66727c", "rises": "#0072b2"}
"""Of worlds in which output clearly falls, hardly moves and clearly rises: dark enough
for white numbers."""
NAMES = {"falls": "clearly falls", "little": "hardly moves", "rises": "clearly rises"}
SHOWN = 0.06
"""Share from which its number has room in a bar."""
UNKNOWN = (
    "In how many other plausible worlds it is so was not computed. On the command line "
    "study=certificate looks at a scheme in all of them."
)


def bar(row: InWorlds) -> str:
    """Draw the three shares of worlds as one bar, in HTML."""
    shares = {"falls": row.falls, "little": row.little, "rises": row.rises}
    told = ", ".join(f"{NAMES[k]} in {hundred(x)}" for k, x in shares.items())
    parts = "".join(
        f'<span style="flex-grow:{x:.4f};background:{COLOURS[k]}">'
        f"{hundred(x) if x >= SHOWN else ''}</span>"
        for k, x in shares.items()
        if x > 0.0
    )
    return (
        f'<div class="worlds-bar" role="img" aria-label="Of 100 worlds output {told}">'
        f"{parts}</div>"
    )
