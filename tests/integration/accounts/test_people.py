"""What managers and operators do with people, and what is never left without anybody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from accounts.invitations import invite, use_invitation
from accounts.models import Invitation, RoleHeld, User
from accounts.people import (
    Refused,
    deactivate,
    is_last_dsl,
    reactivate,
    rename_person,
    set_roles,
)
from accounts.roles import Permission, Role
from accounts.sessions import end_sessions
from audit.models import Entry
from audit.recorder import SYSTEM
from outbox.actions import Notice, queue
from outbox.models import Message
from outbox.sending import drain
from outbox.text import letter
from tests.client import FormClient
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> FormClient:
    client = FormClient()
    assert client.post("/sign-in/", {"login": user.email, "password": PASSWORD})["Location"] == "/"
    return client


def goes_on(client: FormClient) -> bool:
    return client.get("/").status_code == 200


def acts() -> list[str]:
    rows = Entry.objects.exclude(action__startswith="sign").order_by("pk")
    return list(rows.values_list("action", flat=True))


def last() -> tuple[str, int | None, int | None, str]:
    entry = Entry.objects.latest("pk")
    return entry.action, entry.actor_id, entry.organisation_id, entry.object_id


def test_closing_an_account_ends_every_live_session_at_once(dsl, manager, school):
    first, second, other = signed_in(dsl), signed_in(dsl), signed_in(manager)
    assert goes_on(first)
    assert goes_on(second)
    deactivate(user=dsl, by=manager)
    assert [goes_on(first), goes_on(second), goes_on(other)] == [False, False, True]
    assert last() == ("user.deactivated", manager.pk, school.pk, str(dsl.pk))
    response = FormClient().post("/sign-in/", {"login": dsl.email, "password": PASSWORD})
    assert response.status_code == 403
    reactivate(user=dsl, by=manager)
    assert last() == ("user.reactivated", manager.pk, school.pk, str(dsl.pk))
    assert not goes_on(first), "an old session does not come back with the account"
    assert goes_on(signed_in(dsl))
    assert User.objects.get(pk=dsl.pk).roles == {Role.DSL}


def test_ending_sessions_ends_all_but_the_one_that_is_kept(dsl, manager, rf):
    here, elsewhere, other = signed_in(dsl), signed_in(dsl), signed_in(manager)
    request = rf.get("/")
    request.session, request.user = here.session, dsl
    before = request.session.session_key
    end_sessions(user=dsl, keep=request)
    request.session.save()
    here.cookies["sessionid"] = request.session.session_key
    assert request.session.session_key != before
    assert [goes_on(here), goes_on(elsewhere), goes_on(other)] == [True, False, True]
    end_sessions(user=dsl)
    assert [goes_on(here), goes_on(other)] == [False, True]


def test_a_session_that_begins_while_they_end_is_not_kept_by_an_old_copy(dsl):
    stale = User.objects.get(pk=dsl.pk)
    end_sessions(user=dsl)
    end_sessions(user=stale)
    assert stale.session_epoch == User.objects.get(pk=dsl.pk).session_epoch == 2


def test_roles_are_given_and_taken_and_what_was_taken_stays_told(dsl, manager, school):
    user = set_roles(user=dsl, roles=[Role.PRACTITIONER, Role.DEPUTY], by=manager)
    assert user.roles == {Role.PRACTITIONER, Role.DEPUTY}
    assert acts() == ["role.granted", "role.revoked", "role.granted"]
    revoked = Entry.objects.get(action="role.revoked")
    held = RoleHeld.ever.get(pk=revoked.object_id)
    assert (held.user, held.role, held.ended_at is None) == (dsl, Role.DSL, False)
    assert (revoked.actor_id, revoked.organisation_id) == (manager.pk, school.pk)
    again = set_roles(user=user, roles=[Role.DSL], by=manager)
    assert again.roles == {Role.DSL}
    assert RoleHeld.ever.filter(user=dsl, role=Role.DSL).count() == 2


def test_a_role_taken_away_counts_at_the_next_request(dsl, practitioner, manager):
    client = signed_in(dsl)
    assert client.get("/cases/").status_code == 200
    set_roles(user=dsl, roles=[Role.PRACTITIONER], by=manager)
    assert client.get("/cases/").status_code == 403


def test_roles_that_stay_are_no_act(dsl, manager):
    set_roles(user=dsl, roles=[Role.DSL], by=manager)
    assert acts() == []


@pytest.mark.parametrize("roles", [[], [Role.OPERATOR], [Role.DSL, Role.GUIDANCE_EDITOR]])
def test_no_role_and_a_role_of_the_service_are_refused(dsl, manager, roles):
    with pytest.raises(ValidationError):
        set_roles(user=dsl, roles=roles, by=manager)
    assert User.objects.get(pk=dsl.pk).roles == {Role.DSL}
    assert acts() == []


def take_role(user, by):
    roles = [Role.DSL] if user.organisation else [Role.GUIDANCE_EDITOR]
    return set_roles(user=user, roles=roles, by=by)


@pytest.mark.parametrize("who", ["manager", "operator"])
@pytest.mark.parametrize("change", [take_role, deactivate])
def test_the_last_who_can_sign_in_is_kept(request, manager, operator, who, change):
    user = request.getfixturevalue(who)
    role = Role.MANAGER if who == "manager" else Role.OPERATOR
    place = {"organisation": user.organisation, "by": SYSTEM}
    fields = {"name": "X", "roles": [role], **place}
    invited = invite(email="x@school.example", **fields)
    UserFactory(organisation=user.organisation, roles=[role], is_active=False)
    UserFactory(roles=[Role.MANAGER])  # of another organisation
    before = Entry.objects.count()
    with pytest.raises(Refused, match="only"):
        change(user=user, by=user)
    assert User.objects.get(pk=user.pk).may(
        Permission.MANAGE_ORGANISATION if who == "manager" else Permission.RUN_SERVICE
    )
    assert Entry.objects.count() == before
    use_invitation(invitation=invited, by=invited.user)
    change(user=user, by=user)
    assert Entry.objects.count() > before


@pytest.mark.parametrize("where", ["school", "service"])
@pytest.mark.django_db(transaction=True)
def test_two_who_end_each_other_leave_one(where, school):
    organisation = school if where == "school" else None
    role = Role.MANAGER if where == "school" else Role.OPERATOR
    pair = [UserFactory(organisation=organisation, roles=[role]) for _ in range(2)]
    ready = Barrier(2)

    def end(who: int) -> bool:
        try:
            ready.wait(10)
            deactivate(user=User.objects.get(pk=pair[1 - who].pk), by=pair[who])
            return True
        except Refused:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, range(2))) == [False, True]
    assert User.objects.filter(is_active=True).count() == 1


def test_whether_an_organisation_would_be_without_a_dsl(dsl, school, manager):
    assert is_last_dsl(dsl)
    assert is_last_dsl(dsl, [Role.DEPUTY])
    assert not is_last_dsl(dsl, [Role.DSL, Role.MANAGER])
    assert not is_last_dsl(manager)
    UserFactory(roles=[Role.DSL])
    invite(email="a@b.example", name="A", roles=[Role.DSL], organisation=school, by=SYSTEM)
    assert is_last_dsl(dsl), "neither one elsewhere nor one who has not come counts"
    UserFactory(organisation=school, roles=[Role.DSL])
    assert not is_last_dsl(dsl)


def test_what_was_done_already_is_not_done_again(dsl, manager):
    with pytest.raises(Refused):
        reactivate(user=dsl, by=manager)
    deactivate(user=dsl, by=manager)
    for change in (deactivate, take_role):
        with pytest.raises(Refused):
            change(user=dsl, by=manager)
    assert acts() == ["user.deactivated"]


def test_who_was_invited_is_not_let_in_by_opening_the_account(school, manager):
    invited = invite(
        email="a@b.example", name="A", roles=[Role.DSL], organisation=school, by=SYSTEM
    )
    for change in (reactivate, deactivate):
        with pytest.raises(Refused):
            change(user=invited.user, by=manager)
    assert set_roles(user=invited.user, roles=[Role.DEPUTY], by=manager).roles == {Role.DEPUTY}
    assert Invitation.objects.get().used_at is None


def test_a_name_is_changed_and_the_audit_does_not_hold_it(dsl, manager, school):
    assert rename_person(user=dsl, name="Renamed Person", by=manager).name == "Renamed Person"
    assert last() == ("user.renamed", manager.pk, school.pk, str(dsl.pk))
    with pytest.raises(ValidationError):
        rename_person(user=dsl, name="", by=manager)
    assert User.objects.get(pk=dsl.pk).name == "Renamed Person"


def test_mail_that_waits_for_somebody_who_left_is_not_sent(dsl, manager):
    queue(Notice((dsl,), "Subject", letter("Words.", "/x/"), "key"))
    deactivate(user=dsl, by=manager)
    assert drain() == {"dropped": 1}
    assert Message.objects.get().dropped_at is not None


def test_a_triage_of_somebody_who_left_stays_with_the_leads(guidance, practitioner, dsl, manager):
    signed_in(practitioner).post("/triage/start/")
    draft = practitioner.drafts.get()
    deactivate(user=practitioner, by=manager)
    lead = signed_in(dsl)
    address = f"/triage/{draft.pk}/read/"
    assert address in lead.get("/").content.decode()
    assert practitioner.name in lead.get(address).content.decode()


def test_what_cannot_be_recorded_is_not_done(dsl, manager, monkeypatch):
    def fail(**kwargs: object) -> None:
        raise RuntimeError("no audit")

    client = signed_in(dsl)
    monkeypatch.setattr("accounts.people.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        deactivate(user=dsl, by=manager)
    assert goes_on(client)


def test_one_role_is_held_once_at_a_time(dsl):
    RoleHeld.ever.create(user=dsl, role=Role.DEPUTY, ended_at=dsl.date_joined)
    RoleHeld.objects.create(user=dsl, role=Role.DEPUTY)
    with pytest.raises(ValidationError):
        RoleHeld(user=dsl, role=Role.DEPUTY).full_clean()
