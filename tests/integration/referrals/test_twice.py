"""Posting one form twice, and having one case open in two windows."""

import pytest

from referrals.models import Comparison, EventKind, LastSaved
from tests.client import FormClient
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, newest, seen

pytestmark = pytest.mark.django_db
NOTE = {"facts": "Once.", "on": "1 11 2026", "at": "10:00"}
CARD = {"full_name": "Alex Invented", "date_of_birth": "", "pupil_number": ""}


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def there(second_dsl):
    client = FormClient()
    client.force_login(second_dsl)
    return client


@pytest.fixture
def case(practitioner, here):
    return make_case(practitioner)


def twice(client, case, page, **values):
    """Two clicks on the button of one page."""
    posted = {"seen": seen(client, at(case, page)), **values}
    return [client.post(at(case, page), posted, follow=True) for _ in range(2)]


def test_every_form_on_a_case_can_be_clicked_twice(here, case, dsl):
    step = case.recommendations.filter(kind="next_step").first()
    done = {"progress": "done", "reason": "", "responsible": "", "due": ""}
    close = {"outcome": "moved", "summary": "Done.", "review_on": "1 1 2099"}
    for page, values in [
        ("acknowledge/", {}),
        ("review/", {"decision": "agree", "reason": ""}),
        ("assign/", {"to": dsl.pk}),
        ("plan/add/", {"text": "Speak to A.", "responsible": "", "due": ""}),
        (f"plan/{step.pk}/", done),
        ("record/note/", NOTE),
        ("chronology/1/addendum/", {"text": "More."}),
        ("people/p1/", CARD),
        ("restrict/", {"named": dsl.pk, "reason": "Why."}),
        ("lift-restriction/", {"reason": "Why."}),
        ("close/", close),
        ("reopen/", {"reason": "Why."}),
    ]:
        before = case.events.count()
        for response in twice(here, case, page, **values):
            assert response.status_code == 200, page
            text = response.content.decode()
            assert "govuk-notification-banner--success" in text, page
            assert "Not saved" not in text
        assert case.events.count() == before + 1, page


def test_so_can_the_button_on_the_page_of_the_case(here, case):
    number = seen(here, at(case))
    for _ in range(2):
        assert here.post(at(case, "acknowledge/"), {"seen": number}).url == at(case)
    assert case.events.filter(kind=EventKind.ACKNOWLEDGED).count() == 1


def test_going_back_and_changing_the_words_is_no_second_click(here, case):
    stale = seen(here, at(case, "record/note/"))
    here.post(at(case, "record/note/"), {**NOTE, "seen": stale})
    other = {**NOTE, "seen": stale, "facts": "Something else."}
    told = here.post(at(case, "record/note/"), other)
    text = told.content.decode()
    assert told.status_code == 409
    assert "Note, by you, in another window," in text
    assert "Something else." in text
    assert here.post(at(case, "record/note/"), {**other, "seen": "2"}).status_code == 302
    assert newest(case).data == {"facts": "Something else."}


def test_the_same_words_of_somebody_else_are_not_the_same(here, there, case):
    stale = seen(there, at(case, "record/note/"))
    here.post(at(case, "record/note/"), {**NOTE, "seen": stale})
    told = there.post(at(case, "record/note/"), {**NOTE, "seen": stale})
    assert told.status_code == 409
    assert "Note, by Example Lead," in told.content.decode()


def test_a_late_click_after_more_was_written_tells_all_of_it(here, there, case):
    """What was saved may not hold any more."""
    stale = seen(here, at(case, "acknowledge/"))
    here.post(at(case, "acknowledge/"), {"seen": stale})
    act(there, case, "record/note/", **NOTE)
    told = here.post(at(case, "acknowledge/"), {"seen": stale})
    assert told.status_code == 409
    assert "Acknowledged, by you, in another window," in told.content.decode()
    assert "Note, by Example Second Lead," in told.content.decode()


def test_a_decision_taken_back_is_not_said_to_be_saved_again(here, case, practitioner):
    """Comparing two people writes no entry, so it is the last thing saved that counts."""
    other = make_case(practitioner)
    for each in (case, other):
        act(here, each, "people/p1/", **CARD)
    page = f"people/p1/compare/{other.identities.get().pk}/"
    first = {"seen": seen(here, at(case, page)), "known": "0", "same": "yes", "reason": ""}
    assert [here.post(at(case, page), first).status_code for _ in range(2)] == [302, 302]
    second = {**first, "same": "no", "known": str(Comparison.objects.get().pk)}
    assert here.post(at(case, page), second).status_code == 302
    assert here.post(at(case, page), first).status_code == 409


def test_nothing_of_what_was_typed_is_kept_for_it(here, case):
    act(here, case, "record/note/", **NOTE)
    act(here, case, "acknowledge/")
    kept = LastSaved.objects.get()
    assert len(kept.digest) == 64
    assert kept.number == 3


def test_what_was_refused_is_not_kept(here, case):
    act(here, case, "record/note/", facts="", on="", at="")
    here.post(at(case, "record/note/"), {**NOTE, "seen": "0"})
    assert not LastSaved.objects.exists()
