"""A started studio and pages that look at it with Debian's Chromium.

``page`` is one visitor; ``visit()`` makes further ones. Whoever sees an error in the
console, or a request to another host, fails. The studio is the one that
``tokenmaxxing app`` starts; every process of pytest-xdist that runs such tests starts
its own, and the group keeps them to one process (``--dist loadgroup``).
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from experiments.__main__ import main

ROOT = Path(__file__).parents[2]
PATIENCE = 600.0
"""Seconds until the studio must answer; the first start compiles the model."""
NO_HOST = ("data", "blob", "about")
"""Addresses that name no host."""
EXTRAS = {"playwright": "dev", "solara": "app", "solara_assets": "offline"}
"""What must be there beside Chromium, and the extra that brings it."""
STUDIO = ("-m", "experiments", "app", "port=PORT", "open=false")


class Served(NamedTuple):
    """A server that was started."""

    address: str
    process: subprocess.Popen

    @property
    def pid(self):
        """The process of the server."""
        return self.process.pid

    def end(self):
        """End the server."""
        self.process.terminate()
        self.process.wait(30)


def missing():
    """What a browser test needs and this machine does not have."""
    if shutil.which("chromium") is None:
        return "Chromium is not installed: apt-get install chromium"
    for module, extra in EXTRAS.items():
        if find_spec(module) is None:
            return f"{module} is not installed: pip install -e '.[{extra}]'"
    return None


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Starts servers: ``serve(*command)`` gives one that is ready.

    ``PORT`` in the command is the port ``at``, or a free one; further names are for the
    environment. They end with the session.
    """
    reason = missing()
    if reason:
        pytest.skip(reason)
    processes = []

    def started(*command, at=None, **environment):
        port = at or free_port()
        log = tmp_path_factory.mktemp("server") / "server.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, *(word.replace("PORT", port) for word in command)],
                cwd=ROOT,
                env=os.environ | environment,
                stdout=out,
                stderr=out,
            )
        processes.append(process)
        address = until_ready(f"http://127.0.0.1:{port}", process, log)
        return Served(address, process)

    yield started
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(30)


def free_port():
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(serve):
    """Address of a studio that was started for these tests."""
    return serve(*STUDIO).address


def until_ready(address, process, log):
    """Wait for a server, and tell what it said if it does not come."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return address
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"it did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def chromium():
    """A browser; ended with the module, as Playwright leaves no room for asyncio."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(request, chromium):
    """Makes pages of visitors who know nothing of each other.

    ``visit(path, width=, dark=, system_is_dark=)`` opens a path of the studio and waits
    for its frame; without a path the page is blank. ``dark`` is what the visitor chose
    before. ``at`` is another server than the studio; one that ``ends`` is missed in the
    console.
    """
    seen = []
    contexts = []

    def made(
        path=None, *, width=1280, dark=False, system_is_dark=False, at=None, ends=False
    ):
        address = at or request.getfixturevalue("server")
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if system_is_dark else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        if dark:
            context.add_init_script(
                "localStorage.setItem(':solara:theme.variant', '\"dark\"')"
            )
        page = context.new_page()
        watch(page, address, seen, ends=ends)
        if path is not None:
            page.goto(path)
            page.wait_for_selector(".studio")
        return page

    yield made
    for context in contexts:
        context.close()
    assert seen == []


def watch(page, address, seen, *, ends):
    """Write down what no page of the studio may do."""

    def heard(message):
        is_missed = ends and "net::ERR_CONNECTION_" in message.text
        if message.type == "error" and not is_missed:
            seen.append(f"console: {message.text}")

    def asked(request):
        parts = urlsplit(request.url)
        if parts.scheme not in NO_HOST and parts.netloc != urlsplit(address).netloc:
            seen.append(f"request: {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", asked)


@pytest.fixture
def page(visit):
    """One visitor at a desktop, who has opened nothing yet."""
    return visit()


@pytest.fixture
def context(page):
    """The browser context of ``page``, for permissions and downloads."""
    return page.context


@pytest.fixture
def copied():
    """The link that *Copy link* puts into the clipboard, without its host."""

    def link(page):
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        address = page.evaluate("navigator.clipboard.readText()")
        root = page.evaluate("window.location.origin")
        assert address.startswith(f"{root}/")
        return address.removeprefix(root)

    return link


@pytest.fixture
def drawn():
    """Waits for all charts of a page: one that leaves before it is drawn fails."""

    def wait(page):
        page.wait_for_function(
            "() => [...document.querySelectorAll('[role=img]:not(.worlds-bar)')]"
            ".every(chart => chart.querySelector('canvas, svg'))"
        )

    return wait


@pytest.fixture
def by_command(tmp_path):
    """Runs the file that *Compare* offers for the command line; gives the folder."""

    def ran(page):
        page.get_by_text("Keep and open files").first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name="YAML for the command line").click()
        file = tmp_path / "pair.yaml"
        download.value.save_as(file)
        folder = tmp_path / "kept"
        main(["study=pair", f"data={file}", f"out={folder}"])
        return folder

    return ran


@pytest.fixture
def predict():
    """Chooses an answer: ``predict(page, name)`` returns once the page shows it chosen.

    The server has to be asked first, which takes a while on a busy machine.
    """

    def chosen(page, name):
        answer = page.get_by_role("radio", name=name)
        answer.click(force=True)
        page.get_by_role("radio", name=name, checked=True).wait_for(state="attached")

    return chosen


@pytest.fixture
def stay():
    """Whether controls of a page are not made anew: who clicks them then is lost.

    ``stay(page, selector)`` notes what is there and gives a function that tells, later,
    whether all of it still is.
    """

    def noted(page, selector):
        page.evaluate(
            "named => { window.noted = [...document.querySelectorAll(named)] }",
            selector,
        )
        assert page.evaluate("noted.length") > 0
        return lambda: page.evaluate("noted.every(one => one.isConnected)")

    return noted
