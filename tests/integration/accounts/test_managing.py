"""The pages of managers: people, and who may touch whom."""

import re

import pytest

from accounts.invitations import invite
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.models import Entry
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.integration.accounts.managing import (
    NEW,
    PAGES,
    POSTS,
    client_of,
    person,
    seen,
    seen_in,
    text,
)

pytestmark = pytest.mark.django_db


def test_the_list_says_who_can_sign_in_who_is_awaited_and_who_left(here, dsl, waiting, stranger):
    UserFactory(name="Who Left", organisation=dsl.organisation, is_active=False)
    page = text(here.get("/organisation/people/"))
    places = [
        page.index(words)
        for words in ("Can sign in", "Example Lead", "Invited, not", "Who Waits", "Account closed")
    ]
    assert places == sorted(places)
    assert page.index("Who Left") > places[-1]
    assert stranger.name not in page
    assert stranger.email not in page


def test_a_long_list_takes_no_more_reads(here, school, django_assert_max_num_queries):
    for _ in range(30):
        UserFactory(organisation=school, roles=[Role.PRACTITIONER, Role.DSL])
    with django_assert_max_num_queries(12):
        assert text(here.get("/organisation/people/")).count("Designated safeguarding lead") == 30


def test_an_invitation_without_a_mail_server_shows_its_link_once(here, manager, settings):
    settings.SITE_URL = ""
    response = here.post("/organisation/people/invite/", NEW)
    assert response["Location"] == "/organisation/people/"
    page = text(here.get("/organisation/people/"))
    [path] = re.findall(r"http://testserver(/invitation/[\w-]{43}/)", page)
    assert "/invitation/" not in text(here.get("/organisation/people/"))
    shown = text(FormClient().get(path, follow=True))
    assert "new@school.example" in shown
    user = User.objects.get(email="new@school.example")
    assert (user.organisation, user.roles) == (manager.organisation, {Role.PRACTITIONER})
    assert Invitation.objects.get().invited_by == manager


def test_with_a_mail_server_no_link_is_shown(here, settings):
    settings.EMAIL_HOST = "mail.example"
    page = text(here.post("/organisation/people/invite/", NEW, follow=True))
    assert "on its way by e-mail" in page
    assert "/invitation/" not in page


def test_the_link_of_somebody_elses_organisation_is_not_shown(here, stranger):
    other = UserFactory(organisation=stranger.organisation, roles=[Role.MANAGER])
    there = client_of(other)
    there.post("/organisation/people/invite/", NEW)
    session = here.session
    session["invitation_to_hand_over"] = Invitation.objects.get().pk
    session.save()
    page = text(here.get("/organisation/people/"))
    assert "/invitation/" not in page
    assert "New Person" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter the person’s full name"),
        ({"email": ""}, "Enter the person’s e-mail address"),
        ({"email": "nonsense"}, "in the right form"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "in the right form"),
        ({"email": "MANAGER@school.example"}, "somebody here has it already"),
        ({"email": "elsewhere@school.example"}, "somebody here has it already"),
        ({"roles": []}, "Select what this person does here"),
        ({"roles": ["operator"]}, "Select what this person does here"),
        ({"roles": ["dsl", "guidance_editor"]}, "Select what this person does here"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(here, manager, stranger, change, said):
    User.objects.filter(pk=manager.pk).update(email="manager@school.example")
    User.objects.filter(pk=stranger.pk).update(email="elsewhere@school.example")
    before = User.objects.count(), Entry.objects.count()
    response = here.post("/organisation/people/invite/", {**NEW, **change})
    assert response.status_code == 422
    assert text(response).count(said) == 2
    assert ('value="New Person"' in text(response)) == ("name" not in change)
    assert (User.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("who", ["stranger", "operator"])
def test_nobody_of_elsewhere_can_be_touched(request, here, who):
    user = request.getfixturevalue(who)
    closed = UserFactory(organisation=user.organisation, is_active=False)
    awaited = invite(
        email="w@x.example",
        name="W",
        roles=[Role.DSL if user.organisation else Role.OPERATOR],
        organisation=user.organisation,
        by=SYSTEM,
    ).user
    fields = ("is_active", "is_invited", "name", "session_epoch")
    before = [User.objects.values_list(*fields).get(pk=p.pk) for p in (user, closed, awaited)]
    rows = Entry.objects.count()
    for one in (user, closed, awaited):
        assert {here.get(person(one, page)).status_code for page in PAGES} == {404}
        data = {"name": "Taken Over", "roles": ["dsl"]}
        assert {here.post(person(one, page), data).status_code for page in POSTS} == {404}
    after = [User.objects.values_list(*fields).get(pk=p.pk) for p in (user, closed, awaited)]
    assert (after, Entry.objects.count()) == (before, rows)


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_a_number_that_nobody_has_is_not_there(here, desk, number):
    assert here.get(f"/organisation/people/{number}/").status_code == 404
    assert here.get(f"/organisation/contacts/{number}/").status_code == 404
    assert desk.get(f"/service/organisations/{number}/").status_code == 404


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.DSL, Role.GUIDANCE_EDITOR])
def test_only_managers_and_operators_come_here(school, role):
    inside = role is not Role.GUIDANCE_EDITOR
    client = client_of(UserFactory(organisation=school if inside else None, roles=[role]))
    for path in ("/organisation/people/", "/organisation/contacts/", "/organisation/note/"):
        assert client.get(path).status_code == 403
        assert "people_list" not in text(client.get("/"))
    for path in ("/service/people/", "/service/organisations/"):
        assert client.get(path).status_code == 403
    home = text(client.get("/"))
    assert "/organisation/people/" not in home
    assert "/service/" not in home


