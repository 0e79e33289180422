"""What is put into the outbox, and taken out again unsent."""

import pytest
from django.db import transaction

from outbox.actions import Notice, keys_queued, queue, withdraw
from outbox.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def notice(*to, key="key"):
    return Notice(to, "Subject", "Body", key)


def test_the_same_key_tells_each_person_once():
    first, second = UserFactory(), UserFactory()
    queue(notice(first))
    queue(notice(first, second), notice(first, key="another"))
    told = Message.objects.order_by("to", "key").values_list("to", "key")
    assert list(told) == [
        (first.pk, f"another:{first.pk}"),
        (first.pk, f"key:{first.pk}"),
        (second.pk, f"key:{second.pk}"),
    ]
    assert keys_queued(notice(first, second).keys) == notice(first, second).keys
    assert keys_queued(notice(first, key="never").keys) == set()


def test_what_did_not_happen_is_not_told():
    with transaction.atomic():
        queue(notice(UserFactory()))
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


def test_what_is_withdrawn_is_gone_but_for_those_who_may_know():
    first, second = UserFactory(), UserFactory()
    queue(notice(first, second, key="case:A:new"), notice(first, key="case:B:new"))
    withdraw(key="case:A:", keep=[second])
    left = Message.objects.order_by("key").values_list("key", flat=True)
    assert list(left) == [f"case:A:new:{second.pk}", f"case:B:new:{first.pk}"]
