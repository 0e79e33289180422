"""Run a command with a throw-away PostgreSQL server: `with_postgres.py COMMAND [ARG ...]`.

Uses the system's server if there is one, else the binaries of the wheel in
requirements/postgres.txt (installed on demand). The server lives in a temporary folder, listens on
a socket in that folder alone, runs as an unprivileged user when we are root, and is gone
afterwards. A DATABASE_URL for PostgreSQL that is already set is used instead.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
USER = "triage"


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres: on the PATH, Debian's, or the wheel's."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += [Path(p).parent for p in sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))[::-1]]
    site = Path(sysconfig.get_path("purelib"))
    folders += [p.parent for p in sorted(site.glob("*pgserver/pginstall*/bin/initdb"))[::-1]]
    return next((f for f in folders if (f / "postgres").exists()), None)


def install_wheel() -> None:
    """Put the wheel's binaries into this virtual environment, from pinned hashes."""
    target = ["--python", sys.executable, "install", "--quiet", "--no-deps", "--require-hashes"]
    requirements = ["-r", str(ROOT / "requirements" / "postgres.txt")]
    pip = os.environ.get("PIP_RUNNER", "python3 -m pip").split()
    subprocess.run([*pip, *target, *requirements], check=True)


def unprivileged() -> dict[str, int]:
    """PostgreSQL refuses to run as root: `subprocess` arguments that step down, if need be."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def within_reach(binaries: Path, folder: Path) -> Path:
    """The binaries, or a copy of them in the folder if its owner, whom we run as, cannot run them.

    So it is when we are root and the project is in a home that root alone may enter.
    """
    step_down = unprivileged()
    try:
        command = [binaries / "initdb", "--version"]
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True, **step_down)  # type: ignore[call-overload]
        return binaries
    except PermissionError:
        return copy_tree(binaries, folder, **step_down)


def copy_tree(binaries: Path, folder: Path, user: int, group: int) -> Path:
    """Copy an installed package's server, and the libraries the wheel puts next to the package."""
    tree = binaries.parent
    package = tree.parent
    for source in [tree, *package.parent.glob(f"{package.name}.libs")]:
        shutil.copytree(source, folder / source.relative_to(package.parent), symlinks=True)
    for path in folder.rglob("*"):
        os.chown(path, user, group, follow_symlinks=False)
    return folder / binaries.relative_to(package.parent)


def make(binaries: Path, folder: Path) -> None:
    """Make a cluster in the folder. Raises CalledProcessError."""
    where = {"cwd": folder, "stdout": subprocess.DEVNULL, **unprivileged()}
    command = [binaries / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "--no-sync"]
    subprocess.run([*command, "-E", "UTF8", "--locale=C.UTF-8"], check=True, **where)  # type: ignore[call-overload]


def start(binaries: Path, folder: Path) -> None:
    """Start the cluster of the folder. Raises CalledProcessError."""
    quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    run = [binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
    where = {"cwd": folder, "stdout": subprocess.DEVNULL, **unprivileged()}
    options = ["-o", f"-h '' -k {folder} {quick}"]
    subprocess.run([*run, *options, "start"], check=True, **where)  # type: ignore[call-overload]


def stop(binaries: Path, folder: Path) -> None:
    command = [binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
    where = {"cwd": folder, "stdout": subprocess.DEVNULL, **unprivileged()}
    subprocess.run(command, check=False, **where)  # type: ignore[call-overload]


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    binaries = find_binaries()
    if binaries is None:
        install_wheel()
        binaries = find_binaries()
    if binaries is None:
        sys.exit("No PostgreSQL server found, and its wheel holds none for this machine.")
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as name:  # a socket's path is short
        folder = Path(name)
        if step_down := unprivileged():
            os.chown(folder, step_down["user"], step_down["group"])
        client, binaries = binaries, within_reach(binaries, folder)
        url = f"postgresql://{USER}@{quote(name, safe='')}/postgres"
        try:
            make(binaries, folder)
            start(binaries, folder)
            # Its own pg_dump and psql come first: they fit this server.
            env = {"DATABASE_URL": url, "PATH": f"{client}{os.pathsep}{os.environ['PATH']}"}
            # For tests that stop this server, and start it again.
            env["POSTGRES_BINARIES"] = str(binaries)
            done = subprocess.run(command, check=False, env={**os.environ, **env})
            return done.returncode
        finally:
            stop(binaries, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
