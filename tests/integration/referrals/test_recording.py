"""Structured entries: what each asks for, what is kept, and that nothing is ever changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from referrals.models import EventKind
from referrals.records import BY_SLUG, OFFERED
from tests.factories.referrals import EMERGENCY, REFER_NOW, make_case
from tests.integration.referrals.cases import act, at, newest

pytestmark = pytest.mark.django_db
WHEN = {"on": "1 11 2026", "at": "10:00"}
# For each kind, answers that are complete.
COMPLETE = {
    "referral": {
        "agency": "police",
        "how": "telephone",
        "by_whom": "Example Lead, DSL",
        "reference": "EX-1",
        "facts": "What we were told.",
    },
    "not-referred": {
        "reason": "The risk is managed here.",
        "leader_name": "Example Head",
        "leader_position": "Head teacher",
    },
    "meeting": {"attendees": "Example Lead, DSL", "facts": "We agreed what to do."},
    "parents": {
        "person": "A",
        "done": "withheld",
        "reason": "It could put A at risk.",
        "review_on": "1 12 2030",
    },
    "support": {
        "person": "A",
        "impact": "A is upset.",
        "facts": "The nurse saw A.",
        "by_whom": "Example Lead",
    },
    "device": {
        "person": "A",
        "device": "A black phone",
        "done": "handed_over",
        "to_whom": "An officer, number 1",
        "by_whom": "Example Lead",
    },
    "viewing": {"done": "no"},
    "deletion": {"person": "A", "done": "asked", "where": "An app", "by_whom": "Example Lead"},
    "sharing": {
        "to_whom": "A social worker",
        "facts": "What happened, by telephone.",
        "reason": "To keep A safe.",
        "by_whom": "Example Lead",
    },
    "note": {"facts": "A asked for a quiet room.", "judgement": "A needs time."},
}


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def here(client, dsl):
    client.force_login(dsl)
    return client


def add(client, case, slug, **changes):
    posted = {**COMPLETE[slug], **WHEN, **changes}
    given = {key: value for key, value in posted.items() if value is not None}
    return act(client, case, f"record/{slug}/", **given)


def test_every_kind_is_tried_here():
    assert set(COMPLETE) == set(BY_SLUG)


@pytest.mark.parametrize("slug", COMPLETE)
def test_a_complete_entry_is_kept_and_shown(here, case, dsl, slug):
    assert add(here, case, slug).url == at(case)
    entry = newest(case)
    kept = {key: value for key, value in COMPLETE[slug].items() if key != "review_on"}
    assert {key: entry.data[key] for key in kept} == kept
    assert entry.entered_by == dsl
    assert timezone.localtime(entry.happened_at).strftime("%d %m %H:%M") == "01 11 10:00"
    assert timezone.now() - entry.entered_at < timedelta(minutes=1)
    page = here.get(at(case, "chronology/")).content.decode()
    assert entry.get_kind_display() in page
    text = COMPLETE[slug].get("facts") or COMPLETE[slug].get("reason") or "No"
    assert text in page
    acts = Entry.objects.filter(object_id=str(case.pk), actor_id=dsl.pk)
    assert acts.filter(action=f"case.{entry.kind}").count() == 1


NEEDED = [(kind.slug, field.key) for kind in OFFERED for field in kind.fields if field.needed]


@pytest.mark.parametrize(("slug", "key"), NEEDED)
def test_what_is_needed_is_asked_for_by_name(here, case, slug, key):
    response = add(here, case, slug, **{key: None})
    page = response.content.decode()
    assert response.status_code == 422
    label = next(f.label for f in BY_SLUG[slug].fields if f.key == key)
    assert f'href="#{key}"' in page
    assert label.replace("’", "’") in page
    assert case.events.count() == 1


@pytest.mark.parametrize(
    ("slug", "changes", "asks"),
    [
        ("viewing", {"done": "accident"}, ["by_whom", "reason", "present", "facts"]),
        ("viewing", {"done": "decided"}, ["by_whom", "reason", "present", "agreed_by", "facts"]),
        ("parents", {"done": "told"}, ["by_whom", "facts"]),
        ("parents", {"reason": "", "review_on": ""}, ["reason", "review_on"]),
        ("device", {"done": "held"}, ["where"]),
        ("device", {"to_whom": ""}, ["to_whom"]),
        ("referral", {"agency": "other"}, ["agency_name"]),
    ],
)
def test_what_an_answer_makes_needed(here, case, slug, changes, asks):
    response = add(here, case, slug, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    for key in asks:
        assert f'href="#{key}"' in page
    assert case.events.count() == 1


def test_the_rule_stands_beside_the_record_of_viewing(here, case):
    page = here.get(at(case, "record/viewing/")).content.decode()
    assert "Do not look at, copy, print, forward or save any image" in page


@pytest.mark.parametrize(
    ("on", "time", "message"),
    [
        ("31 2 2026", "10:00", "Enter a real date"),
        ("yesterday", "10:00", "Enter a real date"),
        ("", "10:00", "Enter the day it happened"),
        ("1 11 2026", "25:00", "Enter a time"),
        ("1 11 2026", "", "Enter the time it happened"),
        ("1 1 2999", "10:00", "that have passed already"),
    ],
)
def test_when_it_happened_must_be_a_moment_that_passed(here, case, on, time, message):
    response = add(here, case, "note", on=on, at=time)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert "A asked for a quiet room." in response.content.decode()


@pytest.mark.parametrize("on", ["1 11 2026", "01/11/2026", "2026-11-01", "1 November 2026"])
def test_a_day_can_be_typed_as_people_type_days(here, case, on):
    assert add(here, case, "note", on=on, at="9.05").status_code == 302
    assert timezone.localtime(newest(case).happened_at).strftime("%d %m %H:%M") == "01 11 09:05"


def test_a_pasted_image_is_taken_out_and_said(here, case):
    image = f"data:image/png;base64,{'A' * 400}"
    response = add(here, case, "note", facts=f"Before. {image}")
    page = response.content.decode()
    assert response.status_code == 422
    assert "looked like an image or a file" in page
    assert "Before." in page
    assert "AAAA" not in page


# --- the decision not to refer ------------------------------------------------------------------


@pytest.mark.parametrize("answers", [EMERGENCY, REFER_NOW])
@pytest.mark.parametrize("missing", ["reason", "leader_name", "leader_position"])
def test_not_referring_an_urgent_case_needs_a_reason_and_a_leader(
    here, practitioner, guidance, answers, missing
):
    case = make_case(practitioner, **answers)
    response = add(here, case, "not-referred", **{missing: "   "})
    assert response.status_code == 422
    assert f'href="#{missing}"' in response.content.decode()
    assert not case.events.filter(kind=EventKind.NOT_REFERRED).exists()
    assert add(here, case, "not-referred").status_code == 302


def test_not_referring_another_case_needs_a_reason_alone(here, case):
    changes = {"leader_name": None, "leader_position": None}
    assert add(here, case, "not-referred", **changes).status_code == 302
    assert add(here, case, "not-referred", reason=None, **changes).status_code == 422


@pytest.mark.parametrize("slug", ["referral", "not-referred"])
def test_once_it_is_decided_an_urgent_case_can_be_closed(here, practitioner, guidance, slug):
    case = make_case(practitioner, **REFER_NOW)
    act(here, case, "review/", decision="agree")
    add(here, case, slug)
    closing = {"outcome": "with_agencies", "summary": "Done.", "review_on": "1 1 2030"}
    assert act(here, case, "close/", **closing).status_code == 302


def test_a_referral_to_health_alone_decides_nothing(here, practitioner, guidance):
    case = make_case(practitioner, **REFER_NOW)
    act(here, case, "review/", decision="agree")
    add(here, case, "referral", agency="health")
    closing = {"outcome": "with_agencies", "summary": "Done.", "review_on": "1 1 2030"}
    assert act(here, case, "close/", **closing).status_code == 409


OVERRIDE = {"decision": "override", "classification": "adult_involved", "reason": "New facts."}
CLOSING = {"outcome": "with_agencies", "summary": "Done.", "review_on": "1 1 2030"}


def test_a_decision_without_a_leader_does_not_hold_for_a_higher_level(here, case):
    """Taken when nothing called for a referral, it agreed to nothing of this kind."""
    add(here, case, "not-referred", leader_name=None, leader_position=None)
    act(here, case, "review/", **OVERRIDE, response="emergency")
    assert "The response is to refer it." in here.get(at(case)).content.decode()
    assert act(here, case, "close/", **CLOSING).status_code == 409


def test_a_leaders_decision_holds_for_its_level_and_no_higher(here, practitioner, guidance):
    case = make_case(practitioner, **REFER_NOW)
    add(here, case, "not-referred")
    act(here, case, "review/", **OVERRIDE, response="refer_now")
    assert "The response is to refer it." not in here.get(at(case)).content.decode()
    act(here, case, "review/", **OVERRIDE, response="emergency")
    assert act(here, case, "close/", **CLOSING).status_code == 409
    add(here, case, "not-referred")
    assert act(here, case, "close/", **CLOSING).status_code == 302


def test_a_referral_holds_for_any_level(here, practitioner, guidance):
    case = make_case(practitioner, **REFER_NOW)
    add(here, case, "referral", agency="childrens_social_care")
    act(here, case, "review/", **OVERRIDE, response="emergency")
    assert act(here, case, "close/", **CLOSING).status_code == 302


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060 \u200b", " "])
def test_letters_that_nobody_sees_are_no_reason(here, practitioner, guidance, unseen):
    case = make_case(practitioner, **REFER_NOW)
    for key in ("reason", "leader_name", "leader_position"):
        assert add(here, case, "not-referred", **{key: unseen}).status_code == 422


@pytest.mark.parametrize("on", ["1 1 0001", "1 1 0202", "31 12 1999"])
def test_a_year_that_cannot_be_meant_is_asked_about(here, case, on):
    response = add(here, case, "note", on=on)
    assert response.status_code == 422
    assert "Enter a year from 2000 on" in response.content.decode()


def test_a_clock_a_minute_fast_is_no_error(here, case):
    soon = timezone.localtime() + timedelta(minutes=1)
    response = add(here, case, "note", on=f"{soon:%d %m %Y}", at=f"{soon:%H:%M}")
    assert response.status_code == 302


def test_news_of_a_referral_stands_with_it(here, case):
    add(here, case, "referral")
    number = newest(case).number
    news = {"response": "They will call back.", "outcome": "accepted", "reference": "EX-2"}
    act(here, case, f"chronology/{number}/news/", **news, **WHEN)
    entry = newest(case)
    assert (entry.kind, entry.about.number) == (EventKind.REFERRAL_NEWS, number)
    page = here.get(at(case)).content.decode()
    assert page.index("EX-1") < page.index("They will call back.")
    assert "They are acting on it" in page


def test_news_of_something_that_is_no_referral_is_not_found(here, case):
    assert here.get(at(case, "chronology/1/news/")).status_code == 404
    assert here.get(at(case, "chronology/99/news/")).status_code == 404
