"""``study=check``: what a scheme does, in plain words."""

from textwrap import fill

from rich.console import Console
from rich.text import Text

from experiments.config.request import Request
from experiments.words.gaming import prediction
from experiments.words.schemes import absent, contents, of_groups, timeline

WIDTH = 88


def run(request: Request) -> None:
    """Print in words what the scheme of a request does."""
    console = Console(highlight=False, width=WIDTH)
    scenario = request.scenario
    console.print(
        f"[bold]The scheme {request.scheme} is valid.[/bold] "
        f"{scenario.organisation.employees:,} people, {scenario.weeks} weeks; a "
        f"half-day of work is worth ${scenario.organisation.half_day_value:,.0f}."
    )
    for name, text in contents(scenario.scheme, scenario):
        _item(console, name, text)
    without = absent(scenario.scheme)
    if without:
        _item(console, "Not in it", ", ".join(without) + ".")
    for week, said in timeline(scenario):
        _item(console, f"From week {week} on", *(said or ["Nothing changes."]))
    for name, text in of_groups(scenario):
        _item(console, f"The group {name}", text)
    _expectations(console, request)


def _expectations(console: Console, request: Request) -> None:
    """Print what theory predicts of each incentive; the model may differ."""
    said = [
        f"{incentive.title}: {prediction(incentive)}"
        for incentive in request.scenario.incentives.values()
        if incentive.has_weight()
    ]
    if said:
        _item(console, "What theory expects, to be tested", *said)


def _item(console: Console, title: str, *paragraphs: str) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    for text in paragraphs:
        lines = fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
        console.print(Text(lines))
