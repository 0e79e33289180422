"""What every answer carries, an error and a refusal too."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web.middleware import PrivatePages

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}


def answers(client, practitioner):
    yield client.get("/sign-in/")
    yield client.get("/healthz")
    yield client.get("/no-such-page/")
    yield client.generic("POST", "/sign-in/", b"x", content_type="image/png")
    client.force_login(practitioner)
    yield client.get("/")
    yield client.get("/triage/start/")


def test_the_policy_starts_from_nothing_on_every_answer(client, practitioner, guidance):
    seen = set()
    for response in answers(client, practitioner):
        seen.add(response.status_code)
        policy = response["Content-Security-Policy"]
        assert {part.strip() for part in policy.split(";") if part.strip()} == POLICY
        assert response["Cache-Control"] == "no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
    assert seen == {200, 404, 415}


def test_no_page_has_a_script_or_a_style_of_its_own(client, practitioner, guidance):
    for response in answers(client, practitioner):
        text = response.content.decode()
        assert "style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert text.count("<script") == text.count("<script src=") + text.count(
            '<script type="module" src='
        )


def test_a_page_under_the_address_of_static_files_is_private_too(client, practitioner):
    client.force_login(practitioner)
    response = client.get("/static/build/no-such-style.css")
    assert response.status_code == 404
    assert practitioner.name in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [200, 304])
def test_a_static_file_may_be_kept(status):
    serve = PrivatePages(lambda request: HttpResponse(status=status))
    assert "Cache-Control" not in serve(RequestFactory().get("/static/build/app.css"))
    assert serve(RequestFactory().get("/"))["Cache-Control"] == "no-store"


def test_no_page_is_for_the_scripts_of_another_site(client, practitioner, guidance):
    client.force_login(practitioner)
    for origin in ("https://other.example", "null"):
        response = client.get("/", headers={"origin": origin})
        assert response.status_code == 200
        assert [name for name in response.headers if name.lower().startswith("access-")] == []
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_answer_says_what_it_is_and_in_which_letters(client, practitioner, guidance):
    kinds = {response["Content-Type"] for response in answers(client, practitioner)}
    assert kinds == {"text/html; charset=utf-8", "application/json"}
