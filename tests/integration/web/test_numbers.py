"""Numbers in addresses, larger than any database counts."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case

pytestmark = pytest.mark.django_db
HUGE = ("9223372036854775808", "9" * 40)
NUMBER = re.compile(r"<int:\w+>")
VALUES = {"<reference:reference>": "{reference}", "<slug:person_id>": "p1"}


def addresses(patterns=None, prefix="/"):
    """Every address with a number in it, with the reference of a case still to be filled in."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and NUMBER.search(route):
            for name, value in VALUES.items():
                route = route.replace(name, value)
            yield route


def test_there_are_addresses_to_try():
    assert len(list(addresses())) >= 5


@pytest.mark.parametrize("huge", HUGE)
@pytest.mark.parametrize("roles", [[Role.DSL, Role.MANAGER], [Role.OPERATOR]], ids=str)
def test_a_number_too_large_for_the_database_is_no_address(
    client, guidance, practitioner, huge, roles
):
    case = make_case(practitioner)
    outside = {} if Role.DSL in roles else {"organisation": None}
    client.force_login(UserFactory(**{"organisation": case.organisation, **outside}, roles=roles))
    seen = set()
    for route in addresses():
        path = NUMBER.sub(huge, route).replace("{reference}", case.reference)
        for response in (client.get(path), client.post(path, {})):
            # 302: asked first who they are. 403: none of theirs. 405: takes the other method.
            assert response.status_code in (302, 403, 404, 405), path
            seen.add(response.status_code)
    assert 404 in seen
