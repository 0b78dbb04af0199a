"""The command that reproduces the numbers of a study."""

import shlex

from experiments.config.request import Request

NOT_RESULTS = ("out", "again", "engine")
"""Keys of a config that change no result."""


def command(request: Request) -> str:
    """Write the command; its results go to another folder."""
    kept = [text for text in request.overrides if root(text) not in NOT_RESULTS]
    if not any(text.startswith("study=") for text in kept):
        kept.insert(0, f"study={request.study}")
    if request.data is not None:  # without its folder, which differs between machines
        kept.append(f"data={request.data.name}")
    return shlex.join(["tokenmaxxing", *kept])


def root(text: str) -> str:
    """Name the group or top-level key that an override changes."""
    return text.partition("=")[0].partition(".")[0]
