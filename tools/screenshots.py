"""Take the pictures of the studio that the documents show.

    tokenmaxxing app open=false                    in one terminal
    python -m tools.screenshots [ADDRESS]           in another

Every page at desktop and phone width, light and dark, into docs/images/studio/, with
few colours to keep the files small. Needs Chromium and Playwright.
"""

import io
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "images" / "studio"
ADDRESS = "http://127.0.0.1:8765"
PAGES = {
    "map": "/",
    "compare": "/compare",
    "live": "/live",
    "person": "/person",
    "learn": "/learn",
    "class": "/class",
}
WIDTHS = {"desktop": 1280, "phone": 390}
THEMES = ("light", "dark")
CHOICES = ("auto", *THEMES)
"""What the button of the page goes through, one click each."""
TALLEST = {"desktop": 1500, "phone": 1800}
"""Pixels: longer pages are cut."""
COLOURS = 256
WEEKS = 6
"""Weeks that Live has passed in its picture."""
SETTLED = 1_500
"""Milliseconds until a chart has ended its animation."""


def arrive(page: Any, name: str) -> None:
    """Wait until a page shows what it is for."""
    if name == "compare":
        done = re.compile(r"^\d+ replicates of each side")
        page.get_by_text(done).wait_for()
    elif name == "live":
        step = page.get_by_role("button", name="Step")
        for week in range(1, WEEKS + 1):
            step.click()
            page.get_by_text(f"Week {week} of").first.wait_for()
    else:
        page.get_by_role("heading").first.wait_for()
    page.wait_for_timeout(SETTLED)


def switch(page: Any, theme: str) -> None:
    """Choose a theme by the button of the page, as a visitor does."""
    button = page.get_by_role("button", name=re.compile("^Colours: "))
    for _ in range(len(CHOICES)):
        if button.get_attribute("aria-label").startswith(f"Colours: {theme}"):
            break
        button.click()
    page.wait_for_timeout(SETTLED)


def pictures(browser: Any, address: str) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of every page, width and theme."""
    for name, width, theme in product(PAGES, WIDTHS, THEMES):
        context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900})
        page = context.new_page()
        page.goto(address + PAGES[name])
        arrive(page, name)
        switch(page, theme)
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size(
            {"width": WIDTHS[width], "height": min(height, TALLEST[width])}
        )
        page.wait_for_timeout(SETTLED)
        yield f"{name}-{width}-{theme}", page.screenshot()
        context.close()


def with_few_colours(picture: bytes) -> bytes:
    """The same picture as a PNG with a palette."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    out = io.BytesIO()
    # The other ways lose colours that stand in few places, such as those of padding.
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take all pictures."""
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for name, picture in pictures(browser, address):
            path = FOLDER / f"{name}.png"
            path.write_bytes(with_few_colours(picture))
            print(f"{path.name}: {path.stat().st_size // 1024} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
