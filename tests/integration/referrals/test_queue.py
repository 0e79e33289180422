"""The queue: who sees it, its order, its filters and the counts beside them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from referrals.models import Case, Status
from tests.factories.accounts import UserFactory
from tests.factories.many_cases import make_closed_row, make_row
from tests.factories.referrals import EMERGENCY, REFER_NOW, make_case
from tests.integration.referrals.queue_page import chosen, listed, numbers, read, shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def deputy(school):
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


# --- who sees what ------------------------------------------------------------------------------


def test_only_leads_open_the_queue_and_the_search(client, practitioner, guidance, school):
    make_row(practitioner)
    manager = UserFactory(organisation=school, roles=[Role.MANAGER])
    for user in (practitioner, manager):
        client.force_login(user)
        assert client.get("/cases/").status_code == 403
        assert client.post("/cases/search/", {"words": "A"}).status_code == 403
    client.logout()
    assert client.get("/cases/?status=new").url == "/sign-in/?next=/cases/%3Fstatus%3Dnew"


def test_another_organisations_cases_are_neither_listed_nor_counted(
    client, practitioner, strange_dsl, guidance
):
    make_row(practitioner, "vulnerable")
    own = make_row(strange_dsl)
    client.force_login(strange_dsl)
    page = read(client)
    assert (listed(page), shown(page)) == ([own.reference], "1 of 1 case: not closed")
    assert numbers(page, "flag")["vulnerable"] == 0


def test_a_restricted_case_is_neither_listed_nor_counted_but_for_those_named(
    client, lead, dsl, deputy, practitioner
):
    plain = make_row(practitioner)
    late = NOW - HOUR
    hidden = make_row(practitioner, "vulnerable", restricted=True, urgency=4, review_due_at=late)
    hidden.named.set([deputy])
    page = read(lead)
    assert listed(page) == [plain.reference]
    assert shown(page) == "1 of 1 case: not closed"
    assert "No emergency and nothing to refer now" in page
    assert "Nothing overdue" in page
    assert numbers(page, "response")["emergency"] == numbers(page, "flag")["vulnerable"] == 0
    assert hidden.reference not in read(lead, "/")
    client.force_login(deputy)
    assert listed(read(client)) == [hidden.reference, plain.reference]
    assert "1 emergency or refer now" in read(client, "/")


# --- order, and what stands out -----------------------------------------------------------------


def test_the_most_urgent_come_first_then_the_oldest(lead, practitioner):
    times = {"calm": (0, 5), "newer": (3, 1), "older": (3, 2), "urgent": (4, 0)}
    made = {
        name: make_row(practitioner, urgency=level, submitted_at=NOW - hours * HOUR).reference
        for name, (level, hours) in times.items()
    }
    wanted = [made[name] for name in ("urgent", "older", "newer", "calm")]
    assert listed(read(lead)) == wanted
    assert listed(read(lead, "/")) == wanted


def test_what_a_lead_overrode_holds(lead, practitioner):
    case = make_case(practitioner)
    Case.objects.filter(pk=case.pk).update(classification="intent_to_harm", urgency=3)
    page = read(lead)
    assert "Aggravated: Intent to Harm" in page
    assert "Experimental: Romantic</span>" not in page
    assert numbers(page, "response")["refer_now"] == 1


def test_new_and_overdue_are_said_in_words(lead, practitioner):
    make_row(practitioner, review_due_at=NOW - HOUR)
    page = read(lead)
    assert ">New</strong>" in page
    assert ">Overdue</strong>" in page
    assert "Review was due by" in page
    Case.objects.update(status=Status.REVIEWED)
    page = read(lead)
    assert ">New</strong>" not in page
    assert ">Overdue</strong>" not in page


def test_a_review_that_is_still_in_time_says_until_when(lead, practitioner):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    make_row(practitioner, review_due_at=midnight + timedelta(days=3))
    day = (midnight + timedelta(days=2)).date()
    assert f"To be reviewed by the end of {day:%-d %B %Y}" in read(lead)


# --- filters ------------------------------------------------------------------------------------


@pytest.fixture
def made(practitioner, dsl, deputy, guidance):
    """Cases of every kind, by name."""
    day = {name: NOW - timedelta(days=days) for name, days in (("old", 40), ("recent", 2))}
    return {
        "calm": make_row(practitioner, submitted_at=day["old"], classification="romantic"),
        "flagged": make_row(practitioner, "vulnerable", "sextortion", submitted_at=day["recent"]),
        "mine": make_row(practitioner, assignee=dsl, status=Status.REVIEWED, urgency=2),
        "theirs": make_row(practitioner, assignee=deputy, status=Status.ACKNOWLEDGED, urgency=3),
        "emergency": make_row(practitioner, urgency=4, classification="intent_to_harm"),
        "closed": make_closed_row(practitioner, days=9, urgency=3, assignee=dsl),
        "late": make_row(practitioner, review_due_at=NOW - HOUR, urgency=1),
    }


EVERY_OPEN = {"calm", "flagged", "mine", "theirs", "emergency", "late"}
OLD = timezone.localdate(NOW - timedelta(days=40)).strftime("%d/%m/%Y")
WEEK_AGO = timezone.localdate(NOW - timedelta(days=7)).strftime("%-d %-m %Y")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, EVERY_OPEN),
        ({"status": "any"}, {*EVERY_OPEN, "closed"}),
        ({"status": "new"}, {"calm", "flagged", "emergency", "late"}),
        ({"status": "acknowledged"}, {"theirs"}),
        ({"status": "reviewed"}, {"mine"}),
        ({"status": "closed"}, {"closed"}),
        ({"response": "refer_now"}, {"theirs"}),
        ({"response": "urgent"}, {"theirs", "emergency"}),
        ({"response": "dsl_judgement"}, {"calm", "flagged"}),
        ({"response": "urgent", "status": "any"}, {"theirs", "emergency", "closed"}),
        ({"classification": "intent_to_harm"}, {"emergency"}),
        ({"flag": "sextortion"}, {"flagged"}),
        ({"flag": "sextortion", "response": "emergency"}, set()),
        ({"assignee": "me"}, {"mine"}),
        ({"assignee": "me", "status": "any"}, {"mine", "closed"}),
        ({"assignee": "nobody"}, {"calm", "flagged", "emergency", "late"}),
        ({"since": WEEK_AGO}, EVERY_OPEN - {"calm"}),
        ({"until": WEEK_AGO}, {"calm"}),
        ({"since": OLD, "until": OLD}, {"calm"}),
        ({"since": WEEK_AGO, "until": OLD}, set()),
        ({"overdue": "on"}, {"late"}),
        ({"overdue": "on", "response": "emergency"}, set()),
    ],
)
def test_each_filter(lead, made, asked, wanted):
    page = read(lead, **asked)
    assert set(listed(page)) == {made[name].reference for name in wanted}
    assert shown(page).startswith(f"{len(wanted)} of 7 cases: ")


def test_one_lead_by_id(lead, made, deputy):
    page = read(lead, assignee=deputy.pk)
    assert listed(page) == [made["theirs"].reference]
    assert shown(page) == "1 of 7 cases: assigned to Example Deputy, not closed"
    assert chosen(page, "assignee") == [str(deputy.pk)]


def test_it_says_in_words_what_is_shown(lead, made):
    page = read(lead, response="refer_now", status="any", assignee="me", until="1 3 2030")
    words = "Refer now, assigned to you, recorded to 1 March 2030, closed or not"
    assert shown(page) == f"1 of 7 cases: {words}"
    assert "Clear filters" in page
    assert "Clear filters" not in read(lead)
    # What was chosen is still chosen.
    assert (chosen(page, "response"), chosen(page, "assignee")) == (["refer_now"], ["me"])


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "nonsense", "response": "9", "classification": "x", "flag": "' OR 1=1"},
        {"assignee": "99999999999999999999999999"},
        {"assignee": "-1", "overdue": ""},
        {"status": ["", "\x00"], "flag": "\x00"},
        {"after": "nonsense", "before": "9-9-9"},
        {"after": f"0-{'9' * 16}-{'9' * 18}", "drafts": "99"},
        {"unknown": "x"},
    ],
)
def test_what_is_not_offered_is_ignored(lead, made, asked):
    page = read(lead, **asked)
    assert shown(page) == "6 of 7 cases: not closed"
    assert len(listed(page)) == 6


@pytest.mark.parametrize("day", ["soon", "31 2 2027", "31 12 9999", "1 1 1", "\x001", "3" * 30])
def test_a_day_that_is_none_is_said_and_left_out(lead, made, day):
    page = read(lead, until=day, response="urgent")
    assert page.count("There is a problem") == 1
    assert shown(page) == "2 of 7 cases: Emergency or refer now, not closed"


def test_somebody_elses_lead_is_no_choice(lead, made, strange_dsl):
    page = read(lead, assignee=strange_dsl.pk)
    assert shown(page) == "6 of 7 cases: not closed"
    assert str(strange_dsl.pk) not in numbers(page, "assignee")


# --- counts -------------------------------------------------------------------------------------


def test_the_number_beside_each_choice_is_what_choosing_it_shows(lead, made, deputy):
    for asked in ({}, {"status": "any"}, {"flag": "vulnerable"}, {"overdue": "on"}):
        page = read(lead, **asked)
        for name in ("status", "response", "classification", "flag", "assignee"):
            beside = numbers(page, name)
            assert beside, name
            for value, number in beside.items():
                if name == "flag" and value not in ("", "vulnerable", "sextortion", "under_13"):
                    continue
                assert len(listed(read(lead, **{**asked, name: value}))) == number, (name, value)
    assert numbers(page, "assignee").keys() == {"", "me", "nobody", str(deputy.pk)}


def test_the_number_beside_overdue_is_under_the_other_filters(lead, made):
    assert "Overdue only (1)" in read(lead)
    assert "Overdue only (0)" in read(lead, response="emergency")
    assert "Overdue only (1)" in read(lead, response="other_procedure")


def test_whoever_is_no_lead_any_more_can_still_be_asked_for(lead, made, deputy):
    deputy.roles_held.all().delete()
    page = read(lead, assignee=deputy.pk)
    assert listed(page) == [made["theirs"].reference]


# --- home ---------------------------------------------------------------------------------------


def test_home_says_what_needs_doing_and_leads_there(lead, made):
    page = read(lead, "/")
    for words in ("2 emergency or refer now", "1 overdue", "4 new", "1 assigned to you"):
        assert words in page
        address, number = link_of(page, words), int(words.split()[0])
        assert len(listed(read(lead, address))) == number, address
    assert set(listed(page)) == {made[name].reference for name in EVERY_OPEN}
    assert "/cases/search/" in page


def link_of(page, words):
    before = page[: page.index(f">{words}")]
    return before[before.rindex('href="') + 6 : before.rindex('"')]


# --- nothing to show ----------------------------------------------------------------------------


def test_with_no_case_at_all_it_says_what_to_do(lead):
    page = read(lead)
    assert "No case has been recorded yet" in page
    assert "/triage/start/" in page
    assert "Show these cases" not in page


def test_with_none_that_matches_it_says_what_to_do(lead, made):
    page = read(lead, flag="ai_generated")
    assert "No case matches these filters" in page
    assert "clear the filters" in page


def test_with_every_case_closed_it_says_so(lead, practitioner):
    make_closed_row(practitioner, days=5)
    for address in ("/", "/cases/"):
        assert "Every case is closed" in read(lead, address)


def test_days_end_at_midnight_here(lead, practitioner):
    """In summer a day begins at 23:00 of the day before, by the clock of the database."""
    first = timezone.make_aware(timezone.datetime(2026, 7, 1, 0, 30))
    case = make_row(practitioner, submitted_at=first)
    july = {"since": date(2026, 7, 1).strftime("%d %m %Y")}
    assert listed(read(lead, **july)) == [case.reference]
    assert listed(read(lead, until="30 6 2026")) == []


def test_real_cases_are_counted_by_what_they_are(lead, practitioner):
    for answers in ({}, EMERGENCY, REFER_NOW):
        make_case(practitioner, **answers)
    beside = numbers(read(lead), "response")
    assert (beside["emergency"], beside["refer_now"], beside["urgent"]) == (1, 1, 2)
