"""The first run: one command makes whoever makes the rest."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import demo
from accounts.invitations import use_invitation
from accounts.models import Invitation, User
from accounts.roles import Role
from audit.models import Entry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://triage.example"


def run(*args: str) -> str:
    out = StringIO()
    call_command("make_operator", *args, stdout=out)
    return out.getvalue()


def link_in(text: str) -> str:
    [link] = [word for word in text.split() if word.startswith("https://triage.example/")]
    return link.removeprefix("https://triage.example")


def test_it_prints_a_link_that_lets_the_operator_in(client):
    page = client.get(link_in(run("Op@service.example", "Example Operator")), follow=True)
    assert "op@service.example" in page.content.decode()
    data = {"password": "violet-anchor-teapot", "again": "violet-anchor-teapot"}
    client.post("/invitation/", data)
    user = User.objects.get()
    assert (user.roles, user.is_active, user.organisation) == ({Role.OPERATOR}, True, None)
    assert user.check_password("violet-anchor-teapot")
    rows = Entry.objects.order_by("pk").values_list("action", "actor_id", "organisation_id")
    assert list(rows) == [
        ("user.created", None, None),
        ("role.granted", None, None),
        ("user.invited", None, None),
        ("invitation.used", user.pk, None),
    ]


def test_it_refuses_when_there_is_one_who_can_sign_in():
    UserFactory(organisation=None, roles=[Role.OPERATOR])
    with pytest.raises(CommandError, match="--another"):
        run("op@service.example", "Example Operator")
    assert User.objects.count() == 1
    assert link_in(run("op@service.example", "Example Operator", "--another"))


def test_one_whose_account_is_closed_stands_in_nobodys_way():
    UserFactory(organisation=None, roles=[Role.OPERATOR], is_active=False)
    assert link_in(run("op@service.example", "Example Operator"))


def test_run_again_it_makes_a_new_link_and_the_old_one_is_over(client):
    old, new = (link_in(run("op@service.example", "Example Operator")) for _ in range(2))
    assert old != new
    assert client.get(old, follow=True).status_code == 404
    assert client.get(new, follow=True).status_code == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "name"), [("not-an-address", "X"), ("taken@school.example", "X"), ("a@b.example", "")]
)
def test_what_cannot_be_is_said_and_nothing_is_made(email, name):
    UserFactory(email="taken@school.example")
    with pytest.raises(CommandError):
        run(email, name)
    assert User.objects.count() == 1
    assert not Entry.objects.exists()


def test_without_an_address_of_the_site_there_is_no_link(settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL"):
        run("op@service.example", "Example Operator")
    assert not User.objects.exists()


def test_the_demo_can_be_loaded_again_after_somebody_was_invited_in_it():
    demo.load()
    run("op@service.example", "Example Operator", "--another")
    invitation = Invitation.objects.get()
    use_invitation(invitation=invitation, by=invitation.user)
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "loaded already" in out.getvalue()


def test_outside_the_demo_nobody_is_of_the_demo(settings):
    settings.DEMO = False
    run("op@service.example", "Example Operator")
    assert not User.objects.get().is_demo
