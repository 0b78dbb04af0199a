"""What tests of pages share."""

import asyncio

import pytest


@pytest.fixture(autouse=True)
def loop():
    """An event loop for pages that start tasks, whatever earlier tests have closed."""
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    asyncio.set_event_loop(None)
    made.close()
