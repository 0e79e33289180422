"""Sign-in and sign-out as a browser does them."""

from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from audit.models import Entry
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again."


@pytest.fixture(autouse=True)
def _forget_rate_limits():
    cache.clear()


@pytest.fixture
def user() -> User:
    return UserFactory(email="person@school.example")


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str):
    data = {"login": email, "password": password, **fields}
    body = "&".join(f"{name}={quote(value)}" for name, value in data.items())
    return client.post("/sign-in/", body, content_type=FORM)


def acts() -> list[tuple[str, int | None, int | None]]:
    return list(Entry.objects.order_by("pk").values_list("action", "actor_id", "organisation_id"))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "typed", ["person@school.example", "Person@School.EXAMPLE", " person@school.example "]
)
def test_right_address_in_any_case_signs_in_and_is_recorded(client, user, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert acts() == [("signed.in", user.pk, user.organisation.pk)]


def test_the_page_asks_for_two_things_and_offers_no_more(client):
    page = client.get("/sign-in/").content.decode()
    assert page.count("<input") == 3  # the CSRF token's too
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page
    assert "sign up" not in page.lower()
    assert "remember" not in page.lower()


def test_unknown_address_and_wrong_password_look_the_same(client, user):
    pages = []
    for email, password in [
        ("person@school.example", "wrong"),
        ("nobody@school.example", PASSWORD),
    ]:
        response = sign_in(client, email, password)
        page = response.content.decode()
        assert response.status_code == 200
        assert page.count(NOT_RIGHT) == 1
        assert 'href="#login"' in page
        assert "wrong" not in page
        pages.append(page.replace(email, "").split("csrfmiddlewaretoken")[0])
    assert pages[0] == pages[1]
    assert not is_signed_in(client)


def test_a_failed_sign_in_is_recorded_without_the_address(client, user):
    sign_in(client, "person@school.example", "wrong")
    sign_in(client, "secret-typed-here@school.example", "wrong")
    assert acts() == [("sign_in.failed", None, None)] * 2
    for entry in Entry.objects.all():
        values = " ".join(str(getattr(entry, field.attname)) for field in Entry._meta.fields)
        assert "@" not in values
        assert "secret" not in values


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "", "password": "x"}, "Enter your e-mail address"),
        ({"email": "person@school.example", "password": ""}, "Enter your password"),
        ({"email": "not-an-address", "password": "x"}, "Enter an e-mail address in the right form"),
        ({"email": "a\x00b@school.example", "password": "x"}, "in the right form"),
    ],
)
def test_what_is_left_out_or_malformed_is_asked_for(client, fields, message):
    page = sign_in(client, **fields).content.decode()
    assert page.count(message) == 2  # in the summary and at the field
    assert Entry.objects.count() == 0


def test_somebody_whose_account_is_closed_is_told_so(client):
    UserFactory(email="left@school.example", is_active=False)
    response = sign_in(client, "left@school.example")
    assert response.status_code == 403
    assert "Your account is closed" in response.content.decode()
    assert not is_signed_in(client)
    assert acts() == [("sign_in.failed", None, None)]
    assert NOT_RIGHT in sign_in(client, "left@school.example", "wrong").content.decode()


def test_an_account_without_a_password_cannot_be_signed_in_to(client):
    User.objects.create_user("new@school.example", name="New")
    assert NOT_RIGHT in sign_in(client, "new@school.example", "!").content.decode()
    assert "Enter your password" in sign_in(client, "new@school.example", "").content.decode()


def test_who_is_deactivated_is_signed_out_at_once(client, user):
    sign_in(client, user.email)
    User.objects.update(is_active=False)
    assert client.get("/sign-in/").status_code == 200


@pytest.mark.parametrize("email", ["person@school.example", "nobody@school.example"])
def test_too_many_wrong_passwords_lock_the_address_for_a_while(client, user, email):
    for _ in range(5):
        assert sign_in(client, email, "wrong").status_code == 200
    for password in ("wrong", PASSWORD):
        response = sign_in(client, email, password)
        assert response.status_code == 429
        assert "Wait a few minutes" in response.content.decode()
    assert not is_signed_in(client)
    assert [action for action, _, _ in acts()] == ["sign_in.failed"] * 5


