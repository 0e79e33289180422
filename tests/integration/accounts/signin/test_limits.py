"""Nothing that could be guessed may be tried often, and all processes count together."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from accounts.signin.views import passwords
from tests.client import FormClient
from tests.integration.accounts.signin.people import (
    code,
    give_app,
    is_signed_in,
    password_step,
    sign_in,
    wrong_code,
)
from tests.integration.web.processes import ROOT

pytestmark = pytest.mark.django_db
TOO_OFTEN = "Wait a few minutes"


def statuses(times: int, ask) -> list[int]:
    return [ask().status_code for _ in range(times)]


def test_codes_of_the_second_step(client, teacher):
    give_app(teacher)
    password_step(client, teacher)
    for _ in range(5):
        client.post("/account/second-step/", {"code": wrong_code()})
    answer = client.post("/account/second-step/", {"code": code()})
    assert "too many wrong codes" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_new_sign_in_does_not_begin_the_count_anew(teacher):
    give_app(teacher)
    for _ in range(5):
        here = FormClient()
        password_step(here, teacher)
        here.post("/account/second-step/", {"code": wrong_code()})
    here = FormClient()
    password_step(here, teacher)
    here.post("/account/second-step/", {"code": code()})
    assert not is_signed_in(here)


def test_confirming_who_one_is(client, teacher):
    sign_in(client, teacher)
    found = statuses(6, lambda: client.post("/account/confirm/", {"password": "wrong"}))
    assert found == [200] * 5 + [429]


def test_changing_how_one_signs_in(client, teacher):
    sign_in(client, teacher)
    fields = {"current": "", "password": "x", "again": "y"}
    found = statuses(11, lambda: client.post("/account/password/", fields))
    assert found == [422] * 10 + [429]


def test_passkeys(client):
    found = statuses(31, lambda: client.post("/account/passkey/", {"credential": "{}"}))
    assert found == [200] * 30 + [429]


def test_asking_for_the_head_of_the_page_of_passkeys_alone(client):
    """Each makes a session, which is a row."""
    assert statuses(31, lambda: FormClient().head("/account/passkey/")) == [200] * 30 + [429]


def test_asking_for_a_new_password(client, monkeypatch):
    monkeypatch.setattr(passwords, "AT_LEAST", 0.0)
    one = {"email": "somebody@school.example"}
    assert statuses(4, lambda: client.post("/account/forgotten/", one)) == [302] * 3 + [429]
    other = {"email": "another@school.example"}
    assert client.post("/account/forgotten/", other).status_code == 302


def test_links_for_a_new_password(client):
    found = statuses(21, lambda: client.get("/account/new-password/MQ/guess/"))
    assert found == [302] * 20 + [429]
    assert TOO_OFTEN in client.get("/account/new-password/MQ/guess/").content.decode()


def test_providers(client):
    found = statuses(61, lambda: client.get("/account/with/none/answer/?state=x&code=y"))
    assert found == [404] * 60 + [429]


def test_the_counts_are_kept_in_the_database_in_a_table_that_migrate_makes(db):
    backend = configured.CACHES["default"]["BACKEND"]
    assert backend == "django.core.cache.backends.db.DatabaseCache"
    cache.set("counted", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM accounts_limits")
        assert cursor.fetchone()[0] >= 1
    call_command("migrate", verbosity=0)
    assert cache.get("counted") == 1


TRY = """
import django; django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
fields = "login=nobody@school.example&password=wrong"
form = "application/x-www-form-urlencoded"
print([Client().post("/sign-in/", fields, content_type=form).status_code for _ in range(3)])
"""


@pytest.mark.once
def test_two_processes_count_together(tmp_path):
    """Three tries each: of six, five are allowed."""
    # A copy of the test's own, which is migrated already: that takes longer than all the rest.
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(tmp_path / "demo.sqlite3")) as copy,
    ):
        source.backup(copy)
    env = {"VAR_DIR": str(tmp_path), "DEMO": "yes", "DJANGO_SETTINGS_MODULE": "config.settings"}
    static = "from django.conf import settings; settings.STORAGES['staticfiles']['BACKEND'] = "
    plain = static + "'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    tried = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", plain + TRY],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert tried == ["[200, 200, 200]", "[200, 200, 429]"]
