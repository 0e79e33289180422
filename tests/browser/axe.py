"""The page that is open, looked at: by axe-core, and for what is wider than the screen."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA, or of best practice.

    Raises AssertionError naming each rule and the elements that break it.
    """
    page.wait_for_load_state()  # a click returns while the next page is still coming
    page.evaluate(_source())
    result = page.evaluate("() => axe.run(document)")
    if not result["passes"]:
        raise AssertionError("axe looked at nothing")
    broken = [
        f"{page.url} {rule['id']}: {rule['help']}: "
        + "; ".join(node["html"][:200] for node in rule["nodes"])
        for rule in result["violations"]
    ]
    if broken:
        raise AssertionError("\n".join(broken))


def assert_fits(page: Page, width: int) -> None:
    """Nothing scrolls sideways on a screen that is so many pixels wide."""
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, (page.url, wide)
