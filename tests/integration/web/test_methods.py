"""What can be asked of the site at all: to read, and to post a form."""

import pytest

from tests.client import FORM

pytestmark = pytest.mark.django_db
OTHERS = ("TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "X")
ADDRESSES = ("/", "/sign-in/", "/sign-out/", "/healthz", "/static/build/app.css", "/no-such-page/")


@pytest.mark.parametrize("method", OTHERS)
def test_any_other_method_is_refused_and_echoes_nothing(client, practitioner, method):
    client.force_login(practitioner)
    for path in ADDRESSES:
        response = client.generic(method, path, headers={"X-Planted": "planted"})
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST"
        assert response.content == b""
        assert response["Content-Security-Policy"]
        assert response["Cache-Control"] == "no-store"


def test_a_body_that_could_be_an_image_is_refused_first(client):
    assert client.generic("PUT", "/", b"x", content_type="image/png").status_code == 415


def test_reading_and_posting_go_through(client, practitioner, guidance):
    client.force_login(practitioner)
    assert client.get("/").status_code == 200
    assert client.head("/").status_code == 200
    assert client.post("/sign-out/", "", content_type=FORM).status_code == 302
