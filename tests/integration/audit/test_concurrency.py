"""Many at once, on whichever database the tests run on: the chain must come out in one piece."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from accounts.models import Organisation, User
from audit import chain
from audit.acts import Act
from audit.models import Entry, Head
from audit.recorder import record
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def all_at_once(work: Callable[[int], None]) -> None:
    barrier = Barrier(THREADS)

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def read(user: User, organisation: Organisation | None) -> None:
    with transaction.atomic():
        record(by=user, action=Act.CASE_READ, obj=user, organisation=organisation)


def assert_whole(organisation_id: int | None, length: int) -> None:
    rows = list(Entry.objects.filter(organisation_id=organisation_id).order_by("sequence"))
    head = Head.objects.get(pk=organisation_id or 0)
    assert len(rows) == length
    assert chain.verify(rows, head=(head.sequence, head.hash)) is None
    assert sorted(row.at for row in rows) == [row.at for row in rows]


def test_eight_threads_of_twenty_records_make_one_chain():
    user = UserFactory()

    def work(number: int) -> None:
        for _ in range(20):
            read(user, user.organisation)

    all_at_once(work)
    assert_whole(user.organisation.pk, THREADS * 20)


def test_the_first_row_of_a_chain_can_be_raced():
    user = UserFactory()
    for _ in range(5):
        organisation = OrganisationFactory()
        all_at_once(lambda _, place=organisation: read(user, place))
        assert_whole(organisation.pk, THREADS)


def test_chains_grow_side_by_side():
    users = [UserFactory() for _ in range(THREADS)]

    def work(number: int) -> None:
        for _ in range(5):
            read(users[number], users[number].organisation)
            read(users[number], None)

    all_at_once(work)
    assert_whole(None, THREADS * 5)
    for user in users:
        assert_whole(user.organisation.pk, 5)
