"""`manage.py timer` as a real process: from an answer in the wizard to the mail that arrives."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from outbox.models import Message
from outbox.text import FOOT
from referrals.management.commands import timer as command
from referrals.models import Case, EventKind
from tests.factories.referrals import EMERGENCY, make_case
from tests.integration.timers import (
    SITE,
    add_message,
    eventually,
    mail_settings,
    own_database,
    timer,
)
from tests.integration.triage.steps import answer, start
from tests.integration.web.processes import ROOT, environment, prepare
from tests.smtp import SmtpServer

shared_database = pytest.mark.django_db(transaction=True)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    server = SmtpServer().start()
    yield server
    server.kill()


def running(folder, smtp, *options, **extra):
    given = {**mail_settings(smtp), "DATABASE_URL": own_database(), **extra}
    return timer(folder, "--every", "1", *options, **given)


@shared_database
def test_an_urgent_answer_arrives_as_mail_with_nothing_but_a_link(
    tmp_path, smtp, client, practitioner, dsl, guidance
):
    client.force_login(practitioner)
    with running(tmp_path, smtp) as process:
        assert "every 1 seconds" in process.stdout.readline()
        draft = start(client)
        answer(client, draft, "immediate-risk", immediate_risk="yes")
        assert eventually(lambda: smtp.received) < 10
        time.sleep(2)
    [mail] = smtp.received
    assert mail.to == dsl.email
    assert mail.message["Subject"] == "Urgent answer in an unfinished triage"
    told, link, foot, name = mail.body.strip().split("\n\n")
    assert told.startswith("Somebody gave an urgent answer")
    assert link == f"{SITE}/triage/{draft.pk}/read/"
    assert (foot, name) == (FOOT, "Image incident triage")
    client.force_login(dsl)
    assert client.get(link.removeprefix(SITE)).status_code == 200


@shared_database
def test_an_emergency_that_nobody_acknowledges_reaches_the_deputy(
    tmp_path, smtp, practitioner, dsl, deputy, guidance
):
    case = make_case(practitioner, **EMERGENCY)
    with running(tmp_path, smtp):
        eventually(lambda: smtp.of(dsl.email))
        assert smtp.of(deputy.email) == []
        Case.objects.update(review_due_at=timezone.now())
        eventually(lambda: smtp.of(deputy.email) and len(smtp.of(dsl.email)) == 2)
    [mail] = smtp.of(deputy.email)
    assert mail.message["Subject"] == f"Nobody has acknowledged case {case.reference}"
    assert case.events.filter(kind=EventKind.ESCALATED).count() == 1


@shared_database
def test_the_timer_outlives_a_dead_mail_server(tmp_path, smtp, practitioner, dsl, guidance):
    smtp.kill()
    with running(tmp_path, smtp) as process:
        make_case(practitioner)
        eventually(lambda: Message.objects.get().tries)
        smtp.start()
        Message.objects.update(try_at=timezone.now())
        eventually(lambda: smtp.received)
        time.sleep(2)
        process.terminate()
        _, log = process.communicate(timeout=10)
    assert smtp.to == [dsl.email]
    assert "ConnectionRefusedError" in log
    assert dsl.email not in log


def test_the_timer_outlives_a_database_that_is_not_there_yet(tmp_path, smtp):
    folder = tmp_path / "var"
    with timer(folder, "--every", "0.5", **mail_settings(smtp)) as process:
        assert "round failed" in process.stderr.readline()
        prepare(folder, "migrate", DEMO="yes")
        add_message(folder / "demo.sqlite3", "lead@school.example")
        eventually(lambda: smtp.received)
    assert smtp.to == ["lead@school.example"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@shared_database
def test_the_timer_ends_cleanly_when_it_is_told_to(tmp_path, smtp, number):
    extra = {**mail_settings(smtp), "DATABASE_URL": own_database()}
    with timer(tmp_path, "--every", "600", **extra) as process:
        process.stdout.readline()
        began = time.monotonic()
        process.send_signal(number)
        out, log = process.communicate(timeout=10)
    assert time.monotonic() - began < 3
    assert (process.returncode, out, log) == (0, "The timer has ended.\n", "")


@shared_database
def test_the_timer_ends_with_the_process_that_started_it(tmp_path, smtp):
    """As `make run` starts it. Its output is a pipe: reading that ends when the last one has."""
    parent = (
        "import os, subprocess, sys, time;"
        "subprocess.Popen([sys.executable, 'manage.py', 'timer', '--parent', str(os.getpid())]);"
        "time.sleep(600)"
    )
    extra = {**mail_settings(smtp), "DATABASE_URL": own_database()}
    process = subprocess.Popen(
        [sys.executable, "-c", parent],
        cwd=ROOT,
        env=environment(tmp_path, DEMO="yes", **extra),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "every 30 seconds" in process.stdout.readline()
    process.kill()
    out, _ = process.communicate(timeout=10)
    assert out == "The timer has ended.\n"


@shared_database
def test_without_a_mail_server_the_timer_watches_and_mail_waits(
    tmp_path, practitioner, dsl, deputy, guidance
):
    make_case(practitioner, **EMERGENCY)
    Case.objects.update(review_due_at=timezone.now())
    with timer(tmp_path, "--every", "1", DATABASE_URL=own_database()) as process:
        assert "mail waits" in process.stderr.readline()
        eventually(lambda: Message.objects.filter(to=deputy).exists())
    assert Message.objects.filter(sent_at=None, tries=0).count() == 3


@pytest.mark.django_db
def test_half_a_round_that_fails_does_not_stop_the_other(monkeypatch, settings, caplog):
    settings.EMAIL_HOST = "mail.example"
    done = []

    def fail(**kwargs):
        raise OperationalError("Zebedee")

    monkeypatch.setattr(command, "watch", fail)
    monkeypatch.setattr(command, "drain", lambda **kwargs: done.append("drained"))
    command.run_round(lambda: False)
    assert done == ["drained"]
    assert "OperationalError" in caplog.text
    assert "Zebedee" not in caplog.text


@pytest.mark.parametrize("every", ["0", "-1", "nan", "3601", "soon"])
def test_it_refuses_to_run_at_no_sensible_time(every):
    with pytest.raises(CommandError):
        call_command("timer", "--every", every)
