"""The audit's heads by e-mail: once a day, to people with an account, of use when given back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from audit.acts import Act
from audit.models import Entry, Head
from audit.recorder import SYSTEM, record
from outbox import audit_heads
from outbox.audit_heads import mail_daily
from outbox.models import Message
from outbox.sending import drain
from referrals.management.commands import timer
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.integration.audit.tampering import seal_again, tamper, verify

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(hour=12)


@pytest.fixture
def operator(settings):
    user = UserFactory(name="Example Operator", email="operator@service.example")
    settings.AUDIT_HEADS_TO = ["Operator@service.example"]
    return user


@pytest.fixture
def here():
    here = OrganisationFactory(name="Example Unmistakable School")
    for _ in range(3):
        with transaction.atomic():
            record(by=SYSTEM, action=Act.DEMO_LOADED, obj=here, organisation=here)
    return here


def test_the_heads_are_queued_once_a_day(here, operator):
    assert mail_daily(NOW)
    assert not mail_daily(NOW)
    assert not mail_daily(NOW + timedelta(hours=1))
    assert mail_daily(NOW + timedelta(days=1))
    assert Message.objects.filter(to=operator).count() == Message.objects.count() == 2


def test_a_day_begins_here_and_not_in_greenwich(here, operator):
    evening = timezone.datetime(2026, 6, 30, 22, 59, tzinfo=NOW.tzinfo)
    assert mail_daily(evening)
    assert mail_daily(evening + timedelta(minutes=2))
    subjects = Message.objects.order_by("key").values_list("subject", flat=True)
    assert list(subjects) == ["The audit on 30 June 2026", "The audit on 1 July 2026"]


def test_without_anybody_to_tell_nothing_is_read(here, settings, django_assert_num_queries):
    settings.AUDIT_HEADS_TO = []
    with django_assert_num_queries(0):
        assert not mail_daily(NOW)


def test_somebody_who_was_added_today_is_told_today(here, operator, settings):
    mail_daily(NOW)
    second = UserFactory()
    settings.AUDIT_HEADS_TO = [operator.email, second.email]
    assert mail_daily(NOW)
    assert set(Message.objects.values_list("to", flat=True)) == {operator.pk, second.pk}
    assert Message.objects.count() == 2


@pytest.mark.parametrize("active", [True, False])
def test_an_address_of_nobody_who_can_sign_in_is_an_error_once_a_day(
    here, operator, settings, caplog, monkeypatch, active
):
    """And no reason to leave the others without."""
    monkeypatch.setattr(audit_heads, "_said", set())
    UserFactory(email="known@service.example", is_active=active)
    settings.AUDIT_HEADS_TO += [
        "known@service.example",
        *(["other@else.example"] if active else []),
    ]
    for _ in range(2):
        mail_daily(NOW)
    assert [row.levelname for row in caplog.records] == ["ERROR"]
    assert "AUDIT_HEADS_TO" in caplog.text
    assert ".example" not in caplog.text
    assert Message.objects.filter(to=operator).count() == 1
    assert Message.objects.count() == (2 if active else 1)


def test_where_nobody_is_left_nothing_is_mailed(here, settings):
    settings.AUDIT_HEADS_TO = ["other@else.example"]
    assert not mail_daily(NOW)


def test_the_mail_names_nobody_and_finds_what_was_worked_out_again(
    here, operator, smtp, tmp_path, settings
):
    settings.SITE_URL = "https://triage.example"
    mail_daily(NOW)
    drain()
    [mail] = smtp.received
    assert mail.to == operator.email
    head = Head.objects.get(pk=here.pk)
    assert f'{{"chain": {here.pk}, "sequence": 3, "hash": "{head.hash}"}}' in mail.body
    assert "Unmistakable" not in mail.body
    assert operator.email not in mail.body
    saved = tmp_path / "mail.eml"
    saved.write_bytes(mail.message.as_bytes())
    assert verify("--heads", saved)[2]
    tamper(lambda: Entry.objects.filter(sequence=2).update(actor_id=9) and seal_again(here.pk))
    assert verify()[2]
    _, err, fine = verify("--heads", saved)
    assert not fine
    assert "row 3 is not that of an exported head" in err


def test_a_broken_audit_is_told_instead_once_a_day(here, operator, caplog):
    tamper(lambda: Entry.objects.filter(sequence=2).update(actor_id=9))
    assert mail_daily(NOW)
    assert not mail_daily(NOW)
    message = Message.objects.get()
    says = f"Organisation {here.pk}: row 2 is not as it was written."
    assert message.subject == "The audit does not verify"
    assert says in message.body
    assert f'"chain": {here.pk},' not in message.body
    assert says in caplog.text


def test_a_fault_found_by_hand_later_the_same_day_is_told_as_well(here, operator):
    mail_daily(timezone.now())
    tamper(lambda: Entry.objects.filter(sequence=2).update(actor_id=9))
    for _ in range(2):
        assert not verify("--mail", operator.email)[2]
    subjects = list(Message.objects.order_by("queued_at").values_list("subject", flat=True))
    assert len(subjects) == 2
    assert subjects[1] == "The audit does not verify"


def test_by_hand_the_heads_go_to_whoever_is_named(here):
    person = UserFactory()
    out, _, fine = verify("--mail", person.email)
    assert fine
    assert out.strip() in Message.objects.get(to=person).body


def test_by_hand_an_unknown_address_is_refused_and_not_repeated(here):
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--mail", "nobody@else.example")
    assert "else.example" not in str(refused.value)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_timer_does_it(here, operator):
    timer.run_round(lambda: False)
    timer.run_round(lambda: False)
    assert Message.objects.filter(to=operator).count() == 1
