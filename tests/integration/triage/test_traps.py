"""The traps of django-formtools, one test each (docs/decisions/0002)."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.triage.steps import answer, fill, shown, url
from triage.models import Draft

pytestmark = pytest.mark.django_db


# --- formtools' traps (docs/decisions/0002) -----------------------------------------------------


def test_a_get_writes_nothing_the_session_included(here, draft):
    fill(here, draft, stop="audience")
    before = Session.objects.values().get()
    version = Draft.objects.values_list("version", "saved_at").get()
    with CaptureQueriesContext(connection) as queries:
        here.get(url(draft, "audience"))
    writes = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "PRAGMA"))]
    assert writes == []
    assert Session.objects.values().get() == before
    assert Draft.objects.values_list("version", "saved_at").get() == version


@pytest.mark.parametrize("step", ["no-such-step", "done", "summary", "audience", "notes"])
def test_a_step_that_is_unknown_or_not_yet_reached_is_a_redirect(here, draft, step):
    for response in (here.get(url(draft, step)), here.post(url(draft, step), {"audience": "kept"})):
        assert response.status_code == 302
        assert response.url == url(draft, "immediate-risk")
    draft.refresh_from_db()
    assert draft.answers == {}


def test_the_step_comes_from_the_address_not_from_a_posted_field(here, draft):
    prefix = f"{draft.pk}-current_step"
    response = here.post(
        url(draft, "immediate-risk"),
        {
            "immediate_risk": "no",
            "shown": shown(here, url(draft, "immediate-risk")),
            prefix: "audience",
            "wizard_goto_step": "audience",
        },
    )
    assert response.url == url(draft, "people")  # the page after the one in the address
    draft.refresh_from_db()
    assert draft.answers == {"immediate_risk": "no"}


def test_only_declared_fields_are_stored(here, draft):
    answer(
        here,
        draft,
        "immediate-risk",
        immediate_risk="no",
        audience="public",
        csrfmiddlewaretoken="junk",
        junk="x" * 1000,
    )
    draft.refresh_from_db()
    assert draft.answers == {"immediate_risk": "no"}


def test_field_names_are_the_answer_keys(here, draft):
    page = here.get(url(draft, "immediate-risk")).content.decode()
    assert 'name="immediate_risk"' in page


def test_done_is_never_reached_by_get(here, draft):
    fill(here, draft)
    assert here.get(url(draft, "done")).url == url(draft, "check")
    assert here.get(url(draft, "submit")).url == url(draft, "check")
    draft.refresh_from_db()
    assert draft.submitted_at is None
