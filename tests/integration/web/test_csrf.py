"""A page that was open for too long: what was typed on it is not lost for want of a warning."""

import pytest
from django.test import Client

from tests.integration.referrals.paragraphs import paragraphs_of

pytestmark = pytest.mark.django_db


def test_it_says_to_copy_what_was_typed_before_it_says_to_reload_or_sign_in():
    response = Client(enforce_csrf_checks=True).post(
        "/sign-in/", "login=A+secret", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 403
    page = response.content.decode()
    said = " ".join(paragraphs_of(page))
    assert "secret" not in page
    places = [said.index(words) for words in ("Go back", "copy it", "reload", "sign in again")]
    assert places == sorted(places)
    assert "was not saved" in said[: places[0]]
    # Fields are not filled in again on a shared computer, so going back may show an empty page.
    assert "Some browsers show the page empty" in said
