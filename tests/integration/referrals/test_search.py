"""Search: what is found, what is not, and that nothing typed is in an address or the audit."""

import pytest
from django.test import Client

from accounts.roles import Role
from audit.models import Entry
from referrals.actions.recording import add_record
from referrals.chronology import last_number
from referrals.identities import plain_name, plain_number
from referrals.models import EventKind, Identity
from referrals.queue.search import search as search_cases
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.factories.many_cases import make_many_cases
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.queue_page import listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, guidance):
    """With words in every place that is searched."""
    person = {**PERSON, "ref": "Quetzal"}
    return make_case(practitioner, people=[person], notes="Told at the ÉCOLE gate, 100% sure")


@pytest.fixture
def other(practitioner, guidance):
    return make_case(practitioner, notes="Something else, at the bus stop")


def search(client, words, **more):
    response = client.post("/cases/search/", {"words": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def found(client, words, **more):
    return set(listed(search(client, words, **more)))


def note(case, by, text):
    data, seen = {"text": text}, last_number(case)
    at = case.submitted_at
    add_record(case=case, kind=EventKind.NOTE, data=data, happened_at=at, seen=seen, by=by)


def card(case, name, number=""):
    values = {
        "full_name": name,
        "match_name": plain_name(name),
        "pupil_number": plain_number(number),
    }
    return Identity.objects.create(case=case, person_id="p1", **values)


@pytest.mark.parametrize(
    "words", ["quetzal", "QUETZ", "école", "ÉCOLE gate", "gate quetzal", "100%", "  sure  "]
)
def test_people_and_notes_are_found(lead, case, other, words):
    assert found(lead, words) == {case.reference}


@pytest.mark.parametrize("words", ["quetzals", "gate bus", "100_", "_", "\\", "zz%", "10%sure"])
def test_what_is_in_no_case_is_not_found(lead, case, other, words):
    page = search(lead, words)
    assert listed(page) == []
    assert "No case found" in page
    assert "Every word must be in the case" in page


def test_wildcards_are_letters_like_any_other(lead, case, other, practitioner):
    underlined = make_case(practitioner, notes="the group is called a_b")
    make_case(practitioner, notes="the group is called axb")
    assert found(lead, "a_b") == {underlined.reference}
    assert found(lead, "%") == {case.reference}


def test_a_reference_is_found_however_it_is_typed(lead, case, other):
    bare = case.reference.replace("-", "")
    typed = (case.reference, case.reference.lower(), bare, bare.lower(), case.reference[:5])
    for words in (*typed, case.reference.replace("-", " ")):
        assert found(lead, words) == {case.reference}, words


def test_entries_of_the_chronology_are_found(lead, dsl, case, other):
    note(other, dsl, "Spoke to the ESTUARY project")
    assert found(lead, "estuary") == {other.reference}
    # Words of several places in one case.
    assert found(lead, "estuary bus") == {other.reference}
    assert found(lead, "estuary quetzal") == set()


def test_a_name_on_an_identity_card_is_found_with_accents_or_without(lead, case, other):
    card(case, "José  Núñez-Example")
    for words in ("jose", "Núñez", "nunez-example José", "EXAMPLE"):
        assert found(lead, words) == {case.reference}, words


@pytest.mark.parametrize("word", ["\u0301", "\u00b4\u0301"])
def test_an_accent_alone_is_not_in_every_name(dsl, case, word):
    card(case, "José")
    assert not search_cases(dsl, [word]).exists()
    assert search_cases(dsl, [f"e{word}"]).exists()


def test_a_pupil_number_is_found_whole_however_it_is_spaced(lead, case, other):
    card(case, "José", "ab 1234-x")
    for words in ("AB1234-X", "ab1234-x", "aB 1234-X", "jose AB1234-x"):
        assert found(lead, words) == {case.reference}, words
    for words in ("AB1234", "1234-X", "AB1234-XY", "AB1234X"):
        assert found(lead, words) == set(), words


def test_nothing_of_a_restricted_case_is_found_but_by_those_named(lead, client, dsl, case, school):
    deputy = UserFactory(organisation=school, roles=[Role.DEPUTY])
    card(case, "Example Name", "AB 1234")
    note(case, dsl, "Estuary")
    wanted = ("quetzal", "estuary", "example name", "AB1234", case.reference)
    for words in wanted:
        assert found(lead, words) == {case.reference}
    type(case).objects.filter(pk=case.pk).update(restricted=True)
    case.named.set([deputy])
    for words in wanted:
        page = search(lead, words)
        assert "No case found" in page
        assert case.reference not in page.replace(f'value="{case.reference}"', "")
    client.force_login(deputy)
    for words in wanted:
        assert found(client, words) == {case.reference}


def test_another_organisations_cases_are_not_found(client, case, strange_dsl):
    card(case, "Example Name")
    client.force_login(strange_dsl)
    for words in ("quetzal", "example", "école", case.reference):
        assert "No case found" in search(client, words)


def test_closed_cases_are_found(lead, practitioner):
    (closed,) = make_many_cases(practitioner, 1, start=1, words="estuary")
    assert closed.status == "closed"
    assert found(lead, "estuary") == {closed.reference}


@pytest.mark.parametrize("words", ["", "   ", "a " * 9, "x" * 101, "\x00"])
def test_what_cannot_be_searched_for_is_said(lead, case, words):
    response = lead.post("/cases/search/", {"words": words})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert searches() == []


def searches():
    rows = Entry.objects.filter(action="cases.searched").order_by("sequence")
    return list(rows.values_list("actor_id", "object_type", "object_id"))


def test_each_search_is_audited_without_what_was_typed(lead, dsl, case):
    search(lead, "quetzal")
    search(lead, "nobody at all")
    lead.get("/cases/search/")
    lead.get("/cases/")
    assert searches() == [(dsl.pk, "accounts.user", str(dsl.pk))] * 2
    fields = [str(value) for row in Entry.objects.values_list() for value in row]
    assert "quetzal" not in " ".join(fields).casefold()


def test_what_was_typed_is_in_no_address_and_not_in_the_title(lead, case):
    page = search(lead, "quetzal")
    assert 'value="quetzal"' in page
    assert "quetzal" not in page[: page.index("</title>")]
    hrefs = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not any("quetzal" in href.casefold() for href in hrefs)
    # And given in an address it is not taken.
    response = lead.get("/cases/search/", {"words": "quetzal"})
    assert "quetzal" not in response.content.decode()
    assert searches() == [searches()[0]]


def test_a_search_needs_the_forms_own_token(dsl, case):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(dsl)
    form = "application/x-www-form-urlencoded"
    response = strict.post("/cases/search/", "words=quetzal", content_type=form)
    assert response.status_code == 403
    assert searches() == []


def test_many_found_are_paged_by_post(lead: FormClient, practitioner, monkeypatch):
    monkeypatch.setattr("referrals.queue.keys.PAGE_SIZE", 3)
    made = make_many_cases(practitioner, 7, words="estuary")
    order = [c.reference for c in sorted(made, key=lambda c: (-c.urgency, c.submitted_at, c.pk))]
    pages = [search(lead, "estuary")]
    while 'name="after"' in pages[-1]:
        key = pages[-1].split('name="after" value="')[1].split('"')[0]
        pages.append(search(lead, "estuary", after=key))
    assert [listed(page) for page in pages] == [order[:3], order[3:6], order[6:]]
    assert "7 cases found" in pages[2]
    back = pages[2].split('name="before" value="')[1].split('"')[0]
    assert listed(search(lead, "estuary", before=back)) == order[3:6]
    assert len(searches()) == 4


def test_what_was_typed_is_escaped(lead, case):
    page = search(lead, '<script>"x')
    assert "<script>" not in page.replace("<script src=", "").replace('<script type="module"', "")
    assert "&lt;script&gt;&quot;x" in page
