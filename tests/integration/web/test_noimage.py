"""No address of the product takes a body that could be a file; a refused one leaves nothing."""

import os

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.client import FORM

PNG = b"\x89PNG\r\n\x1a\n" + os.urandom(2000)
UUID = "00000000-0000-4000-8000-000000000000"
VALUES = {
    "<uuid:draft_id>": UUID,
    "<slug:person_id>": "p1",
    "<slug:step>": "notes",
    "<reference:reference>": "CCCCC-CCCCC",
    "<slug:slug>": "note",
    "<int:number>": "1",
    "<int:version>": "2",
    "<int:step_id>": "1",
    "<int:card_id>": "1",
}


def addresses(patterns=None, prefix="/"):
    """Every address of the URLconf, its parameters filled in."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            for name, value in VALUES.items():
                route = route.replace(name, value)
            assert "<" not in route, f"say in VALUES what stands for the parameter of {route}"
            yield route


ADDRESSES = sorted(set(addresses()))
BODIES = {
    "multipart": ("multipart/form-data; boundary=x", b"--x\r\n" + PNG + b"\r\n--x--"),
    "a PNG": ("image/png", PNG),
    "bytes": ("application/octet-stream", PNG),
    "JSON": ("application/json", b'{"image": "data:image/png;base64,AAAA"}'),
    "text": ("text/plain", PNG),
    "no type": ("", PNG),
    "nearly a form": ("application/x-www-form-urlencoded-not", b"a=1"),
}


@pytest.fixture
def files(settings, tmp_path, monkeypatch):
    """Where anything that Django, or we, wrote to disk would be."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_there_are_addresses_to_try():
    assert "/sign-in/" in ADDRESSES
    assert f"/triage/{UUID}/notes/" in ADDRESSES


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "GET"])
def test_it_is_refused_and_nothing_is_written(client, files, address, body, method):
    content_type, data = BODIES[body]
    response = client.generic(method, address, data, content_type=content_type)
    assert response.status_code == 415
    assert "Nothing was saved" in response.content.decode()
    assert list(files.iterdir()) == []


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
