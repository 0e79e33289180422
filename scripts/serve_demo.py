"""`make run`: prepare the demo's database, say how to sign in, and serve it on this machine alone.

What is there already is kept: the second start takes seconds.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREPARE = (
    ("migrate", "--verbosity=0"),
    ("load_guidance", "--verbosity=0"),
    ("collectstatic", "--no-input", "--verbosity=0"),
    ("load_demo",),
)


def main() -> None:
    port = os.environ.get("PORT", "8000")
    env = {**os.environ, "DEMO": "yes", "PORT": port, "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.chdir(ROOT)
    Path(env.get("VAR_DIR", "var")).mkdir(parents=True, exist_ok=True)
    for command in PREPARE:
        subprocess.run([sys.executable, "manage.py", *command], env=env, check=True)
    print(f"\nServing on http://127.0.0.1:{port}/   (stop with Ctrl-C)", flush=True)
    server = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    os.execve(sys.executable, server, env)  # noqa: S606 - so that Ctrl-C and signals reach gunicorn


if __name__ == "__main__":
    main()
