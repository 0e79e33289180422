"""Second factors, passkeys, an account elsewhere, and the warning before one is signed out."""

from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts import invitations
from accounts.models import User
from accounts.roles import Role
from audit.recorder import SYSTEM
from tests.browser.axe import assert_accessible
from tests.factories.accounts import PASSWORD
from tests.integration.accounts.signin.people import code, secret_on
from tests.openid.running import provider
from tests.openid.settings import use

MINUTE = 60


def first_step(page: Page, user: User) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lead_sets_up_an_app_and_signs_in_with_it(open_browser, dsl, settings, javascript):
    settings.REQUIRE_MFA = True
    page = open_browser(javascript=javascript)
    first_step(page, dsl)
    page.wait_for_url("**/account/")
    page.goto("/cases/")
    page.get_by_role("link", name="Set up an authenticator app").click()
    picture = page.get_by_role("img", name="Picture to scan")
    expect(picture).to_be_visible()
    if javascript:
        assert picture.evaluate("picture => picture.complete && picture.naturalWidth") > 100
        assert_accessible(page)
    secret = secret_on(page.content())
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Finish setting up").click()
    expect(page.locator(".app-codes li")).to_have_count(10)
    page.goto("/cases/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    first_step(page, dsl)
    page.get_by_label("Code").fill(code(secret, later=1))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def give_authenticator(page: Page) -> None:
    """As if the device had a finger to ask for, and always got it."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_signs_in_alone_and_takes_the_second_step(open_browser, dsl):
    page = open_browser()
    first_step(page, dsl)  # by the form: what follows is for who showed lately who they are
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    give_authenticator(page)
    page.goto("/account/passkeys/add/")
    page.get_by_label("Name of this passkey").fill("Example telephone")
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/")
    expect(page.get_by_text("Passkey: Example telephone")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.get_by_role("button", name="Sign out").click()

    first_step(page, dsl)
    page.wait_for_url("**/second-step/")
    assert_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def at_the_provider(page: Page, name: str) -> None:
    """Its development pages: who one is, and that one agrees."""
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/interaction/**")
    page.locator("button[type=submit]", has_text="Continue").click()


@pytest.fixture
def visitor(chromium, site):
    """A browser that may go elsewhere; what it complains of about our pages fails the test."""
    problems: list[str] = []
    context = chromium.new_context(base_url=site)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on(
        "console",
        lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert [each for each in problems if site in each or "form-action" in each] == []


def test_an_invited_person_links_an_account_elsewhere_and_a_stranger_cannot(
    visitor, site, practitioner, school, settings
):
    page = visitor
    with provider(site) as running:
        use(settings, running.configured())
        invitation = invitations.invite(
            email="invited@school.example",
            name="Example Invited",
            roles=[Role.PRACTITIONER],
            organisation=school,
            by=SYSTEM,
        )
        page.goto(invitations.path_of(invitation.pk))
        page.get_by_role("button", name="Continue with Example Login").click()
        at_the_provider(page, "somebody")
        page.wait_for_url(f"{site}/")
        expect(page.get_by_text("Example Invited")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="Continue with Example Login").click()
        page.wait_for_url(f"{site}/")
        page.get_by_role("button", name="Sign out").click()

        page.context.clear_cookies()
        page.goto("/sign-in/")
        page.get_by_role("button", name="Continue with Example Login").click()
        at_the_provider(page, practitioner.email)
        expect(page.get_by_role("heading", name="This account is not linked")).to_be_visible()
        assert_accessible(page)
        page.goto("/")
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def be_away(minutes: int, since: str = "seen_at") -> None:
    """As if nothing had been asked of the server for so long."""
    row = Session.objects.get()
    kept = row.get_decoded()
    kept[since] -= minutes * MINUTE
    row.session_data = Session.get_session_store_class()().encode(kept)
    row.save()


def test_one_is_warned_may_stay_and_is_shown_nothing_afterwards(open_browser, practitioner):
    page = open_browser(practitioner)
    page.clock.install()
    page.goto("/triage/start/")
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(26 * MINUTE * 1000)  # busy in another window meanwhile
    expect(dialog).to_be_hidden()
    be_away(26)
    page.clock.fast_forward(26 * MINUTE * 1000)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("In 4 minutes you will be signed out")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    be_away(31)
    page.clock.fast_forward(30 * MINUTE * 1000)
    page.wait_for_url("**/sign-in/?next=%2Ftriage%2Fstart%2F")
    page.go_back()
    page.wait_for_load_state()
    assert practitioner.name not in page.content()


def test_who_has_been_here_for_12_hours_is_told_to_save_and_not_offered_to_stay(
    open_browser, practitioner
):
    page = open_browser(practitioner)
    be_away(12 * 60 - 4, since="signed_in_at")
    page.goto("/triage/start/")
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    expect(dialog).to_contain_text("Save what you typed now")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    expect(page.get_by_role("button", name="Close this message")).to_be_focused()
    assert_accessible(page)
