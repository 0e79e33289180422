"""The server does not start where it could not count."""

import pytest
from django.db import connection

from accounts.checks import key_of_second_factors_is_long, limits_have_a_table

pytestmark = pytest.mark.django_db


def test_the_table_of_limits_must_be_there(settings):
    assert limits_have_a_table(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_limits RENAME TO elsewhere")
    assert [each.id for each in limits_have_a_table(databases=["default"])] == ["accounts.E002"]
    assert limits_have_a_table() == []


@pytest.mark.parametrize(
    ("demo", "key", "found"),
    [(False, "short", ["accounts.E003"]), (False, "x" * 50, []), (True, "short", [])],
)
def test_a_short_key_of_second_factors_stops_the_start(settings, demo, key, found):
    settings.DEMO, settings.MFA_KEY = demo, key
    assert [each.id for each in key_of_second_factors_is_long()] == found
