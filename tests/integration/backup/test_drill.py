"""Work, back up, destroy, restore, compare: on whichever database the tests run on."""

import pytest

from tests.factories.accounts import PASSWORD
from tests.factories.referrals import EMERGENCY, make_case
from tests.integration.backup.drill import drill

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_committed_at_one_moment_comes_back_row_by_row(
    guidance, practitioner, dsl, stranger, backups
):
    make_case(practitioner, **EMERGENCY)
    make_case(stranger)
    drill(practitioner, dsl, PASSWORD, backups)