def test_what_only_a_post_may_do_is_not_done_by_a_link(here, waiting, dsl):
    for user, page in ((dsl, "reactivate/"), (waiting, "invite-again/")):
        assert here.get(person(user, page)).status_code == 405
    here.get(person(dsl, "deactivate/"))
    here.get(person(waiting, "withdraw/"))
    assert User.objects.get(pk=dsl.pk).is_active
    assert User.objects.filter(pk=waiting.pk).exists()


def test_the_page_that_closes_an_account_says_what_becomes_of_everything(here, dsl, practitioner):
    page = text(here.get(person(dsl, "deactivate/")))
    for said in (
        "Nobody else is a designated safeguarding lead",
        "until another lead gives them to somebody else",
        "restricted case",
        "can name other leads",
        "Triages that they began",
        "Staff are told to call Example Lead",
    ):
        assert said in page
    staff = text(here.get(person(practitioner, "deactivate/")))
    assert "Triages that they began" in staff
    for said in ("Nobody else is", "restricted", "Staff are told"):
        assert said not in staff
    response = here.post(person(dsl, "deactivate/"), follow=True)
    assert "The account is closed" in text(response)
    assert not User.objects.get(pk=dsl.pk).is_active


def test_the_page_that_takes_a_leads_role_says_the_same_of_restricted_cases(
    here, dsl, practitioner
):
    assert "can name other leads" in text(here.get(person(dsl, "roles/")))
    assert "can name other leads" not in text(here.get(person(practitioner, "roles/")))


def test_the_only_manager_is_told_why_the_account_stays_open(here, manager):
    path = person(manager, "deactivate/")
    assert "This is the only manager who can sign in" in text(here.get(path))
    assert '<form method="post" novalidate>' not in text(here.get(path))
    response = here.post(path)
    assert response.status_code == 422
    assert "This is the only manager" in text(response)
    roles = {"roles": ["dsl"], "seen": seen(here, person(manager, "roles/"))}
    response = here.post(person(manager, "roles/"), roles)
    assert response.status_code == 422
    assert "This is the only manager" in text(response)
    assert User.objects.get(pk=manager.pk).roles == {Role.MANAGER}


def test_whoever_gives_up_managing_is_sent_home(here, manager, school):
    UserFactory(organisation=school, roles=[Role.MANAGER])
    path = person(manager, "roles/")
    response = here.post(path, {"roles": ["dsl"], "seen": seen(here, path)})
    assert response["Location"] == "/"
    assert here.get("/organisation/people/").status_code == 403


def test_the_last_dsl_is_given_up_only_on_purpose(here, dsl):
    path = person(dsl, "roles/")
    data = {"roles": ["deputy"], "seen": seen(here, path)}
    response = here.post(path, data)
    assert response.status_code == 422
    assert "Tick the box if the organisation is to be without" in text(response)
    assert User.objects.get(pk=dsl.pk).roles == {Role.DSL}
    assert here.post(path, {**data, "no_dsl": "on"}).status_code == 302
    assert User.objects.get(pk=dsl.pk).roles == {Role.DEPUTY}


def test_whoever_saves_second_is_told_and_overwrites_only_on_purpose(here, dsl, school, manager):
    UserFactory(organisation=school, roles=[Role.DSL])
    path = person(dsl, "roles/")
    old = seen(here, path)
    here.post(path, {"roles": ["deputy"], "seen": old})
    response = here.post(path, {"roles": ["practitioner"], "seen": old})
    page = text(response)
    assert response.status_code == 422
    assert "Somebody changed this while you had the page open" in page
    assert re.search(r"<dd[^>]*>Deputy safeguarding lead</dd>", page)
    assert User.objects.get(pk=dsl.pk).roles == {Role.DEPUTY}
    assert here.post(path, {"roles": ["practitioner"], "seen": seen_in(page)}).status_code == 302
    assert User.objects.get(pk=dsl.pk).roles == {Role.PRACTITIONER}


@pytest.mark.parametrize("path", ["organisation/note/", "organisation/people/{}/name/"])
def test_a_double_click_is_no_conflict(here, dsl, path):
    path = "/" + path.format(dsl.pk)
    data = {"local_note": "New words", "name": "New Words", "seen": seen(here, path)}
    assert [here.post(path, data).status_code for _ in range(2)] == [302, 302]


def test_words_that_people_type_are_shown_as_words(here, desk, school, dsl):
    mark = "<b>bold</b>"
    User.objects.filter(pk=dsl.pk).update(name=mark)
    Organisation.objects.update(name=mark, local_note=mark)
    pages = [
        here.get(path) for path in ("/organisation/people/", person(dsl), person(dsl, "roles/"))
    ]
    pages += [here.get(person(dsl, "deactivate/")), here.get("/organisation/note/")]
    pages += [desk.get("/service/organisations/"), desk.get(f"/service/organisations/{school.pk}/")]
    for page in pages:
        body = page.content.decode()
        assert mark not in body
        assert "&lt;b&gt;bold" in body


def test_no_title_and_no_address_holds_a_name(here, desk, school, dsl, waiting):
    of_lead = [person(dsl, page) for page in PAGES if page not in ("second-factor/", "withdraw/")]
    paths = [*of_lead, person(waiting, "withdraw/")]
    titles = [re.search("<title>(.*?)</title>", text(here.get(path)), re.S)[1] for path in paths]
    titles += [
        re.search("<title>(.*?)</title>", text(desk.get(path)), re.S)[1]
        for path in (f"/service/organisations/{school.pk}/",)
    ]
    assert len(titles) == 6
    for title in titles:
        for name in ("Example Lead", "Who Waits", "Example School"):
            assert name not in title
