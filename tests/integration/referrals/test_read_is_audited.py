"""Every page of a case that a lead opens leaves a row in the audit: who, when, what."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from audit.models import Entry
from tests.factories.referrals import make_case

pytestmark = pytest.mark.django_db
# What a lead is shown nothing on: a form is posted there, or the page is of another address.
NOT_PAGES = {"case_search"}
VALUES = {"slug": "note", "number": 1, "version": 2, "person_id": "p1"}


def case_urls():
    """The name of every address below a case."""
    patterns = get_resolver("referrals.urls").url_patterns
    return sorted(
        pattern.name
        for pattern in patterns
        if isinstance(pattern, URLPattern)
        and "reference" in pattern.pattern.converters
        and pattern.name not in NOT_PAGES
    )


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


def address(name, case):
    pattern = next(p for p in get_resolver("referrals.urls").url_patterns if p.name == name)
    values = {**VALUES, "reference": case.reference, "step_id": case.recommendations.first().pk}
    keys = pattern.pattern.converters
    return reverse(name, kwargs={key: values.get(key, 1) for key in keys})


@pytest.mark.parametrize("name", case_urls())
def test_opening_it_is_on_record(client, dsl, case, name):
    client.force_login(dsl)
    before = Entry.objects.count()
    response = client.get(address(name, case))
    rows = Entry.objects.order_by("pk")[before:]
    if response.status_code == 404:  # there is no such entry, version or card in this case
        assert name in ("news", "changes", "identity_compare")
        return
    assert response.status_code == 200
    assert rows
    for row in rows:
        assert row.actor_id == dsl.pk
        assert row.action.endswith((".read", ".copied"))
        assert row.organisation_id == case.organisation_id


def test_there_are_pages_to_try():
    assert {"case", "chronology", "review", "record", "identity"} <= set(case_urls())
