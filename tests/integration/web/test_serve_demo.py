"""`make run` from the shell of a production server: nothing of production is touched."""

import sqlite3
import urllib.error
from pathlib import Path

import pytest

from scripts import serve_demo
from tests.integration.web.processes import fetch, serving

PRODUCTION = {
    "BIND": "0.0.0.0:1",
    "ALLOWED_HOSTS": "triage.example.org",
    "HTTPS": "yes",
    "SECRET_KEY": "production's",
    "GUNICORN_CMD_ARGS": "--bind=0.0.0.0:2",
    "DEMO": "no",
}


def test_the_demo_takes_a_port_and_a_folder_and_nothing_else():
    given = {**PRODUCTION, "DATABASE_URL": "postgresql://real/one", "HOME": "/root"}
    files = {f"{name}_FILE": "/run/secrets/x" for name in given}
    kept = {"PORT": "9000", "VAR_DIR": "/somewhere", "PATH": "/bin"}
    assert serve_demo.environment({**given, **files, **kept}) == {
        **kept,
        "HOME": "/root",
        "HOME_FILE": "/run/secrets/x",
        "DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def test_it_serves_this_machine_alone_and_leaves_the_real_database_be(tmp_path):
    real = tmp_path / "real.sqlite3"
    own = tmp_path / "demo"
    urls = {"DATABASE_URL": f"sqlite:///{real}"}
    with serving(own, "scripts/serve_demo.py", **PRODUCTION, **urls) as site:
        assert fetch(f"{site}/readyz")[0] == 200
        # All of 127.0.0.0/8 is this machine: only a server on every address answers here too.
        with pytest.raises(urllib.error.URLError):
            fetch(site.replace("127.0.0.1", "127.0.0.2") + "/healthz")
    assert not real.exists()
    assert people(own / "demo.sqlite3") == 6
    assert not (own / "triage.sqlite3").exists()


def people(file: Path) -> int:
    database = sqlite3.connect(file)
    try:
        return int(database.execute("SELECT count(*) FROM accounts_user").fetchone()[0])
    finally:
        database.close()
