"""Anything at all in an address, its query and its cookies, asked for by GET."""

import os
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client import FormClient
from tests.hostile.bodies import values
from tests.hostile.fuzz.conftest import how_many
from tests.hostile.held import Tables, assert_growth, assert_served
from tests.hostile.targets import asked
from tests.sweeps.world import undone

pytestmark = pytest.mark.django_db
ASKED = how_many(60, share=10)
COOKIES = [
    '"\\000' + "0" * 40 + '"',  # a browser's way to write a null byte
    '"' + "\\377" * 40 + '"',
    "a" * 4000,
    "%00" * 20,
    "é" * 40,
    "",
]


@settings(
    max_examples=ASKED,
    deadline=None,
    derandomize="STRESS_BODIES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_no_address_makes_a_page_fail_or_come_alive(site, failures, data):
    place = data.draw(st.sampled_from(site.pages))
    path = spoilt(data, place.path) if data.draw(st.booleans()) else place.path
    keys = st.sampled_from(sorted(site.queries))
    pairs = data.draw(st.lists(st.tuples(keys, values), max_size=4))
    query = b"&".join(quote(key).encode() + b"=" + value for key, value in pairs)
    look(place.client, path, failures, QUERY_STRING=query.decode("latin-1"))


def spoilt(data, path):
    """The path with one of its segments replaced."""
    segments = path.split("/")
    which = data.draw(st.integers(1, max(1, len(segments) - 2)))
    segments[which] = data.draw(values).decode("latin-1").replace("?", "")
    return "/".join(segments)


def test_there_are_pages_and_queries_to_try(site):
    assert len(site.pages) > 40
    assert {"status", "assignee", "order"} <= site.queries, site.queries


def look(client, path, failures, **extra):
    """Ask; nothing may fail, come alive, or leave more than a reading does."""
    tables = Tables()
    with undone():
        before = tables.count()
        answer = asked(client, "GET", path, **extra)
        failures.none()
        assert_served(answer)
        if answer.status_code != 302:
            assert_growth(answer, before, tables.count())
    return answer


@pytest.mark.parametrize("cookie", COOKIES, ids=range(len(COOKIES)))
@pytest.mark.parametrize("setting", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "messages"])
def test_no_cookie_makes_a_page_fail(world, failures, setting, cookie):
    """As a header: a client that knows better would not send them."""
    name = getattr(django_settings, setting, setting)
    for path in ("/", "/sign-in/"):
        answer = look(FormClient(), path, failures, HTTP_COOKIE=f"{name}={cookie}")
        assert answer.status_code == (302 if path == "/" else 200)
