"""`make screenshots`: a few pictures of the demo season for the README, always the same size and small."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests import drivers
from tests.browser.house import House, launched, opened
from tests.programs import Kept

TARGET = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 860}
COLOURS = 96  # flat surfaces: the eye sees no loss, and the file is a third


def main() -> int:
    """Take them all; gives 0."""
    TARGET.mkdir(parents=True, exist_ok=True)
    drivers.make_shared_folder()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            launched() as browser,
            opened(Path(folder), browser, Kept()) as house,
        ):
            _take(house, "worklist", "officer1", "/")
            _take(house, "decision", "decider", "/vedtak", "main th a")
            _take(house, "portal", "bergen", "/")
            _take(house, "letter", "officer1", "/saker/T24-0012/vedtak", part=".t-letter-frame")
    finally:
        drivers.remove_shared_folder(drivers.shared_folder())
    return 0


def _take(house: House, name: str, username: str, path: str, press: str = "", part: str = "") -> None:
    """One picture of what this person sees, after pressing a link, or of one part of the page."""
    with house.visitor(username, viewport=SIZE) as context:
        page = context.new_page()
        page.goto(path)
        if press:
            page.locator(press).first.click()
            page.wait_for_load_state()
        _save(TARGET / f"{name}.png", _picture(page, part))
    print(f"docs/screenshots/{name}.png")


def _picture(page: Page, part: str) -> bytes:
    if not part:
        return page.screenshot()
    box = page.locator(part).first.bounding_box()
    assert box is not None
    clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], SIZE["height"])}
    return page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]


def _save(path: Path, picture: bytes) -> None:
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
