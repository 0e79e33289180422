"""Whom staff are told to call, and the local note, as managers keep them."""

import re

import pytest

from accounts.models import Contact, ContactKind, Organisation
from accounts.queries import contacts_for
from audit.models import Entry
from tests.factories.accounts import ContactFactory
from tests.integration.accounts.managing import seen, text

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "dsl",
    "name": "Second Lead",
    "role_title": "",
    "telephone": "01632 960002",
    "email": "",
    "when_available": "Mornings",
}


@pytest.fixture
def first(school) -> Contact:
    return Contact.objects.get(organisation=school)


def names(school: Organisation) -> list[str]:
    return [contact.name for contact in contacts_for(school)]


def at(contact: Contact, page: str = "") -> str:
    return f"/organisation/contacts/{contact.pk}/{page}"


def test_a_contact_is_added_last_of_its_kind_and_shown_where_staff_look(here, school, manager):
    ContactFactory(organisation=school, kind=ContactKind.POLICE, name="Police Desk")
    assert here.post("/organisation/contacts/add/", NEW)["Location"] == "/organisation/contacts/"
    assert names(school) == ["Example Lead", "Second Lead", "Police Desk"]
    assert "01632 960002" in text(here.get("/"))
    last = Entry.objects.latest("pk")
    assert (last.action, last.actor_id, last.organisation_id) == (
        "contact.saved",
        manager.pk,
        school.pk,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "Select who this is"),
        ({"kind": "nobody"}, "Select who this is"),
        ({"name": " "}, "Enter the name of the person, team or office"),
        ({"telephone": ""}, "Enter a telephone number or an e-mail address"),
        ({"telephone": "ask"}, "Enter a telephone number, like"),
        ({"email": "nonsense"}, "in the right form"),
        ({"name": "x y" * 67}, "Use 200 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(here, school, change, said):
    response = here.post("/organisation/contacts/add/", {**NEW, **change})
    assert response.status_code == 422
    assert text(response).count(said) == 2
    assert 'value="Mornings"' in text(response)
    assert names(school) == ["Example Lead"]
    assert not Entry.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(here):
    page = text(here.post("/organisation/contacts/add/", {}))
    for said in ("Select who this is", "Enter the name of", "Enter a telephone number or"):
        assert page.count(said) == 2


def test_a_contact_is_changed_and_the_second_to_save_is_told(here, first):
    old = seen(here, at(first))
    assert here.post(at(first), {**NEW, "seen": old}).status_code == 302
    first.refresh_from_db()
    assert (first.name, first.telephone) == ("Second Lead", "01632 960002")
    response = here.post(at(first), {**NEW, "telephone": "01632 960003", "seen": old})
    assert response.status_code == 422
    page = text(response)
    assert "Somebody changed this" in page
    assert ">01632 960002</dd>" in page
    assert 'value="01632 960003"' in page
    newer = re.search(r'name="seen"[^>]* value="(\w+)"', page)[1]
    assert (
        here.post(at(first), {**NEW, "telephone": "01632 960003", "seen": newer}).status_code == 302
    )
    first.refresh_from_db()
    assert first.telephone == "01632 960003"


def test_a_contact_is_removed_after_a_question(here, first, school):
    assert "Example Lead" in text(here.get(at(first, "remove/")))
    assert names(school) == ["Example Lead"]
    assert here.post(at(first, "remove/")).status_code == 302
    assert names(school) == []
    last = Entry.objects.latest("pk")
    assert (last.action, last.object_id) == ("contact.removed", str(first.pk))
    assert here.post(at(first, "remove/")).status_code == 404
    assert Entry.objects.count() == 1


def test_contacts_move_within_their_kind(here, first, school):
    for name in ("Second Lead", "Third Lead"):
        ContactFactory(organisation=school, name=name)
    police = ContactFactory(organisation=school, kind=ContactKind.POLICE, name="Police Desk")
    third = Contact.objects.get(name="Third Lead")
    assert here.post(at(third, "up/"))["Location"] == "/organisation/contacts/"
    assert names(school) == ["Example Lead", "Third Lead", "Second Lead", "Police Desk"]
    here.post(at(first, "down/"))
    assert names(school) == ["Third Lead", "Example Lead", "Second Lead", "Police Desk"]
    for contact, way in ((third, "up/"), (police, "up/"), (police, "down/")):
        here.post(at(contact, way))
    assert names(school) == ["Third Lead", "Example Lead", "Second Lead", "Police Desk"]
    page = text(here.get("/organisation/contacts/"))
    assert (page.count("Move up"), page.count("Move down")) == (2, 2)
    assert here.get(at(third, "up/")).status_code == 405


def test_nobody_elses_contact_can_be_touched(here, school):
    other = ContactFactory(name="Elsewhere")
    assert {here.get(at(other, page)).status_code for page in ("", "remove/")} == {404}
    posts = {
        here.post(at(other, page), NEW).status_code for page in ("", "remove/", "up/", "down/")
    }
    assert posts == {404}
    other.refresh_from_db()
    assert other.name == "Elsewhere"
    assert "Elsewhere" not in text(here.get("/organisation/contacts/"))


def test_the_note_is_saved_and_the_second_to_save_is_told(here, school, manager):
    old = seen(here, "/organisation/note/")
    note = "The office is beside the hall.\nThe key is at reception."
    assert here.post("/organisation/note/", {"local_note": note, "seen": old})["Location"] == "/"
    school.refresh_from_db()
    assert school.local_note == note
    assert Entry.objects.latest("pk").action == "local_note.saved"
    response = here.post("/organisation/note/", {"local_note": "Other words", "seen": old})
    assert response.status_code == 422
    assert "The key is at reception." in text(response)
    assert "Other words" in text(response)
    school.refresh_from_db()
    assert school.local_note == note


def test_a_note_that_is_too_long_is_kept_in_the_box(here, school):
    words = "word " * 801
    response = here.post("/organisation/note/", {"local_note": words, "seen": ""})
    assert response.status_code == 422
    assert "Use 4000 characters or fewer" in text(response)
    school.refresh_from_db()
    assert school.local_note == ""


def test_an_image_in_the_note_is_taken_out(here, school):
    image = "data:image/png;base64," + "A" * 300
    data = {"local_note": f"Words {image}", "seen": seen(here, "/organisation/note/")}
    response = here.post("/organisation/note/", data)
    assert response.status_code == 422
    assert "AAAA" not in text(response)
    school.refresh_from_db()
    assert school.local_note == ""
