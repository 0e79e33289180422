"""Every page of a case that a lead opens leaves a row in the audit: who, when, what."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from audit.models import Entry
from tests.factories.referrals import make_case
from tests.integration.referrals.amending import amended, begin, save
from tests.integration.referrals.cases import at

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
        assert row.action.endswith((".read", ".copied", ".exported"))
        assert row.organisation_id == case.organisation_id


def test_there_are_pages_to_try():
    assert {"case", "chronology", "review", "record", "identity"} <= set(case_urls())


@pytest.mark.parametrize(
    ("page", "typed", "status"),
    [
        ("review/", {}, 422),
        ("record/note/", {"facts": "A fact.", "on": "1 1 2026", "at": "10:00"}, 409),
        ("close/", {"outcome": "moved", "summary": "Done.", "review_on": "1 1 2099"}, 409),
        ("acknowledge/", {"seen": "1"}, 302),
    ],
)
def test_a_form_that_comes_back_is_on_record(client, dsl, case, page, typed, status):
    """It shows parts of the case. One that is saved shows nothing: what it did is on record."""
    client.force_login(dsl)
    before = Entry.objects.count()
    response = client.post(at(case, page), {"seen": "0", **typed})
    acts = [row.action for row in Entry.objects.order_by("pk")[before:]]
    assert response.status_code == status
    assert acts == (["case.acknowledged"] if status == 302 else ["case.read"])


@pytest.mark.parametrize("overtaken", [False, True])
def test_answers_that_are_not_saved_are_on_record(client, dsl, deputy, case, overtaken):
    """The page tells what another lead saved; without one, that the copy is as the case."""
    client.force_login(dsl)
    draft = begin(client, case)
    if overtaken:
        client.force_login(deputy)
        amended(client, case)
        client.force_login(dsl)
    before = Entry.objects.count()
    assert save(client, draft, version=1).status_code == 409
    row = Entry.objects.order_by("pk")[before:].get()
    assert (row.action, row.object_id, row.actor_id) == ("case.read", str(case.pk), dsl.pk)
