"""However much the boxes of a form hold, what was typed comes back with the error."""

import pytest

from referrals.records import FULL, OFFERED
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act

pytestmark = pytest.mark.django_db
# Of all characters these take the most room on the way: twelve bytes each.
WIDEST = "\U0001f600"


def test_there_is_a_form_with_three_boxes():
    boxes = [sum(field.shape == "text" for field in kind.fields) for kind in OFFERED]
    assert max(boxes) >= 3


@pytest.mark.parametrize("kind", OFFERED, ids=lambda kind: kind.slug)
def test_full_boxes_are_shown_again(client, practitioner, dsl, guidance, kind):
    client.force_login(dsl)
    typed = {field.key: WIDEST * FULL for field in kind.fields if field.shape == "text"}
    response = act(client, make_case(practitioner), f"record/{kind.slug}/", **typed, on="no day")
    assert response.status_code == 422
    assert response.content.decode().count(WIDEST * FULL) == len(typed)
