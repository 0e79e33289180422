"""Who has opened a case and what was done: what the page shows, and to whom."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit import guards
from audit.acts import Act
from audit.models import Entry
from audit.queries import PAGE_SIZE
from audit.recorder import SYSTEM, record
from referrals.actions.escalating import escalate
from referrals.trail import WORDS, trail_page
from tests.factories.accounts import UserFactory
from tests.factories.referrals import EMERGENCY, make_case
from tests.integration.referrals.amending import amended
from tests.integration.referrals.cases import at
from tests.integration.referrals.lead import acknowledge, restrict

pytestmark = pytest.mark.django_db
ABOUT_CASES = ("case.", "draft.", "outcome.", "chronology.", "identity.", "trail.", "held.")


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


def steps(case):
    return [(step.who, step.what) for step in trail_page(case, before=None).steps]


def rows_of(response):
    return [(step.who, step.what) for step in response.context["page"].steps]


def add(case, act, by, times=1):
    for _ in range(times):
        with transaction.atomic():
            record(by=by, action=act, obj=case, organisation=case.organisation)


def test_it_tells_from_the_first_answer_to_this_page_itself(client, dsl, case):
    client.force_login(dsl)
    draft = f"/triage/{case.draft_id}/read/"
    for page in (
        draft,
        at(case),
        at(case, "chronology/"),
        at(case, "outcome/text/"),
        at(case, "people/p1/"),
    ):
        assert client.get(page).status_code == 200
    acknowledge(case, dsl)
    response = client.get(at(case, "trail/"))
    lead, teacher = "Example Lead", "Example Teacher"
    assert rows_of(response) == [
        (lead, "Opened this page"),
        (lead, "Chronology: Acknowledged"),
        (lead, "Opened an identity card"),
        (lead, "Opened the case, or a form on it"),
        (lead, "Opened the outcome as text to copy"),
        (lead, "Opened the chronology"),
        (lead, "Opened the case, or a form on it"),
        (lead, "Opened the triage that this case comes from"),
        (teacher, "The case was recorded"),
        (teacher, "Sent the triage to the safeguarding lead"),
        (teacher, "Started the triage that this case comes from"),
    ]
    shown = response.content.decode()
    assert shown.count("Opened the case, or a form on it") == 2
    assert timezone.localtime().strftime("%Y, %H:") in shown


def test_opening_it_is_on_record(client, dsl, case):
    client.force_login(dsl)
    client.get(at(case, "trail/"))
    newest = Entry.objects.order_by("-pk")[0]
    assert (newest.actor_id, newest.action) == (dsl.pk, "trail.read")
    assert (newest.object_id, newest.organisation_id) == (str(case.pk), case.organisation_id)


def test_a_change_of_the_answers_is_told_as_one(client, dsl, case):
    client.force_login(dsl)
    amended(client, case)
    told = steps(case)
    for words in ("Began to change the answers", "Chronology: Answers changed"):
        assert ("Example Lead", words) in told
    assert told.count(("Example Teacher", "Started the triage that this case comes from")) == 1


def test_what_nobody_did_was_done_by_the_system(practitioner, dsl, guidance):
    UserFactory(organisation=practitioner.organisation, roles=["deputy"])
    urgent = make_case(practitioner, **EMERGENCY)
    escalate(case_id=urgent.pk, now=urgent.review_due_at + timedelta(seconds=1))
    assert steps(urgent)[0] == ("The system", "Chronology: Sent on to the deputies")


def test_somebody_who_is_gone_has_no_name(case, practitioner):
    """Ids stay in the audit; a person who was erased leaves nothing that they stand for."""
    gone = UserFactory(name="Example Gone", organisation=practitioner.organisation)
    add(case, Act.CASE_READ, gone)
    assert steps(case)[0][0] == "Example Gone"
    gone.delete()
    assert steps(case)[0][0] == "A person no longer here"


def test_other_cases_and_other_things_with_the_same_number_are_not_on_it(case, practitioner, dsl):
    other = make_case(practitioner)
    add(other, Act.CASE_READ, dsl)
    before = steps(case)
    person = UserFactory(pk=case.pk + 1000)
    with transaction.atomic():
        record(by=dsl, action=Act.CASES_SEARCHED, obj=person, organisation=case.organisation)
    guards.drop(connection)
    Entry.objects.filter(object_id=str(person.pk)).update(object_id=str(case.pk))
    guards.install(connection)
    assert Entry.objects.filter(object_id=str(case.pk), object_type="accounts.user").exists()
    assert steps(case) == before


def test_pages_are_by_key_and_show_every_row_once(client, dsl, case):
    add(case, Act.CASE_READ, dsl, times=2 * PAGE_SIZE)
    client.force_login(dsl)
    response = client.get(at(case, "trail/"))
    pages = [rows_of(response)]
    while older := response.context["page"].older:
        # What comes in meanwhile, this reading included, shifts no page.
        response = client.get(at(case, "trail/"), {"before": older})
        pages.append(rows_of(response))
    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 4]
    shown = [row for page in pages for row in page]
    assert shown.count(("Example Lead", "Opened this page")) == 1
    assert shown[-1][1] == "Started the triage that this case comes from"
    assert "Older" not in response.content.decode()
    assert f'href="{at(case, "trail/")}"' in response.content.decode()


def test_exactly_one_page_leads_to_no_other(client, dsl, case):
    add(case, Act.CASE_READ, dsl, times=PAGE_SIZE - 4)
    client.force_login(dsl)
    assert client.get(at(case, "trail/")).context["page"].older == ""


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5", "9" * 19, "١", "' OR 1=1"])
def test_a_key_that_makes_no_sense_gives_the_newest(client, dsl, case, key):
    client.force_login(dsl)
    response = client.get(at(case, "trail/"), {"before": key})
    assert response.status_code == 200
    assert rows_of(response)[0] == ("Example Lead", "Opened this page")


def test_beyond_the_oldest_there_is_nothing(client, dsl, case):
    client.force_login(dsl)
    response = client.get(at(case, "trail/"), {"before": "1"})
    assert rows_of(response) == []
    assert "There is nothing older." in response.content.decode()


@pytest.mark.parametrize("who", ["practitioner", "colleague", "strange_dsl"])
def test_nobody_but_a_lead_of_the_organisation_sees_it(client, request, case, who):
    client.force_login(request.getfixturevalue(who))
    before = Entry.objects.count()
    assert client.get(at(case, "trail/")).status_code == 404
    assert Entry.objects.count() == before


def test_of_a_restricted_case_only_those_named_see_it(client, case, dsl, deputy, second_dsl):
    restrict(case, [dsl, deputy], dsl)
    client.force_login(second_dsl)
    assert client.get(at(case, "trail/")).status_code == 404
    client.force_login(deputy)
    assert ("Example Lead", "Chronology: Restricted to named people") in rows_of(
        client.get(at(case, "trail/"))
    )


def test_it_is_only_read(client, dsl, case):
    client.force_login(dsl)
    assert client.post(at(case, "trail/")).status_code == 405


def test_the_case_leads_to_it(client, dsl, case):
    client.force_login(dsl)
    assert f'href="{at(case, "trail/")}"' in client.get(at(case)).content.decode()


@pytest.mark.parametrize("act", [act for act in Act if act.startswith(ABOUT_CASES)])
def test_every_act_on_a_case_has_words(act):
    assert WORDS[act][0].isupper(), "give it words in referrals/trail.py"


def test_an_act_without_words_is_shown_as_it_is(case, dsl, monkeypatch):
    monkeypatch.delitem(WORDS, Act.CASE_READ)
    add(case, Act.CASE_READ, dsl)
    assert steps(case)[0] == ("Example Lead", "case.read")


def test_it_takes_no_longer_for_a_long_audit(case, dsl, django_assert_max_num_queries):
    """By the index of the object, in order: so says the database's own plan."""
    add(case, Act.CASE_READ, dsl, times=3)
    add(case, Act.GUIDANCE_LOADED, SYSTEM)
    with django_assert_max_num_queries(4) as queries:
        trail_page(case, before=None)
    asked = [q["sql"] for q in queries.captured_queries if "audit_entry" in q["sql"]]
    assert len(asked) == 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]}")
            plan = " ".join(str(row[3]) for row in cursor.fetchall())
        assert "USING INDEX audit_entry_object" in plan
        assert "TEMP B-TREE" not in plan
