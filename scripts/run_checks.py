"""Lint, format, types, import rules, migrations. Runs them all; exits 1 when any complains."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "strict types": [BIN / "mypy", "--no-error-summary", "--strict", "-p", "triage.model"],
    "imports": [BIN / "lint-imports"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}


def main() -> int:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