def test_another_person_is_not_locked_out_with_them(client, user):
    for _ in range(6):
        sign_in(client, "nobody@school.example", "wrong")
    assert sign_in(client, user.email).status_code == 302


def test_too_many_requests_of_any_kind_get_the_same_page(client, user):
    statuses = [sign_in(client, user.email, "").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert client.get("/sign-in/").status_code == 200


def test_next_is_followed_after_a_sign_in(client, user):
    page = client.get("/sign-in/?next=/drafts/5/%3Fx%3D1").content.decode()
    assert '<input type="hidden" name="next" value="/drafts/5/?x=1">' in page
    assert "Sign in to go on. What you had saved is kept." in page
    assert sign_in(client, user.email, next="/drafts/5/?x=1")["Location"] == "/drafts/5/?x=1"


def test_next_survives_a_wrong_password(client, user):
    page = sign_in(client, user.email, "wrong", next="/drafts/5/").content.decode()
    assert '<input type="hidden" name="next" value="/drafts/5/">' in page


@pytest.mark.parametrize("query", ["", "?next=/", "?next="])
def test_who_starts_at_home_is_not_told_that_anything_was_kept(client, query):
    assert "What you had saved" not in client.get(f"/sign-in/{query}").content.decode()


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "https://evil.example/",
        "http://testserver.evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http://[",
        "https:evil.example",
        "/\t/evil.example",
        '"><script>alert(1)</script>',
        "http://testserver/drafts/",
    ],
)
def test_next_never_leads_away(client, user, evil):
    page = client.get(f"/sign-in/?next={quote(evil)}").content.decode()
    assert "evil" not in page
    assert "<script>alert" not in page
    location = sign_in(client, user.email, next=evil)["Location"]
    assert location == reverse("home") or (location.startswith("/") and "evil" not in location)
    away = client.get(f"/sign-in/?next={quote(evil)}")["Location"]
    assert away == location


def test_who_is_signed_in_already_goes_home(client, user):
    client.force_login(user)
    assert client.get("/sign-in/")["Location"] == reverse("home")


def test_sign_out_needs_a_post_and_is_recorded(client, user):
    sign_in(client, user.email)
    assert client.get("/sign-out/")["Location"] == reverse("home")
    assert is_signed_in(client)
    response = client.post("/sign-out/", "", content_type=FORM)
    assert response["Location"] == reverse("account_login")
    assert not is_signed_in(client)
    page = client.get(response["Location"]).content.decode()
    assert "You have signed out." in page
    mine = (user.pk, user.organisation.pk)
    assert acts() == [("signed.in", *mine), ("signed.out", *mine)]


def test_signing_out_twice_does_no_harm(client):
    assert client.post("/sign-out/", "", content_type=FORM)["Location"] == reverse("account_login")
    assert acts() == []


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-out/"])
def test_a_post_from_elsewhere_is_refused(user, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(path, "", content_type=FORM).status_code == 403
    assert is_signed_in(strict)


def test_signing_in_gives_no_greeting_and_a_new_session(client, user):
    client.get("/sign-in/")
    client.session["kept"] = "x"
    before = client.session.session_key
    response = sign_in(client, user.email)
    assert client.session.session_key != before
    assert "Successfully" not in client.get(response["Location"]).content.decode()


def test_nobody_can_sign_up_or_use_what_allauth_offers_besides(client):
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/password/reset/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "header", [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}]
)
def test_sign_in_answers_with_a_page_whatever_is_asked_for(client, header):
    assert client.get("/sign-in/", headers=header)["Content-Type"].startswith("text/html")


def test_if_it_cannot_be_recorded_nobody_is_signed_in(client, user, monkeypatch):
    def fail(**kwargs: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("accounts.adapter.record", fail)
    with pytest.raises(RuntimeError):
        sign_in(client, user.email)
    assert client.get("/sign-in/").status_code == 200
