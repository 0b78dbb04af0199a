"""What the server makes once when it starts, so that nobody waits for it."""

import asyncio

from app import shipped
from app.compare.edits import variants
from app.comparison import compare
from experiments.designs.pair import Pair, named
from model.scenario import INCENTIVES


def up() -> None:
    """Compose the schemes, load the engine and compare the first pair."""
    named()
    for group in ("measure", *INCENTIVES):
        variants(group)
    shipped.is_current()
    asyncio.run(_compare_first_pair())


async def _compare_first_pair() -> None:
    async for _ in compare(Pair(), "the server"):
        pass
