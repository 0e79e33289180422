"""The id of a request: in its answer, in every line about it, and from a trusted proxy alone."""

import json
import re

import pytest
from django.core.management import load_command_class
from django.db import IntegrityError

from tests.integration.web.processes import run
from web import health
from web.commands import Unattended
from web.logs import JsonFormatter, request_id

MADE = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef" * 2


def id_of(client, **headers):
    return client.get("/healthz", headers=headers)["X-Request-ID"]


def test_every_answer_has_an_id_of_its_own(client):
    ids = {id_of(client) for _ in range(3)}
    assert len(ids) == 3
    assert all(MADE.fullmatch(one) for one in ids)


def test_without_a_proxy_that_we_trust_nobody_chooses_it(client, settings):
    settings.REQUEST_ID_FROM_PROXY = False
    assert id_of(client, x_request_id=GIVEN) != GIVEN


@pytest.mark.parametrize("given", [GIVEN, GIVEN.upper(), "01234567-89ab-cdef-0123-456789abcdef"])
def test_the_proxys_id_is_kept(client, settings, given):
    settings.REQUEST_ID_FROM_PROXY = True
    assert id_of(client, x_request_id=given) == given


@pytest.mark.parametrize(
    "given",
    ["", "x", "Annabel", GIVEN + "0", GIVEN + "\n", GIVEN[:-1] + "g", "{" + GIVEN[2:] + "}"],
)
def test_anything_else_that_is_said_to_be_one_is_not(client, settings, given):
    settings.REQUEST_ID_FROM_PROXY = True
    made = id_of(client, x_request_id=given)
    assert made != given
    assert MADE.fullmatch(made)


def test_the_id_is_gone_after_the_answer(client):
    id_of(client)
    assert request_id.get() is None


def test_a_fault_shows_the_id_that_its_line_has(client, caplog, monkeypatch):
    def fail(*args):
        raise IntegrityError("Annabel")

    monkeypatch.setattr(health, "_holds", fail)
    client.raise_request_exception = False
    formatter, lines = JsonFormatter(), []
    monkeypatch.setattr(caplog.handler, "emit", lambda row: lines.append(formatter.format(row)))
    response = client.get("/readyz")
    assert response.status_code == 500
    shown = f'<span class="app-reference">{response["X-Request-ID"][:8]}</span>'
    assert shown in response.content.decode()
    (line,) = [json.loads(text) for text in lines]
    assert line["request_id"] == response["X-Request-ID"]
    assert line["exception"][0]["class"] == "django.db.utils.IntegrityError"
    assert "Annabel" not in lines[0]


@pytest.mark.parametrize(
    ("app", "name"),
    [
        ("outbox", "send_outbox"),
        ("outbox", "verify_audit"),
        ("referrals", "timer"),
        ("referrals", "watch_cases"),
    ],
)
def test_commands_that_a_timer_runs_are_watched_by_nobody(app, name):
    assert isinstance(load_command_class(app, name), Unattended)


def test_such_a_command_that_fails_says_so_in_one_line_of_the_log(tmp_path):
    done = run(tmp_path, "-W", "ignore", "manage.py", "watch_cases", DEMO="yes")
    assert done.returncode == 1
    (line,) = [json.loads(text) for text in done.stderr.splitlines()]
    assert (line["level"], line["message"]) == ("CRITICAL", "an exception reached Python itself")
    assert line["exception"][0]["class"] == "django.db.utils.OperationalError"
    assert "no such table" not in done.stderr
