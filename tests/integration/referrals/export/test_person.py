"""Everything held on one person: what is in it, what is not, who may have it."""

import csv
import io
import json

import pytest

from accounts.roles import Role
from audit.models import Entry
from referrals.actions import recording
from referrals.chronology import last_number
from referrals.models import Case, EventKind
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import at
from tests.integration.referrals.lead import restrict, withhold
from tests.integration.referrals.retention.setting import card, full_case, same

pytestmark = pytest.mark.django_db
HELD = "people/p1/held/"
OTHER = {**PERSON, "id": "p2", "ref": "Wombat", "age": 16, "roles": ["received"]}


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    return full_case(practitioner, dsl, "Quokka")


def page(client, case, path=HELD) -> str:
    response = client.get(at(case, path))
    assert response.status_code == 200
    return response.content.decode()


def table(client, case) -> list[list[str]]:
    text = client.get(at(case, HELD + "table/")).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def data(client, case) -> dict:
    return json.loads(client.get(at(case, HELD + "data/")).content)


def everywhere(client, case) -> list[str]:
    return [page(client, case), str(table(client, case)), str(data(client, case))]


KINDS = [
    "ref",
    "notes",
    "app",
    "Name",
    "fact",
    "addendum",
    "step",
    "reason",
    "amended",
    "discarded",
]


def test_whatever_was_written_is_in_it(client, case, dsl):
    client.force_login(dsl)
    for text in everywhere(client, case):
        assert [kind for kind in KINDS if f"Quokka {kind}" not in text] == []


def test_it_is_from_every_case_that_is_linked_and_from_no_other(client, case, dsl, practitioner):
    linked, apart = (make_case(practitioner, notes=f"Notes of {n}") for n in ("one", "two"))
    for one in (linked, apart):
        card(one, dsl, name="Quokka Name")
    same(case, linked, dsl, reason="Her tutor knows both")
    same(case, apart, dsl, holds=False)
    client.force_login(dsl)
    for text in everywhere(client, case):
        assert "Notes of one" in text
        assert "Her tutor knows both" in text
        assert "Notes of two" not in text
    assert [one["reference"] for one in data(client, case)["cases"]] == [
        case.reference,
        linked.reference,
    ]


def test_a_restricted_case_is_in_it_for_those_named_alone(
    client, case, dsl, second_dsl, practitioner
):
    other = make_case(practitioner, notes="Unusual notes")
    card(other, dsl, name="Quokka Name")
    same(case, other, dsl)
    client.force_login(second_dsl)
    assert all("Unusual notes" in text for text in everywhere(client, case))
    restrict(other, [dsl], dsl)
    for text in everywhere(client, case):
        assert "Unusual notes" not in text
        assert other.reference not in text
    client.force_login(dsl)
    assert all("Unusual notes" in text for text in everywhere(client, case))


@pytest.fixture
def two(guidance, practitioner, dsl) -> Case:
    """A case of two people, with an entry about each, one about both, and one about nobody."""
    case = make_case(practitioner, people=[{**PERSON, "ref": "Quokka"}, OTHER])
    withhold(case, dsl, "Quokka", None, done="told")
    withhold(case, dsl, "Wombat", None, done="told")
    for facts in ("A fact of nobody", "quokka rang"):
        _support(case, dsl, "" if "nobody" in facts else "Wombat", facts)
    return case


def _support(case, by, person, facts):
    recording.add_record(
        case=case,
        kind=EventKind.SUPPORT if person else EventKind.NOTE,
        data={"person": person, "facts": facts} if person else {"facts": facts},
        happened_at=case.submitted_at,
        seen=last_number(case),
        by=by,
    )


def test_entries_about_somebody_else_alone_are_left_out_and_counted(client, two, dsl):
    client.force_login(dsl)
    [held] = data(client, two)["cases"]
    part = next(part for part in held["parts"] if part["title"].startswith("Entries"))
    numbers = [item["what"].split(":")[0] for item in part["items"]]
    assert numbers == ["Entry 1", "Entry 2", "Entry 4", "Entry 5"]
    assert held["entries_about_others_left_out"] == 1
    marked = [item["may_hold_other_peoples_data"] for item in part["items"]]
    assert marked == [False, False, True, True]
    assert "1 entry of the chronology is about somebody else alone" in page(client, two)


def test_the_answers_about_others_are_not_in_it(client, two, dsl):
    client.force_login(dsl)
    [held] = data(client, two)["cases"]
    parts = {part["title"]: part["items"] for part in held["parts"]}
    answers = {item["what"]: item["text"] for item in parts["What was answered about this person"]}
    assert answers["Called"] == "Quokka"
    assert answers["Age"] == "15"
    happened = parts["What was answered about what happened"]
    assert len(happened) > 10
    assert all(item["may_hold_other_peoples_data"] for item in happened)
    assert "Wombat" not in [item["what"] for item in happened]


def test_it_says_that_it_must_be_looked_through(client, two, dsl):
    client.force_login(dsl)
    for text in everywhere(client, two):
        assert "Look through all of it" in text


def test_a_name_that_is_a_formula_is_words_in_a_table(client, case, dsl):
    card(case, dsl, name="=cmd|'/c calc'!A1")
    client.force_login(dsl)
    names = [row[3] for row in table(client, case) if row[2] == "Full name"]
    assert names == ["'=cmd|'/c calc'!A1"]


def test_each_is_on_record_for_each_case_and_says_nobodys_name(client, case, dsl, practitioner):
    other = make_case(practitioner)
    card(other, dsl, name="Quokka Name")
    same(case, other, dsl)
    client.force_login(dsl)
    acts = {HELD: "held.read", f"{HELD}table/": "held.exported", f"{HELD}data/": "held.exported"}
    for path, act in acts.items():
        before = Entry.objects.count()
        response = client.get(at(case, path))
        rows = Entry.objects.order_by("pk")[before:]
        found = [(row.action, row.object_id) for row in rows]
        assert found == [(act, str(case.pk)), (act, str(other.pk))]
        assert "quokka" not in str(response.headers).lower()


def test_only_leads_who_may_see_the_case_have_it(client, case, practitioner, strange_dsl, school):
    for user in (practitioner, strange_dsl):
        client.force_login(user)
        for path in (HELD, HELD + "table/", HELD + "data/"):
            assert client.get(at(case, path)).status_code == 404
    client.force_login(UserFactory(organisation=school, roles=[Role.MANAGER]))
    assert client.get(at(case, HELD)).status_code == 403


def test_nobody_of_that_id_is_no_page(client, case, dsl):
    client.force_login(dsl)
    assert client.get(at(case, "people/p9/held/")).status_code == 404
