"""An invitation lets one person in, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import invitations
from accounts.invitations import (
    InvitationOver,
    invitation_in,
    invite,
    invite_again,
    open_invitation,
    path_of,
    use_invitation,
    withdraw_invitation,
)
from accounts.models import Invitation, RoleHeld, User
from accounts.queries import leads
from accounts.roles import Role
from audit.models import Entry
from audit.recorder import SYSTEM
from outbox.models import Message
from outbox.sending import drain
from tests.client import FormClient
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.integration.outbox.conftest import smtp  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
GOOD = "violet-anchor-teapot"
OVER = "This link does not work"


@pytest.fixture
def invited(manager) -> Invitation:
    return invite(
        email="New@School.example",
        name="New Lead",
        roles=[Role.DSL],
        organisation=manager.organisation,
        by=manager,
    )


def token_of(invitation: Invitation) -> str:
    return path_of(invitation.pk).split("/")[2]


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def opened(client: Client, invitation: Invitation) -> str:
    """The page that the link leads to."""
    return client.get(path_of(invitation.pk), follow=True).content.decode()


def accept(client: Client, password: str = GOOD, again: str | None = None):
    data = {"password": password, "again": password if again is None else again}
    return client.post("/invitation/", data)


def test_the_person_is_there_but_cannot_sign_in_and_counts_nowhere(client, invited, school):
    user = invited.user
    assert (user.email, user.is_active, user.is_invited) == ("new@school.example", False, True)
    assert not user.has_usable_password()
    assert user.roles == {Role.DSL}
    assert user not in leads(school)
    assert acts() == ["user.created", "role.granted", "user.invited"]
    assert set(Entry.objects.values_list("organisation_id", "actor_id")) == {
        (school.pk, invited.invited_by_id)
    }
    last = Entry.objects.latest("pk")
    assert (last.object_type, last.object_id) == ("accounts.user", str(user.pk))


def test_the_token_is_kept_nowhere(client, invited, settings):
    settings.EMAIL_HOST = "mail.example"
    again = invite_again(user=invited.user, by=SYSTEM)
    token = token_of(again)
    opened(client, again)
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table's name
            found += [table for row in cursor.fetchall() if token in str(row)]
    assert found == []
    assert Message.objects.get().body.count("{link:invitation:") == 1
    assert len(token) == 43  # 32 bytes


def test_two_tokens_have_nothing_in_common_and_need_the_secret_key(invited, settings):
    before = token_of(invited)
    assert token_of(invite_again(user=invited.user, by=SYSTEM)) != before
    settings.SECRET_KEY = "another" * 10
    assert path_of(Invitation.objects.latest("pk").pk) is None


def test_the_link_leads_to_a_page_whose_address_has_no_token(client, invited):
    response = client.get(path_of(invited.pk))
    assert (response.status_code, response["Location"]) == (302, "/invitation/")
    assert response["Referrer-Policy"] == "same-origin"
    page = client.get("/invitation/").content.decode()
    for shown in ("Example School", "New Lead", "new@school.example", "safeguarding lead"):
        assert shown in page
    assert token_of(invited) not in page


def test_accepting_lets_in_once_and_is_recorded(client, invited, school):
    path = path_of(invited.pk)
    opened(client, invited)
    response = accept(client)
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert "Your password is set" in client.get("/sign-in/").content.decode()
    user = User.objects.get(pk=invited.user_id)
    assert (user.is_active, user.is_invited, user.check_password(GOOD)) == (True, False, True)
    assert user in leads(school)
    last = Entry.objects.latest("pk")
    assert (last.action, last.actor_id, last.organisation_id) == (
        "invitation.used",
        user.pk,
        school.pk,
    )
    assert "_auth_user_id" not in client.session
    signed_in = client.post("/sign-in/", {"login": user.email, "password": GOOD})
    assert signed_in["Location"] == "/"
    other = FormClient()
    assert OVER in other.get(path, follow=True).content.decode()


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "Choose a password"),
        ("password123", "password123", "too common"),
        ("short1", "short1", "too short"),
        ("new@school.example", "new@school.example", "too similar"),
        ("safeguarding-2026", "safeguarding-2026", "too easy to guess"),
        (GOOD, "", "Type the password again"),
        (GOOD, "violet-anchor-teapo", "The two are not the same"),
        ("x" * 1001, "x" * 1001, "1000 characters or fewer"),
    ],
)
def test_a_bad_password_is_refused_and_never_shown(client, invited, password, again, said):
    opened(client, invited)
    response = accept(client, password, again)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(said) == (3 if said == "Choose a password" else 2)
    assert GOOD not in page
    assert User.objects.get(pk=invited.user_id).is_invited
    assert accept(client)["Location"] == "/sign-in/"


def over_unknown(invitation):
    return "/invitation/" + "A" * 43 + "/"


def over_used(invitation):
    path = path_of(invitation.pk)
    use_invitation(invitation=invitation, by=invitation.user)
    return path


def over_replaced(invitation):
    path = path_of(invitation.pk)
    invite_again(user=invitation.user, by=SYSTEM)
    return path


def over_withdrawn(invitation):
    path = path_of(invitation.pk)
    withdraw_invitation(user=invitation.user, by=SYSTEM)
    return path


def over_expired(invitation):
    path = path_of(invitation.pk)
    Invitation.objects.update(expires_at=timezone.now())
    return path


def over_cut(invitation):
    return path_of(invitation.pk)[:-2] + "/"


ALL_OVER = [over_unknown, over_used, over_replaced, over_withdrawn, over_expired, over_cut]


def words(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path, follow=True)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("over", ALL_OVER)
def test_a_link_that_is_over_says_the_same_whatever_the_reason(client, invited, over):
    plain = words(FormClient(), "/invitation/")
    assert plain[0] == 404
    assert OVER in plain[1]
    assert words(client, over(invited)) == plain
    response = accept(client)
    assert (response.status_code, response.content.decode()) == plain
    assert not User.objects.filter(email="new@school.example", is_active=True, password=GOOD)


@pytest.mark.parametrize("over", ALL_OVER[1:-1])
def test_a_page_that_was_open_already_lets_nobody_in(client, invited, over):
    opened(client, invited)
    over(invited)
    assert accept(client).status_code == 404
    user = User.objects.filter(pk=invited.user_id).first()
    assert user is None or not user.has_usable_password()


def test_a_link_lasts_seven_days(invited):
    assert invited.expires_at - invited.created_at == timedelta(days=7)
    assert open_invitation(token_of(invited)) == invited
    Invitation.objects.update(expires_at=timezone.now() + timedelta(seconds=5))
    assert open_invitation(token_of(invited)) == invited


def test_whoever_comes_second_is_told_so(invited):
    first, second = (Invitation.objects.get() for _ in range(2))
    use_invitation(invitation=first, by=first.user)
    with pytest.raises(InvitationOver):
        use_invitation(invitation=second, by=second.user)
    assert acts().count("invitation.used") == 1


def test_a_newer_link_replaces_an_older_one(client, invited):
    opened(client, invited)
    newer = invite_again(user=invited.user, by=SYSTEM)
    assert OVER in client.get("/invitation/").content.decode()
    assert "New Lead" in opened(client, newer)
    invited.refresh_from_db()
    assert (invited.seed, invited.withdrawn_at is None) == ("", False)


def test_withdrawn_the_person_is_gone_and_the_audit_still_says_that_there_was_one(invited):
    pk = invited.user_id
    withdraw_invitation(user=invited.user, by=invited.invited_by)
    assert not User.objects.filter(pk=pk).exists()
    assert not RoleHeld.ever.filter(user_id=pk).exists()
    last = Entry.objects.latest("pk")
    assert (last.action, last.object_id) == ("invitation.withdrawn", str(pk))


@pytest.mark.parametrize("change", [invite_again, withdraw_invitation])
def test_somebody_who_came_in_has_no_invitation_to_change(invited, change):
    user = use_invitation(invitation=invited, by=invited.user)
    with pytest.raises(InvitationOver):
        change(user=user, by=SYSTEM)
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("roles", [[], [Role.DSL, Role.OPERATOR], [Role.OPERATOR], [Role.DSL]])
def test_only_roles_of_the_place_are_given(school, inside, roles):
    fits = roles == ([Role.DSL] if inside else [Role.OPERATOR])
    organisation = school if inside else None
    fields = {"email": "a@b.example", "name": "A", "roles": roles, "by": SYSTEM}
    if fits:
        assert invite(organisation=organisation, **fields).user.organisation == organisation
        return
    with pytest.raises(ValidationError):
        invite(organisation=organisation, **fields)
    assert not User.objects.filter(email="a@b.example").exists()


def test_an_address_that_somebody_has_is_refused(invited, school):
    stranger = UserFactory(organisation=OrganisationFactory())
    for email in (stranger.email.upper(), "new@school.example"):
        with pytest.raises(ValidationError):
            invite(email=email, name="X", roles=[Role.DSL], organisation=school, by=SYSTEM)
    assert User.objects.filter(email=stranger.email).count() == 1


def test_an_address_that_was_taken_a_moment_ago_is_refused_too(stranger, school, monkeypatch):
    monkeypatch.setattr(User, "validate_unique", lambda self, exclude=None: None)
    with pytest.raises(ValidationError, match="somebody here has it already"):
        invite(email=stranger.email, name="X", roles=[Role.DSL], organisation=school, by=SYSTEM)
    assert not Invitation.objects.exists()


def test_the_mail_has_the_link_and_no_more(smtp, invited, settings, client):  # noqa: F811
    settings.SITE_URL = "https://triage.example"
    newer = invite_again(user=invited.user, by=SYSTEM)
    assert drain() == {"sent": 1}
    [mail] = smtp.of("new@school.example")
    assert f"https://triage.example{path_of(newer.pk)}\n" in mail.body
    whole = str(mail.message).replace("new@school.example", "")
    for private in ("New Lead", "Example School", "safeguarding lead"):
        assert private not in whole
    assert "New Lead" in opened(client, newer)


@pytest.mark.parametrize("over", ALL_OVER[1:-1])
def test_a_link_that_is_over_is_not_mailed(smtp, invited, over):  # noqa: F811
    newer = invite_again(user=invited.user, by=SYSTEM)
    waiting = Message.objects.get().pk
    over(newer)
    drain()
    assert Message.objects.filter(pk=waiting, sent_at=None).exists() == (over is over_expired)
    assert all(path_of(newer.pk) is None for _ in smtp.received)
    assert len(smtp.received) == (1 if over is over_replaced else 0)


def test_without_a_mail_server_nothing_is_queued(invited):
    assert not Message.objects.exists()


def test_who_is_signed_in_accepts_for_nobody(client, invited, manager):
    client.force_login(manager)
    page = opened(client, invited)
    assert "You are signed in already" in page
    assert "New Lead" not in page
    accept(client)
    assert invitation_in(client.session) is None
    assert User.objects.get(pk=invited.user_id).is_invited


def test_letting_in_and_what_it_is_for_stand_or_fall_together(client, invited, monkeypatch):
    def fail(**kwargs: object) -> None:
        raise RuntimeError("no audit")

    opened(client, invited)
    monkeypatch.setattr(invitations, "record", fail)
    with pytest.raises(RuntimeError):
        accept(client)
    assert User.objects.get(pk=invited.user_id).is_invited


def test_links_cannot_be_tried_without_end(client, invited):
    tried = [client.get(f"/invitation/{'A' * 42}{number}/").status_code for number in range(21)]
    assert tried == [302] * 20 + [429]
    assert client.get(path_of(invited.pk)).status_code == 429
