"""A real Chromium against a real server on the test database.

Every page a test opens is watched: a script error, a refused resource or a request to another
address fails the test.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from accounts.models import User
from scripts.find_chromium import find

DESKTOP = {"width": 1280, "height": 900}
# Milliseconds. Long enough for a busy machine: nothing here measures speed.
PATIENCE = 20_000
# Journeys walked on either database. How a page looks and is used depends on neither.
BOTH = ("test_without_javascript", "test_send_now_from_the_third_page")
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if item.name not in BOTH:
                item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session", autouse=True)
def whole_pages() -> Iterator[None]:
    """A click ends when the next page begins to come: wait until all of it is there.

    What reads a page at once (its text, its title, axe) would otherwise see a part of it, on a
    busy machine.
    """
    click = Locator.click

    def click_and_wait(self: Locator, **options: Any) -> None:
        click(self, **options)
        self.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_wait)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find(),
            args=[
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db, live_server, guidance) -> str:
    """The address of a server whose database holds the published guidance."""
    return live_server.url


class Watch:
    """Collects what a browser complains of, and every request that leaves the site."""

    def __init__(self, site: str) -> None:
        self.home = urlsplit(site).netloc
        self.problems: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message) -> None:
        # The browser logs each answer of 4xx; tests look at those pages on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    def _request(self, request) -> None:
        if urlsplit(request.url).netloc != self.home:
            self.problems.append(f"request to {request.url}")


@pytest.fixture
def open_browser(chromium: Browser, site: str) -> Iterator:
    """`open_browser(user, javascript=True)`: a page of a fresh browser, signed in."""
    contexts: list[BrowserContext] = []
    watch = Watch(site)

    def open_one(user: User | None = None, *, javascript: bool = True, viewport=DESKTOP) -> Page:
        context = chromium.new_context(
            base_url=site, java_script_enabled=javascript, viewport=viewport
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        if user is not None:
            sign_in(page, user, site)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.problems == []


def sign_in(page: Page, user: User, site: str) -> None:
    """Signed in, and at home. By the form only where that is what is tested: it takes a second."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    page.goto("/")
