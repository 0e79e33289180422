"""The pages of managers and operators."""

import html
import re

import pytest

from accounts.invitations import invite, use_invitation
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.models import Entry
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = {"name": "New Person", "email": "new@school.example", "roles": ["practitioner"]}


def client_of(user: User) -> FormClient:
    client = FormClient()
    client.force_login(user)
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def manager(school) -> User:
    return UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def here(manager) -> FormClient:
    return client_of(manager)


@pytest.fixture
def operator(db) -> User:
    return UserFactory(name="Example Operator", organisation=None, roles=[Role.OPERATOR])


@pytest.fixture
def desk(operator) -> FormClient:
    """Where the operator sits."""
    return client_of(operator)


@pytest.fixture
def waiting(school) -> User:
    fields = {"organisation": school, "by": SYSTEM, "roles": [Role.DSL]}
    return invite(email="waits@school.example", name="Who Waits", **fields).user


def person(user: User, page: str = "", start: str = "organisation") -> str:
    return f"/{start}/people/{user.pk}/{page}"


def seen(client: FormClient, path: str) -> str:
    return re.search(r'name="seen"[^>]* value="(\w+)"', client.get(path).content.decode())[1]


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


PAGES = ["", "name/", "roles/", "deactivate/", "withdraw/"]
POSTS = ["name/", "roles/", "deactivate/", "reactivate/", "invite-again/", "withdraw/"]


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


def test_an_operator_touches_nobody_of_an_organisation(desk, dsl, waiting, manager):
    for one in (dsl, waiting, manager):
        posts = {desk.post(person(one, page, "service")).status_code for page in POSTS}
        assert posts == {404}
        assert desk.post(person(one, "deactivate/")).status_code == 403
    assert User.objects.get(pk=dsl.pk).is_active


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
        "manage.py name_leads",
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
    assert "manage.py name_leads" in text(here.get(person(dsl, "roles/")))
    assert "name_leads" not in text(here.get(person(practitioner, "roles/")))


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
    newer = re.search(r'name="seen"[^>]* value="(\w+)"', page)[1]
    assert here.post(path, {"roles": ["practitioner"], "seen": newer}).status_code == 302
    assert User.objects.get(pk=dsl.pk).roles == {Role.PRACTITIONER}


@pytest.mark.parametrize("path", ["organisation/note/", "organisation/people/{}/name/"])
def test_a_double_click_is_no_conflict(here, dsl, path):
    path = "/" + path.format(dsl.pk)
    data = {"local_note": "New words", "name": "New Words", "seen": seen(here, path)}
    assert [here.post(path, data).status_code for _ in range(2)] == [302, 302]


def test_an_operator_adds_an_organisation_and_invites_its_managers(desk, operator, settings):
    settings.SITE_URL = "https://triage.example"
    response = desk.post("/service/organisations/add/", {"name": "New School"})
    made = Organisation.objects.get()
    start = f"/service/organisations/{made.pk}/"
    assert response["Location"] == start
    for number in range(2):
        new = {"name": f"Manager {number}", "email": f"m{number}@school.example"}
        # What is posted besides counts for nothing: a manager is all that an operator can make.
        response = desk.post(f"{start}managers/invite/", {**new, "roles": ["dsl"]})
        assert response["Location"] == start
        page = text(desk.get(start))
        assert page.count("https://triage.example/invitation/") == 1
        assert f"Manager {number}" in page
    assert [set(user.roles) for user in made.people.all()] == [{Role.MANAGER}] * 2
    chain = Entry.objects.filter(organisation_id=made.pk).values_list("action", flat=True)
    assert list(chain.order_by("sequence"))[:4] == [
        "organisation.created",
        "user.created",
        "role.granted",
        "user.invited",
    ]
    assert "None yet" in text(desk.get("/service/organisations/"))
    first = Invitation.objects.earliest("pk")
    use_invitation(invitation=first, by=first.user)
    assert "None yet" not in text(desk.get("/service/organisations/"))


def test_an_operator_sees_managers_alone(desk, school, manager, dsl, waiting, practitioner):
    page = text(desk.get(f"/service/organisations/{school.pk}/"))
    assert manager.email in page
    for user in (dsl, waiting, practitioner):
        assert user.email not in page
    for user in (dsl, waiting):
        path = f"/service/organisations/{school.pk}/managers/{user.pk}/"
        assert desk.post(path + "withdraw/").status_code == 404
        assert desk.post(path + "invite-again/").status_code == 404
    assert Invitation.objects.get(user=waiting).withdrawn_at is None


def test_an_operator_takes_a_managers_invitation_back(desk, school):
    start = f"/service/organisations/{school.pk}/managers/"
    desk.post(f"{start}invite/", {"name": "M", "email": "m@school.example"})
    user = User.objects.get(email="m@school.example")
    other = OrganisationFactory()
    wrong = f"/service/organisations/{other.pk}/managers/{user.pk}/withdraw/"
    assert desk.post(wrong).status_code == 404
    assert desk.post(f"{start}{user.pk}/withdraw/").status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()
    assert desk.post(f"{start}{user.pk}/withdraw/").status_code == 404


def test_an_operator_looks_after_those_of_the_service(desk, operator):
    desk.post("/service/people/invite/", {**NEW, "roles": ["guidance_editor"]})
    editor = User.objects.get(email="new@school.example")
    assert (editor.organisation, editor.roles) == (None, {Role.GUIDANCE_EDITOR})
    assert desk.post("/service/people/invite/", {**NEW, "roles": ["dsl"]}).status_code == 422
    page = text(desk.get("/service/people/"))
    assert editor.email in page
    assert operator.email in page
    response = desk.post(person(operator, "deactivate/", "service"))
    assert response.status_code == 422
    assert "This is the only operator who can sign in" in text(response)
    assert set(Entry.objects.values_list("organisation_id", flat=True)) == {None}


def test_an_organisation_is_renamed(desk, school):
    path = f"/service/organisations/{school.pk}/name/"
    old = seen(desk, path)
    assert desk.post(path, {"name": "", "seen": old}).status_code == 422
    assert desk.post(path, {"name": "Renamed School", "seen": old}).status_code == 302
    assert Organisation.objects.get().name == "Renamed School"
    assert Entry.objects.latest("pk").action == "organisation.renamed"


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
    paths = [person(dsl, page) for page in PAGES[:-1]] + [person(waiting, "withdraw/")]
    titles = [re.search("<title>(.*?)</title>", text(here.get(path)), re.S)[1] for path in paths]
    titles += [
        re.search("<title>(.*?)</title>", text(desk.get(path)), re.S)[1]
        for path in (f"/service/organisations/{school.pk}/",)
    ]
    assert len(titles) == 6
    for title in titles:
        for name in ("Example Lead", "Who Waits", "Example School"):
            assert name not in title
