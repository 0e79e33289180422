"""What the page gives back while the database is away, and what it never does."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection

from tests.client import FormClient
from tests.hostile.html import MARKUP, Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = {"notes": f"Two words {MARKUP[1]}", "shown": "abc", "roles": ["one", "two"]}


@pytest.fixture
def away():
    """Asks an address while the database raises this."""

    def ask(client, method, path, problem=OperationalError, **given):
        def fail(execute, sql, params, many, context):
            raise problem("gone")

        client.raise_request_exception = False
        with connection.execute_wrapper(fail):
            return getattr(client, method)(path, **given)

    return ask


@pytest.fixture
def strict(practitioner):
    """Signed in, and checked for where its posts come from, as a browser is."""
    client = FormClient(enforce_csrf_checks=True)
    page = client.get("/sign-in/").content.decode()
    client.force_login(practitioner)
    client.token = Page(page).forms[0].sends["csrfmiddlewaretoken"][0]
    return client


def given_back(response) -> dict[str, list[str]]:
    page = Page(response.content.decode())
    assert page.alive == []
    return page.forms[0].sends if page.forms else {}


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_what_was_posted_is_behind_a_button(strict, away, problem):
    posted = {**WORDS, "csrfmiddlewaretoken": strict.token}
    response = away(strict, "post", "/triage/start/?a=1", problem, data=posted)
    assert response.status_code == 503
    assert response["Retry-After"] == "15"
    back = given_back(response)
    assert back.pop("csrfmiddlewaretoken") != []
    assert back == {"notes": [WORDS["notes"]], "shown": ["abc"], "roles": ["one", "two"]}
    assert '<form method="post" action="/triage/start/?a=1"' in response.content.decode()


def test_what_another_site_posts_is_not(strict, away):
    response = away(strict, "post", "/triage/start/", data={"notes": "Sell it"})
    assert response.status_code == 503
    assert given_back(response) == {}
    assert "Sell it" not in response.content.decode()


@pytest.mark.parametrize("name", ["password", "new_password1", "code", "credential"])
def test_no_secret_is(strict, away, name):
    posted = {"login": "a@b.example", name: "The secret", "csrfmiddlewaretoken": strict.token}
    response = away(strict, "post", "/sign-in/", data=posted)
    assert response.status_code == 503
    assert "The secret" not in response.content.decode()
    assert given_back(response) == {}


def test_no_image_as_text_is(strict, away):
    image = "data:image/png;base64,iVBORw0KGgo="
    posted = {"notes": f"Words {image}", "csrfmiddlewaretoken": strict.token}
    response = away(strict, "post", "/triage/start/", data=posted)
    assert given_back(response)["notes"] == ["Words "]
    assert "iVBORw" not in response.content.decode()


def test_a_page_that_was_read_says_to_try_again(strict, away):
    response = away(strict, "get", "/?drafts=all")
    assert response.status_code == 503
    assert '<a class="govuk-link" href="/?drafts=all">try again</a>' in response.content.decode()


def test_a_mistake_of_the_program_is_no_database_that_is_away(strict, away):
    response = away(strict, "get", "/", ProgrammingError)
    assert response.status_code == 500
    assert "This is a fault of the tool" in response.content.decode()


def test_a_probe_is_answered_whoever_asks(strict, away):
    health, ready = away(strict, "get", "/healthz"), away(strict, "get", "/readyz")
    assert (health.status_code, health.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()["database"]) == (503, False)
