"""Takes the pictures in the README from the product as it is: its own database, a real browser."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "docs" / "screenshots"
PORT = "8123"
SITE = f"http://127.0.0.1:{PORT}"
DESKTOP = {"width": 1100, "height": 900}


def serve(folder: str) -> subprocess.Popen[bytes]:
    """The demo, on a database of its own."""
    env = {**os.environ, "VAR_DIR": folder, "PORT": PORT}
    server = subprocess.Popen(
        [sys.executable, "scripts/serve_demo.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{SITE}/readyz", timeout=1)  # noqa: S310 - our own address
            return server
        except OSError:
            time.sleep(0.5)
    server.terminate()
    raise SystemExit("The demo did not start.")


def take(page: Page, name: str, *, full: bool = False) -> None:
    page.screenshot(path=TARGET / f"{name}.png", full_page=full)


def pictures_of_staff(page: Page) -> None:
    from tests.browser.walk import Walk, sign_in_as

    sign_in_as(page, "practitioner@demo.example", "demo-triage-2026")
    walk = Walk(page, _example()).start()
    take(page, "first-question")
    walk.to("audience")
    take(page, "question")
    walk.submit()
    take(page, "outcome")


def pictures_of_leads(page: Page) -> None:
    from tests.browser.walk import sign_in_as

    sign_in_as(page, "dsl@demo.example", "demo-triage-2026")
    page.goto("/cases/")
    page.locator("tbody a").first.click()
    take(page, "case")


def _example() -> dict:
    """The first worked case: two 16-year-olds in a relationship."""
    import json

    line = (ROOT / "tests" / "cases" / "public.jsonl").read_text().splitlines()[3]
    return json.loads(line)["answers"]


def main() -> None:
    from scripts.find_chromium import find

    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = serve(folder)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find())
                for pictures in (pictures_of_staff, pictures_of_leads):
                    pictures(browser.new_page(base_url=SITE, viewport=DESKTOP))
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
