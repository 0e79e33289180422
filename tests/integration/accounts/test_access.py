"""Who gets in: the decorator, against every role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts.access import permission_required
from accounts.roles import Permission, Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

# After the table in the design: a mistake in accounts/roles.py must differ from this to be seen.
LEADS = {
    "start_triage",
    "see_own_cases",
    "see_organisation_cases",
    "export_cases",
    "see_statistics",
}
MAY = {
    Role.PRACTITIONER: {"start_triage", "see_own_cases"},
    Role.DSL: LEADS,
    Role.DEPUTY: LEADS,
    Role.MANAGER: {"manage_organisation", "see_statistics"},
    Role.GUIDANCE_EDITOR: {"edit_guidance"},
    Role.OPERATOR: {"run_service"},
}


@permission_required(Permission.SEE_ORGANISATION_CASES)
def cases(request, number):
    return HttpResponse(f"case {number} for {request.user.email}")


def ask(rf, user, method="get"):
    request = getattr(rf, method)("/cases/5/?page=2")
    request.user = user
    return cases(request, number=5)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_design_says_and_no_more(role):
    user = UserFactory(roles=[role])
    assert {permission.value for permission in Permission if user.may(permission)} == MAY[role]
    assert user.roles == {role}


def test_somebody_without_a_role_may_do_nothing():
    assert not any(UserFactory().may(permission) for permission in Permission)


def test_roles_add_up():
    user = UserFactory(roles=[Role.MANAGER, Role.PRACTITIONER])
    assert {permission.value for permission in Permission if user.may(permission)} == (
        MAY[Role.MANAGER] | MAY[Role.PRACTITIONER]
    )


def test_a_role_in_an_organisation_does_not_count_outside_one():
    user = UserFactory(roles=[Role.DSL, Role.OPERATOR], organisation=None)
    assert user.roles == {Role.OPERATOR}
    assert not user.may(Permission.SEE_ORGANISATION_CASES)
    assert user.may(Permission.RUN_SERVICE)


def test_somebody_whose_account_is_closed_may_do_nothing():
    user = UserFactory(roles=[Role.DSL], is_active=False)
    assert not user.may(Permission.SEE_ORGANISATION_CASES)


def test_roles_are_fetched_once(django_assert_num_queries):
    user = UserFactory(roles=[Role.DSL])
    with django_assert_num_queries(1):
        assert user.may(Permission.EXPORT_CASES)
        assert not user.may(Permission.RUN_SERVICE)


def test_who_may_gets_the_page_and_its_arguments(rf):
    user = UserFactory(roles=[Role.DSL])
    assert ask(rf, user).content.decode() == f"case 5 for {user.email}"


@pytest.mark.parametrize(
    "role", [Role.PRACTITIONER, Role.MANAGER, Role.GUIDANCE_EDITOR, Role.OPERATOR]
)
def test_who_may_not_is_refused(rf, role):
    with pytest.raises(PermissionDenied):
        ask(rf, UserFactory(roles=[role]))


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("get", "/cases/5/%3Fpage%3D2"),
        # The page says then that what was posted was not saved.
        ("post", "/cases/5/%3Fpage%3D2%26again%3D1"),
    ],
)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(rf, method, page):
    response = ask(rf, AnonymousUser(), method)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={page}")


def test_posting_twice_without_a_session_says_it_once(rf):
    request = rf.post("/cases/5/?again=1")
    request.user = AnonymousUser()
    assert cases(request, number=5)["Location"] == "/sign-in/?next=/cases/5/%3Fagain%3D1"
