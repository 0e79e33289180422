"""`make stress`: what `make test` does in short, at length: 20,000 hostile bodies, and on each
database 50 kills of the server under load; the database taken away; two processes on one draft.

The tests are the same ones (tests/hostile, tests/faults): the environment says how much. SQLite and
PostgreSQL go side by side; SQLite has three in four of the bodies, because what is taken back slows
PostgreSQL down. What they did is printed as they print it. Exits 1 when anything fails, and when a
run takes longer than LONGEST. `stress.py BODIES KILLS` does fewer.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
BODIES, KILLS = 20_000, 50
LONGEST = 40 * 60  # seconds: for a machine that is busy with much else
PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-header", "tests/hostile", "tests/faults"]
SHARES = {"SQLite": 0.75, "PostgreSQL": 0.25}
RUNS = {
    "SQLite": PYTEST,
    "PostgreSQL": [sys.executable, "scripts/with_postgres.py", *PYTEST],
}


def environment(name: str, bodies: int, kills: int) -> dict[str, str]:
    ignored = {"DATABASE_URL"} if name == "SQLite" else set()
    given = {key: value for key, value in os.environ.items() if key not in ignored}
    return {**given, "STRESS_BODIES": str(int(bodies * SHARES[name])), "STRESS_KILLS": str(kills)}


def start(name: str, bodies: int, kills: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        RUNS[name],
        cwd=ROOT,
        env=environment(name, bodies, kills),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def show(name: str, run: "subprocess.Popen[str]") -> None:
    """Print each line as it comes, with whose it is."""
    for line in run.stdout or ():
        print(f"{name}: {line.rstrip()}", flush=True)


def finish(name: str, run: "subprocess.Popen[str]", until: float) -> bool:
    """Whether it passed, in its time."""
    try:
        passed = run.wait(max(1.0, until - time.monotonic())) == 0
    except subprocess.TimeoutExpired:
        print(f"{name}: took longer than {LONGEST} seconds", flush=True)
        return False
    print(f"=== {name}: {'passed' if passed else 'FAILED'}", flush=True)
    return passed


def end(run: "subprocess.Popen[str]") -> None:
    """All of its processes; first in a way that lets them end the servers that they started."""
    for number in (signal.SIGINT, signal.SIGKILL):
        if run.poll() is None:
            os.killpg(run.pid, number)
            with suppress(subprocess.TimeoutExpired):
                run.wait(60)


def main(bodies: int = BODIES, kills: int = KILLS) -> int:
    began = time.monotonic()
    print(f"{bodies} bodies, {kills} kills on each database", flush=True)
    runs = {name: start(name, bodies, kills) for name in RUNS}
    shown = [Thread(target=show, args=given) for given in runs.items()]
    for thread in shown:
        thread.start()
    try:
        passed = [finish(name, run, began + LONGEST) for name, run in runs.items()]
    finally:
        for run in runs.values():
            end(run)
    for thread in shown:
        thread.join(10)
    print(f"All together: {time.monotonic() - began:.0f} seconds.", flush=True)
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
