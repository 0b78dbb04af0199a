"""What is made once when the server starts, so that nobody waits for it."""

import asyncio

from app.comparison import compare
from app.keys import variants
from experiments.designs.pair import Pair, named
from model.scenario import INCENTIVES


def up() -> None:
    """Compose the schemes, load the engine and compare the pair of the front page."""
    named()
    for group in ("measure", *INCENTIVES):
        variants(group)
    asyncio.run(_first_page())


async def _first_page() -> None:
    async for _ in compare(Pair(), "the server"):
        pass
