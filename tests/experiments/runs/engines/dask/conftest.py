"""What a client of Dask has beside the thread of the command."""

import asyncio
import threading

import pytest


@pytest.fixture
def loop():
    """An event loop that runs in a thread of its own."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join()
    made.close()
