"""`make run` from the shell of a production server: nothing of production is touched."""

import sqlite3
import urllib.error
from pathlib import Path

import pytest

from scripts import serve_demo
from tests.integration.timers import add_message, eventually, mail_settings, timers_of
from tests.integration.web.processes import fetch, prepare, serving
from tests.smtp import SmtpServer

PRODUCTION = {
    "BIND": "0.0.0.0:1",
    "ALLOWED_HOSTS": "triage.example.org",
    "HTTPS": "yes",
    "SECRET_KEY": "production's",
    "GUNICORN_CMD_ARGS": "--bind=0.0.0.0:2",
    "DEMO": "no",
    "SITE_URL": "https://triage.example.org",
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
        assert timers_of(own) == [], "without a mail server mail waits"
        # All of 127.0.0.0/8 is this machine: only a server on every address answers here too.
        with pytest.raises(urllib.error.URLError):
            fetch(site.replace("127.0.0.1", "127.0.0.2") + "/healthz")
    assert not real.exists()
    assert people(own / "demo.sqlite3") == 7
    assert not (own / "triage.sqlite3").exists()


def test_with_a_mail_server_the_timer_runs_beside_the_server_and_ends_with_it(tmp_path):
    prepare(tmp_path, "migrate", DEMO="yes")
    add_message(tmp_path / "demo.sqlite3", "another@demo.example")
    smtp = SmtpServer().start()
    try:
        with serving(tmp_path, "scripts/serve_demo.py", **mail_settings(smtp)):
            eventually(lambda: smtp.received)
            assert len(timers_of(tmp_path)) == 1
        eventually(lambda: not timers_of(tmp_path), seconds=10)
    finally:
        smtp.kill()
    assert smtp.to == ["another@demo.example"]


@pytest.mark.parametrize(
    ("given", "sends"),
    [({"EMAIL_HOST": "mail.example"}, True), ({"EMAIL_HOST_FILE": "/x"}, True), ({}, False)],
)
def test_the_timer_is_started_only_where_there_is_a_mail_server(given, sends):
    assert serve_demo.sends_mail(serve_demo.environment(given)) is sends


def people(file: Path) -> int:
    database = sqlite3.connect(file)
    try:
        return int(database.execute("SELECT count(*) FROM accounts_user").fetchone()[0])
    finally:
        database.close()
