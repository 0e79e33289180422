"""What cannot be done to a case as it stands is said before anybody types, with the way on."""

import re

import pytest
from django.utils import timezone

from referrals.actions.deciding import agree, close
from referrals.actions.planning import NO_LONGER
from referrals.chronology import last_number
from referrals.models import Status
from tests.factories.referrals import REFER_NOW, make_case
from tests.integration.referrals.amending import amended
from tests.integration.referrals.cases import act, at, fresh, seen

pytestmark = pytest.mark.django_db
CLOSED = "This case is closed. Reopen it first."
CANNOT = "This cannot be done now"
NOTE = {"facts": "My own words.", "on": "1 11 2026", "at": "10:00"}
REFERRAL = {"agency": "police", "how": "telephone", "by_whom": "A lead", "on": "1 11 2026"}


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here):
    return make_case(practitioner)


def shut(case, by):
    if case.status != Status.REVIEWED:
        agree(case=case, comment="", seen=last_number(case), by=by)
    end = {"outcome": "supported_here", "summary": "Done", "review_on": timezone.localdate()}
    close(case=case, seen=last_number(case), by=by, **end)


def main_of(response):
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def pages_of(case):
    """Every form that a closed case refuses."""
    number = case.events.get(kind="referral").number
    step = case.recommendations.filter(kind="next_step").first()
    names = ["acknowledge/", "review/", "amend/", "assign/", "close/", "plan/add/", "record/note/"]
    return [*names, f"plan/{step.pk}/", f"chronology/{number}/news/"]


def test_a_closed_case_says_so_and_asks_nothing(here, case, dsl):
    act(here, case, "record/referral/", **REFERRAL, at="10:00", facts="All of it.")
    shut(case, dsl)
    for page in pages_of(case):
        response = here.get(at(case, page))
        text = main_of(response)
        assert response.status_code == 200, page
        assert CANNOT in text, page
        assert CLOSED in text, page
        assert "<form" not in text, page
        assert f'href="{at(case, "reopen/")}">Reopen this case</a>' in text, page


def test_an_open_case_asks(here, case):
    act(here, case, "record/referral/", **REFERRAL, at="10:00", facts="All of it.")
    act(here, case, "review/", decision="agree", reason="")
    for page in set(pages_of(case)) - {"acknowledge/"}:
        text = main_of(here.get(at(case, page)))
        assert "<form" in text, page
        assert CANNOT not in text, page


def test_what_stays_possible_when_it_is_closed_asks_too(here, case, dsl):
    shut(case, dsl)
    for page in ("reopen/", "chronology/1/addendum/", "people/p1/", "restrict/"):
        assert "<form" in main_of(here.get(at(case, page))), page


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("close/", "Nobody has reviewed this case yet. Review it first."),
        ("reopen/", "Nobody has reviewed this case yet"),
        ("lift-restriction/", "This case is not restricted."),
    ],
)
def test_so_does_a_case_that_stands_elsewhere(here, case, page, why):
    text = main_of(here.get(at(case, page)))
    assert why in text
    assert "<form" not in text
    assert "Reopen this case</a>" not in text


def test_so_does_a_case_that_is_still_to_be_referred(here, practitioner):
    case = make_case(practitioner, **REFER_NOW)
    act(here, case, "review/", decision="agree", reason="")
    text = main_of(here.get(at(case, "close/")))
    assert "or a decision not to refer, before you close it" in text
    assert "<form" not in text


def test_so_does_a_step_that_is_no_longer_recommended(here, case):
    steps = case.recommendations.filter(kind="next_step")
    after = amended(here, case, "immediate-risk", immediate_risk="yes")
    now = set(after.assessment.recommendations.values_list("key", flat=True))
    gone = next(step for step in steps.filter(assessment__version=1) if step.key not in now)
    text = main_of(here.get(at(case, f"plan/{gone.pk}/")))
    assert NO_LONGER in text
    assert "<form" not in text


def test_what_was_typed_is_kept_when_it_was_closed_meanwhile(here, case, second_dsl):
    """The page says at once that pressing again will not do, and where to reopen the case."""
    stale = seen(here, at(case, "record/note/"))
    shut(case, second_dsl)
    told = here.post(at(case, "record/note/"), {**NOTE, "seen": stale})
    text = main_of(told)
    assert told.status_code == 409
    assert "Closed, by Example Second Lead" in text
    assert CLOSED in text
    assert "press the button again" not in text
    assert re.search(r"Reopen this case</a>", text)
    assert "My own words." in text
    assert fresh(case).events.count() == 3


def test_a_mistake_in_the_form_does_not_hide_that_it_cannot_be_saved(here, case, dsl):
    shut(case, dsl)
    posted = {**NOTE, "at": "noon", "seen": str(last_number(case))}
    told = here.post(at(case, "record/note/"), posted)
    assert told.status_code == 409
    assert CLOSED in main_of(told)
    assert "My own words." in main_of(told)
