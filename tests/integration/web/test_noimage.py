"""What is let in and what is not. tests/sweeps tries every address in every way."""

import pytest

from tests.client import FORM


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_TRANSFER_ENCODING", "HTTP_CONTENT_ENCODING"])
def test_a_body_of_unknown_length_or_compressed_is_refused(client, header):
    value = {"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_CONTENT_ENCODING": "gzip"}[header]
    response = client.generic("POST", "/sign-in/", b"a=1", content_type=FORM, **{header: value})
    assert response.status_code == 415


@pytest.mark.django_db
def test_a_plain_form_is_let_in(client):
    assert client.post("/sign-in/", {"login": "a", "password": "b"}).status_code in (200, 422)


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_told_so(client, settings):
    response = client.post("/sign-in/", {"login": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 413
    assert "too large" in response.content.decode()
