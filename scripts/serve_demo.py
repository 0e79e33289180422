"""`make run`: prepare the demo's database, say how to sign in, and serve it on this machine alone.

What is there already is kept: the second start takes seconds. Of the environment's settings only
VAR_DIR, PORT and those of e-mail count: in the shell of a production server, the others would lead
to real data. Where EMAIL_HOST is set the timer runs beside the server, and ends with it; the people
of the demo have addresses that nobody can have.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREPARE = (
    ("migrate", "--verbosity=0"),
    ("load_guidance", "--verbosity=0"),
    ("collectstatic", "--no-input", "--verbosity=0"),
    ("load_demo",),
)
IGNORED = (
    *("ALLOWED_HOSTS", "BEHIND_PROXY", "BIND", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEMO"),
    *("GUNICORN_CMD_ARGS", "HSTS_SUBDOMAINS", "HTTPS", "MFA_KEY", "OIDC_PROVIDERS", "REQUIRE_MFA"),
    *("SECRET_KEY", "SITE_URL", "THREADS"),
)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The demo's environment: what was given, without the settings of anything else."""
    ignored = {*IGNORED, *(f"{name}_FILE" for name in IGNORED)}
    kept = {name: value for name, value in given.items() if name not in ignored}
    return {"PORT": "8000", **kept, "DEMO": "yes", "DJANGO_SETTINGS_MODULE": "config.settings"}


def sends_mail(env: Mapping[str, str]) -> bool:
    return bool(env.get("EMAIL_HOST") or env.get("EMAIL_HOST_FILE"))


def start_timer(env: Mapping[str, str]) -> None:
    """It looks whether its parent is still there: this process, which is the server's from then."""
    timer = [sys.executable, "manage.py", "timer", "--parent", str(os.getpid())]
    subprocess.Popen(timer, env=env)


def main() -> None:
    env = environment(os.environ)
    os.chdir(ROOT)
    for command in PREPARE:
        subprocess.run([sys.executable, "manage.py", *command], env=env, check=True)
    print(f"\nServing on http://127.0.0.1:{env['PORT']}/   (stop with Ctrl-C)", flush=True)
    if sends_mail(env):
        start_timer(env)
    server = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    os.execve(sys.executable, server, env)  # noqa: S606 - so that Ctrl-C and signals reach gunicorn


if __name__ == "__main__":
    main()
