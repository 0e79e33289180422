"""The server does not start where it could not count."""

import pytest
from django.db import connection

from accounts.checks import limits_have_a_table

pytestmark = pytest.mark.django_db


def test_the_table_of_limits_must_be_there(settings):
    assert limits_have_a_table(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_limits RENAME TO elsewhere")
    assert [each.id for each in limits_have_a_table(databases=["default"])] == ["accounts.E002"]
    assert limits_have_a_table() == []
