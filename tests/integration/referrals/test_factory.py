"""The factory's own cases are what the tests take them for."""

import pytest

from tests.factories.referrals import EMERGENCY, REFER_NOW, make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answers", "response"),
    [({}, "dsl_judgement"), (EMERGENCY, "emergency"), (REFER_NOW, "refer_now")],
)
def test_a_made_case_has_the_response_it_is_named_for(practitioner, guidance, answers, response):
    assert make_case(practitioner, **answers).response == response
