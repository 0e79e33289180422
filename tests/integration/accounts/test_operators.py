"""The pages of operators: organisations, their managers, and the people of the service."""

import pytest

from accounts.invitations import use_invitation
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.models import Entry
from tests.factories.accounts import OrganisationFactory
from tests.integration.accounts.managing import NEW, POSTS, person, seen, text

pytestmark = pytest.mark.django_db


def test_an_operator_touches_nobody_of_an_organisation(desk, dsl, waiting, manager):
    for one in (dsl, waiting, manager):
        posts = {desk.post(person(one, page, "service")).status_code for page in POSTS}
        assert posts == {404}
        assert desk.post(person(one, "deactivate/")).status_code == 403
    assert User.objects.get(pk=dsl.pk).is_active


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
