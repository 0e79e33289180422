"""What waits is sent over SMTP: to a real server, which dies, hangs and refuses."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from outbox.models import Message
from outbox.sending import drain, wait_after

pytestmark = pytest.mark.django_db


def at_once():
    """As when every waiting time is over."""
    Message.objects.filter(sent_at=None).update(try_at=timezone.now())


def test_each_message_arrives_once_over_one_connection(smtp, queued, settings):
    settings.SITE_URL = "https://triage.example"
    messages = queued(3)
    assert drain() == {"sent": 3}
    assert drain() == {}
    assert smtp.to == sorted(message.to.email for message in messages)
    assert smtp.connections == 1
    [first] = smtp.of(messages[0].to.email)
    assert first.message["Subject"] == "Subject 0"
    assert first.id == f"<{messages[0].pk}@school.example>"
    assert first.message["From"] == "Triage <triage@school.example>"
    assert first.message["Auto-Submitted"] == "auto-generated"
    assert "https://triage.example/x/\n" in first.body
    assert all(m.sent_at and not m.claimed_at and m.tries == 0 for m in Message.objects.all())


def test_the_address_is_the_one_the_person_has_when_it_is_sent(smtp, queued):
    [message] = queued()
    message.to.email = "moved@school.example"
    message.to.save()
    drain()
    assert smtp.to == ["moved@school.example"]


def test_a_dead_server_loses_nothing_and_a_revived_one_sends_each_once(smtp, queued, caplog):
    messages = queued(3)
    smtp.kill()
    assert drain() == {"failed": 3}
    for message in Message.objects.all():
        assert (message.tries, message.sent_at, message.claimed_at) == (1, None, None)
        assert timedelta(seconds=25) < message.try_at - timezone.now() < timedelta(seconds=31)
    assert drain() == {}, "what failed waits for a while"
    smtp.start()
    at_once()
    assert drain() == {"sent": 3}
    assert drain() == {}
    assert smtp.to == sorted(message.to.email for message in messages)
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING] == [
        f"message {message.pk} was not sent: ConnectionRefusedError" for message in messages
    ]


def test_waiting_doubles_from_half_a_minute_to_a_quarter_of_an_hour():
    waits = [wait_after(tries).total_seconds() for tries in (0, 1, 2, 3, 4, 5, 6, 10000)]
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_one_refused_recipient_does_not_stop_the_others(smtp, queued, caplog):
    messages = queued(3)
    smtp.refuses = {messages[0].to.email}
    assert drain() == {"failed": 1, "sent": 2}
    assert smtp.to == sorted(message.to.email for message in messages[1:])
    assert smtp.connections == 1
    refused = Message.objects.get(sent_at=None)
    assert (refused.pk, refused.tries) == (messages[0].pk, 1)
    # Which message, and why: no address, not the server's words (they may name the address).
    text = caplog.text
    assert f"{refused.pk} was not sent: SMTPRecipientsRefused" in text
    assert "@" not in text
    assert "nobody here" not in text
    assert "Words" not in text
    assert "Subject" not in text
    smtp.refuses = set()
    at_once()
    assert drain() == {"sent": 1}


def test_what_never_failed_goes_before_what_did(smtp, queued):
    messages = queued(3)
    smtp.refuses = {messages[0].to.email}
    assert drain(limit=1) == {"failed": 1}
    at_once()
    assert drain(limit=1) == {"sent": 1}
    assert smtp.to == [messages[1].to.email]


def test_a_connection_cut_at_one_recipient_is_opened_again_for_the_others(smtp, queued):
    messages = queued(3)
    smtp.drops = {messages[0].to.email}
    assert drain() == {"failed": 1, "sent": 2}
    assert smtp.connections == 2
    assert Message.objects.get(sent_at=None).pk == messages[0].pk


def test_a_connection_cut_again_and_again_leaves_the_rest_for_the_next_time(smtp, queued):
    messages = queued(4)
    smtp.drops = {message.to.email for message in messages[:2]}
    assert drain() == {"failed": 2}
    assert drain() == {"sent": 2}


@pytest.mark.parametrize("how", ["mute", "hangs"])
def test_a_server_that_hangs_costs_a_time_out_and_loses_nothing(smtp, queued, how):
    setattr(smtp, how, True)
    queued(5)
    began = time.monotonic()
    done = drain()
    assert time.monotonic() - began < 3
    assert done["failed"]
    assert not done["sent"]
    smtp.kill()
    smtp.mute = smtp.hangs = False
    smtp.start()
    at_once()
    assert drain() == {"sent": 5}
    assert len(set(smtp.to)) == len(smtp.to) == 5


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_the_mail_server_keeps_us_waiting(smtp, queued, monkeypatch):
    """The claim is written and done with; and no transaction is open while SMTP talks."""
    queued()
    seen = []

    def look(self, messages):
        seen.append(Message.objects.get().claimed_at)
        seen.append(connection.in_atomic_block)

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", look)
    drain()
    assert seen[0] is not None
    assert seen[1] is False


@pytest.mark.django_db(transaction=True)
def test_others_can_write_while_the_mail_server_hangs(smtp, queued):
    smtp.hangs = True
    [message] = queued()

    def send():
        try:
            return drain()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        while not (sending.done() or Message.objects.filter(claimed_at__isnull=False).exists()):
            time.sleep(0.005)
        began = time.monotonic()
        with transaction.atomic():
            message.to.name = "Renamed"
            message.to.save()
        took = time.monotonic() - began
        still_sending = not sending.done()
        assert sending.result() == {"failed": 1}
    assert still_sending
    assert took < 0.3


def test_what_a_dead_process_had_claimed_is_sent_after_ten_minutes_by_the_same_id(smtp, queued):
    [message] = queued()
    now = timezone.now()
    Message.objects.update(claimed_at=now - timedelta(minutes=9))
    assert drain() == {}
    Message.objects.update(claimed_at=now - timedelta(minutes=11))
    assert drain() == {"sent": 1}
    # Had the dead one sent it before it could say so, the two would be recognised as one.
    Message.objects.update(sent_at=None, claimed_at=now - timedelta(minutes=11))
    assert drain() == {"sent": 1}
    assert [received.id for received in smtp.received] == [f"<{message.pk}@school.example>"] * 2


def test_a_late_failure_does_not_undo_what_another_process_sent(smtp, queued, monkeypatch):
    queued()

    def slow_and_broken(self, messages):
        Message.objects.update(sent_at=timezone.now(), claimed_at=None)
        raise ConnectionError

    monkeypatch.setattr(
        "django.core.mail.backends.smtp.EmailBackend.send_messages", slow_and_broken
    )
    drain()
    message = Message.objects.get()
    assert message.sent_at is not None
    assert message.tries == 0


def test_nothing_is_sent_to_somebody_who_was_deactivated(smtp, queued):
    messages = queued(2)
    messages[0].to.is_active = False
    messages[0].to.save()
    assert drain() == {"dropped": 1, "sent": 1}
    assert smtp.to == [messages[1].to.email]
    dropped = Message.objects.get(pk=messages[0].pk)
    assert dropped.dropped_at is not None
    assert dropped.sent_at is None
    assert drain() == {}


def test_it_stops_between_two_messages_when_asked(smtp, queued):
    queued(3)
    assert drain(stop=lambda: True) == {"sent": 1}
    assert Message.objects.filter(sent_at=None, claimed_at=None).count() == 2


# --- the command -------------------------------------------------------------------------------


def test_the_command_says_what_it_did(smtp, queued, capsys):
    messages = queued(3)
    smtp.refuses = {messages[0].to.email}
    call_command("send_outbox")
    out = capsys.readouterr().out
    assert out == "Sent: 2. Failed, to be tried again: 1. Dropped: 0. Waiting: 1.\n"


def test_the_command_sends_no_more_than_its_limit(smtp, queued):
    messages = queued(3)
    call_command("send_outbox", "--limit", "2")
    assert smtp.to == sorted(message.to.email for message in messages[:2])


def test_without_a_mail_server_mail_waits_and_the_command_says_so(smtp, queued, settings, capsys):
    settings.EMAIL_HOST = ""
    queued(2)
    call_command("send_outbox")
    assert capsys.readouterr().out == "EMAIL_HOST is not set, so mail waits: 2 in the outbox.\n"
    assert smtp.received == []
    assert Message.objects.filter(sent_at=None, tries=0, claimed_at=None).count() == 2


# --- many at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_four_that_drain_at_once_send_each_message_once(smtp, queued):
    messages = queued(20)
    barrier = Barrier(4)

    def work(_):
        try:
            barrier.wait(timeout=30)
            return drain()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))
    assert smtp.to == sorted(message.to.email for message in messages)
    assert sum(counts["sent"] for counts in done) == 20
    assert Message.objects.filter(sent_at=None).count() == 0
