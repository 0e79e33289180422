"""Pages of the queue by key: nothing twice, nothing left out, whatever comes in between."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referrals.models import Case, Status
from referrals.queue.keys import Key, page_of
from tests.factories.many_cases import make_many_cases, make_row
from tests.integration.referrals.queue_page import link, listed, read, shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def lead(client, dsl, guidance, monkeypatch):
    monkeypatch.setattr("referrals.queue.keys.PAGE_SIZE", 3)
    client.force_login(dsl)
    return client


@pytest.fixture
def tied(practitioner, guidance):
    """Ten cases, most of them of one level and one moment; their references in order."""
    times = [(4, 0), *[(3, 0)] * 6, (3, -1), (0, 2), (0, 1)]
    for level, minutes in times:
        at = NOW - timedelta(minutes=minutes)
        make_row(practitioner, urgency=level, submitted_at=at)
    ordered = Case.objects.order_by("-urgency", "submitted_at", "pk")
    return list(ordered.values_list("reference", flat=True))


def walk(client, words, address="/cases/", most=9):
    """The pages from there on by the link with these words."""
    pages = [read(client, address)]
    while f">{words}<" in pages[-1]:
        assert len(pages) < most, "it goes round in circles"
        pages.append(read(client, link(pages[-1], words)))
    return pages


def test_forwards_and_back_every_case_is_on_one_page(lead, tied):
    pages = walk(lead, "Next page")
    assert [listed(page) for page in pages] == [tied[0:3], tied[3:6], tied[6:9], tied[9:]]
    assert "Cases 4 to 6 of 10" in pages[1]
    assert "Previous page" not in pages[0]
    back = walk(lead, "Previous page", link(pages[3], "Previous page"))
    assert [listed(page) for page in back] == [tied[6:9], tied[3:6], tied[0:3]]
    # From home the second page is that of the queue.
    assert listed(read(lead, link(read(lead, "/"), "Next page"))) == tied[3:6]


def test_what_comes_in_meanwhile_moves_nothing_to_another_page(lead, tied, practitioner):
    first = read(lead)
    urgent = make_row(practitioner, urgency=4, submitted_at=NOW - timedelta(days=1))
    second = read(lead, link(first, "Next page"))
    assert listed(second) == tied[3:6]
    assert "Cases 5 to 7 of 11" in second
    calm = make_row(practitioner, urgency=0)
    rest = walk(lead, "Next page", link(second, "Next page"))
    after = [reference for page in rest for reference in listed(page)]
    assert after == [*tied[6:], calm.reference]
    assert listed(read(lead))[0] == urgent.reference


def test_a_case_that_left_the_list_takes_no_other_with_it(lead, tied):
    first = read(lead)
    closed = {"status": Status.CLOSED, "close_outcome": "moved", "review_on": NOW.date()}
    Case.objects.filter(reference=tied[2]).update(**closed)
    assert listed(read(lead, link(first, "Next page"))) == tied[3:6]


def test_filters_go_with_the_pages(lead, tied):
    page = read(lead, response="refer_now", status="any")
    second = read(lead, link(page, "Next page"))
    assert listed(second) == tied[4:7]
    assert "response=refer_now" in link(second, "Previous page")
    assert "status=any" in link(second, "Previous page")


@pytest.mark.parametrize(
    "key", ["", "x", "4", "5-1-1", "4-1-", "4--1-1", "٤-1-1", "4-1-1\n", "1" * 99]
)
def test_nonsense_gives_the_first_page(lead, tied, key):
    for name in ("after", "before"):
        assert listed(read(lead, **{name: key})) == tied[:3]


def test_a_page_before_the_second_case_is_a_whole_first_page(lead, tied):
    second = Case.objects.get(reference=tied[1])
    assert listed(read(lead, before=str(Key.of(second)))) == tied[:3]


def test_after_the_last_case_comes_the_first_page(lead, tied):
    last = Case.objects.get(reference=tied[-1])
    assert listed(read(lead, after=str(Key.of(last)))) == tied[:3]


def test_a_key_goes_into_words_and_back(tied):
    for case in Case.objects.all():
        key = Key.of(case)
        assert Key.parse(str(key)) == key
        assert Case.objects.filter(pk=case.pk).filter(key.after | key.before).count() == 0


def test_a_page_is_filled_whatever_the_key(tied, monkeypatch):
    monkeypatch.setattr("referrals.queue.keys.PAGE_SIZE", 4)
    cases = Case.objects.all()
    for case in cases:
        page = page_of(cases, total=10, before=str(Key.of(case)))
        assert len(page.cases) == 4
        assert [c.reference for c in page.cases] == tied[page.before : page.last]


def test_20000_cases_take_as_many_queries_as_20(client, dsl, practitioner, guidance):
    client.force_login(dsl)
    addresses = ("/cases/", "/cases/?flag=vulnerable&status=any&since=1+1+2020", "/")
    make_many_cases(practitioner, 20)
    few = {address: queries_of(client, address) for address in addresses}
    make_many_cases(practitioner, 19_980, start=20)
    assert {address: queries_of(client, address) for address in addresses} == few
    assert max(few.values()) <= 16
    assert shown(read(client)) == "3000 of 20000 cases: not closed"
    assert len(listed(read(client))) == 50


def queries_of(client, address):
    read(client, address)  # the first one reads the guidance
    with CaptureQueriesContext(connection) as caught:
        assert listed(read(client, address)), "a page with no case asks less"
    return len(caught)
