"""Where Chromium is. `--install` installs it if there is none: Debian's, else Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The system's Chromium, or the one Playwright has downloaded; None if there is neither."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Raises CalledProcessError when neither way works."""
    if shutil.which("apt-get"):
        root = [] if os.getuid() == 0 else ["sudo"]
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        get = [*root, "apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"]
        quiet = {"env": env, "stdout": subprocess.DEVNULL, "check": False}
        if subprocess.run(get, **quiet).returncode == 0:  # type: ignore[call-overload]
            return
        subprocess.run([*root, "apt-get", "-qq", "update"], **quiet)  # type: ignore[call-overload]
        if subprocess.run(get, **quiet).returncode == 0:  # type: ignore[call-overload]
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if "--install" in sys.argv and find() is None:
        print("Installing Chromium for the browser tests ...")
        install()
    sys.exit(0 if find() else "No Chromium found.")
