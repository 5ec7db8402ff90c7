"""Takes the pictures of the tutorial: ``python docs/pictures.py REPORT.html``.

Needs what the browser tests need (Debian's chromium, playwright) and pillow, and is run by hand.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "images"
WIDTH = 1360
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def keep(page: Page, name: str, selector: str, height: int, lead: int = 0) -> None:
    """The top of an element as a small picture of at most 256 colours."""
    box = page.locator(selector).first.bounding_box()
    clip = {"x": 0, "y": max(0, box["y"] - lead), "width": WIDTH, "height": height}
    raw = page.screenshot(clip=clip, full_page=True)
    image = (
        Image.open(io.BytesIO(raw)).convert("RGB").resize((WIDTH * 2 // 3, height * 2 // 3), Image.LANCZOS)
    )
    few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Take all of them."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.goto(Path(sys.argv[1]).resolve().as_uri())
        keep(page, "front", ".front", 860, 50)
        keep(page, "differences", ".diffs", 560, 30)
        keep(page, "findings", ".apparatus", 700, 60)
        page.evaluate("document.querySelectorAll('.f.corroborated')[1].open = true")
        page.wait_for_timeout(200)
        keep(page, "evidence", ".f[open]", 560, 60)
        page.evaluate("document.querySelector('.pair').requestSubmit()")
        page.wait_for_timeout(200)
        keep(page, "beside", ".pair", 700, 20)
        browser.close()


if __name__ == "__main__":
    main()
