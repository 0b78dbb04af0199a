"""How long the studio takes from a change of a control to the redrawn page.

Run ``python benchmarks/app.py`` from the root of the checkout; it needs Chromium and
Playwright. A studio is started, and visitors press a key on a slider of *Compare*
(500 employees, 104 weeks, 16 replicates). Times run in the page: from the key to the
second frame after the numbers are there, for the preview and for all replicates.

- *one*: one visitor alone;
- *ten at once*: ten visitors press together, again and again;
- *beside the largest job*: one visitor, while another asks for as much as is allowed,
  in one visit as four runs of a large organisation;
- *memory* of the server before and after 200 changes.

Chromium runs on the same processors as the studio: with ten visitors, drawing ten pages
is a good part of the time.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

from playwright.sync_api import sync_playwright
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.shared import console, load, processor, versions  # noqa: E402
from model.cores import cores  # noqa: E402

CHANGES = 200
AT_ONCE = 10
LARGEST = "organisation.employees=6400&replicates=2"
"""Close to three million employee-weeks, in the longest runs that are allowed."""
PATIENCE = 120_000
"""Milliseconds after which a page is taken to be broken."""
WATCH = r"""
() => {
  window.took = {};
  let began = 0;
  const drawn = name => {
    window.took[name] = 0;
    requestAnimationFrame(() => requestAnimationFrame(
      () => { window.took[name] = performance.now() - began; }));
  };
  document.addEventListener('keydown', () => {
    began = performance.now();
    window.took = {};
  }, true);
  new MutationObserver(() => {
    if (!began) return;
    const said = document.querySelector('.panel[aria-live]').innerText;
    if (!('preview' in window.took) && said.includes('Preview.')) drawn('preview');
    if ('preview' in window.took && !('full' in window.took)
        && /^\d+ replicates of each side/m.test(said)) drawn('full');
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}
"""


class Took(NamedTuple):
    """Seconds from a key to the page."""

    preview: float
    full: float


@contextmanager
def studio() -> Iterator[tuple[str, int]]:
    """Address and process of a studio that is started and ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "experiments", "app", f"port={port}", "open=false"]
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                urlopen(f"{address}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.3)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def opened(browser: Any, address: str, query: str) -> Any:
    """A visitor of *Compare* whose slider of the minimum has the focus."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/compare?{query}")
    page.get_by_text("replicates of each side").first.wait_for()
    page.get_by_text("Minimum", exact=True).click()
    page.locator('[type=range][aria-label^="amount"]').focus()
    page.evaluate(WATCH)
    return page


def press(page: Any) -> None:
    page.keyboard.press("ArrowRight")


def taken(page: Any) -> Took:
    """What the latest key took, once all replicates are drawn."""
    page.wait_for_function("() => window.took.full > 0")
    took = page.evaluate("() => window.took")
    return Took(took["preview"] / 1000.0, took["full"] / 1000.0)


def one(browser: Any, address: str, seed: int, changes: int) -> list[Took]:
    """Changes of one visitor."""
    page = opened(browser, address, f"seed={seed}")
    found = []
    for _ in range(changes):
        press(page)
        found.append(taken(page))
    page.context.close()
    return found


def at_once(browser: Any, address: str, seed: int, rounds: int) -> list[Took]:
    """Changes of ten visitors who press together."""
    pages = [opened(browser, address, f"seed={seed + k}") for k in range(AT_ONCE)]
    found = []
    for _ in range(rounds):
        for page in pages:
            press(page)
        found += [taken(page) for page in pages]
    for page in pages:
        page.context.close()
    return found


def beside_largest(browser: Any, address: str, seed: int, rounds: int) -> list[Took]:
    """Previews of one visitor while another has the largest job under way."""
    page = opened(browser, address, f"seed={seed}")
    other = browser.new_context().new_page()
    other.set_default_timeout(PATIENCE)
    found = []
    for k in range(rounds):
        other.goto(f"{address}/compare?{LARGEST}&seed={seed + k}")
        other.get_by_role("button", name="Cancel").wait_for()
        press(page)
        found.append(taken(page))
        other.get_by_text("2 replicates of each side").wait_for()
    page.context.close()
    other.context.close()
    return found


def memory(pid: int) -> float:
    """What a process has in memory [MB]."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024.0
    raise RuntimeError("the system does not tell")


def row(name: str, found: Sequence[Took]) -> list[str]:
    """A line of the table: median and 95th percentile of preview and full."""
    cells = [name, str(len(found))]
    for values in zip(*found, strict=True):
        cut = statistics.quantiles(values, n=20, method="inclusive")
        cells += [f"{statistics.median(values):.2f}", f"{cut[-1]:.2f}"]
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--changes", type=int, default=CHANGES)
    changes = parser.parse_args().changes
    before = load()
    table = Table("visitors", "changes", title="Seconds from a key to the redrawn page")
    for name in ("preview", "95 %", "full", "95 %"):
        table.add_column(name, justify="right")
    with studio() as (address, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        one(browser, address, 1_000, 5)  # what is loaded at first use is there
        at_start = memory(pid)
        quarter = max(1, changes // 4)
        alone = [
            took for k in range(4) for took in one(browser, address, 2_000 + k, quarter)
        ]
        at_end = memory(pid)
        print("one visitor is measured ...", file=sys.stderr, flush=True)
        rounds = max(2, changes // 20)
        together = at_once(browser, address, 3_000, rounds)
        print("ten visitors are measured ...", file=sys.stderr, flush=True)
        beside = beside_largest(browser, address, 4_000, rounds)
        browser.close()
    table.add_row(*row("one", alone))
    table.add_row(*row("ten at once", together))
    table.add_row(*row("one beside the largest job", beside))
    out = console(100)
    out.print(table)
    growth = 100.0 * (at_end / at_start - 1.0)
    out.print(
        f"Memory of the server: {at_start:.0f} MB, after {len(alone)} changes "
        f"{at_end:.0f} MB ({growth:+.1f} %)."
    )
    out.print(f"{cores()} processors, {processor()}; at the start {before}.")
    out.print(versions(["solara", "ipyvuetify", "playwright", "numba", "numpy"]))


if __name__ == "__main__":
    main()
