"""The whole suite: the pure model once, with its coverage, and the rest on both databases.

Tests that stand on neither database (marked `once`) run on SQLite alone. The browser's take
minutes, most of it waiting, so they have a run of their own, and two journeys on PostgreSQL.

The runs go side by side. Extra arguments go to a run on each database instead, and nothing else is
run. Exits 1 when a run fails, or ran no test.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]
# It knows of no database, and all of its lines are tested by its own tests.
MODEL = "tests/unit/triage/model"


def commands(extra: list[str]) -> dict[str, list[str]]:
    on_postgres = [sys.executable, "scripts/with_postgres.py", *PYTEST]
    if extra:
        return {"SQLite": [*PYTEST, *extra], "PostgreSQL": [*on_postgres, *extra]}
    rest = f"--ignore={MODEL}"
    return {
        "SQLite": [*PYTEST, rest, "-m", "not browser"],
        "Browser": [*PYTEST, rest, "-m", "browser"],
        "PostgreSQL": [*on_postgres, rest, "-m", "not once"],
        "Model": [*PYTEST, *COVERAGE, MODEL],
    }


def main(extra: list[str]) -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        runs = {}
        for name, command in commands(extra).items():
            log = stack.enter_context(Path(folder, name).open("w+"))
            env = {
                k: v for k, v in os.environ.items() if name == "PostgreSQL" or k != "DATABASE_URL"
            }
            process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT
            )
            runs[name] = (process, log)
        failed = [name for name, (process, log) in runs.items() if not _report(name, process, log)]
    print(f"All together: {time.monotonic() - started:.0f} seconds.", flush=True)
    return 1 if failed else 0


def _report(name: str, process: subprocess.Popen[bytes], log: object) -> bool:
    """Wait for a run and print what it said. pytest ends with 5 when no test ran: a failure too."""
    status = process.wait()
    log.seek(0)  # type: ignore[attr-defined]
    print(f"=== {name}\n{log.read()}", flush=True)  # type: ignore[attr-defined]
    print(f"=== {name}: {'passed' if status == 0 else f'FAILED (exit {status})'}", flush=True)
    return status == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
