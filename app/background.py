"""Work off the event loop, so that the server goes on serving pages."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from model.cores import cores

POOL = ThreadPoolExecutor(max(2, cores()), "organisation")
"""Threads for all visitors."""

Result = TypeVar("Result")


async def in_background(work: Callable[[Event], Result]) -> Result:
    """Do work in a thread; its event is set once nobody waits for the result."""
    stop = Event()
    try:
        return await asyncio.get_running_loop().run_in_executor(POOL, work, stop)
    except asyncio.CancelledError:
        stop.set()
        raise
