"""From an empty database to the first triage: one command, and the browser for all the rest."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from tests.browser.axe import assert_accessible
from tests.browser.casework import errors, fill, go, press, said
from tests.browser.walk import sign_in_as

PASSWORD = "violet-anchor-teapot"
NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}


def fits(page):
    """Nothing scrolls sideways on a telephone."""
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    page.set_viewport_size(WIDE)


def visit(page, address: str):
    """Open a page, and see that it is accessible."""
    page.goto(address)
    assert_accessible(page)
    fits(page)


def save(page, button: str):
    """Press a button that leads to a page that was looked at before."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def choose_password(page):
    fill(page, {"password": PASSWORD, "again": PASSWORD})
    save(page, "Set the password")


@pytest.fixture
def come_in(open_browser):
    """`come_in(link, email)`: takes the invitation up and signs in, without JavaScript."""

    def open_one(link: str, email: str):
        page = open_browser(javascript=False)
        page.goto(link)
        assert page.url.endswith("/invitation/")
        assert email in page.inner_text("main")
        fill(page, {"password": PASSWORD, "again": PASSWORD})
        page.get_by_role("button", name="Set the password").click()
        assert "Your password is set" in said(page).inner_text()
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/")
        return page

    return open_one


def invited(page, **answers) -> str:
    """Fill the form in; the link that the next page shows."""
    for role in answers.pop("roles", ()):
        page.get_by_label(role, exact=True).check()
    fill(page, answers)
    save(page, "Invite")
    return page.locator(".app-link-to-copy").inner_text()


def test_the_first_run(open_browser, come_in, site, settings):
    settings.SITE_URL = site
    said_by_command = StringIO()
    call_command("make_operator", "op@service.example", "Example Operator", stdout=said_by_command)
    [link] = [word for word in said_by_command.getvalue().split() if word.startswith("http")]

    # The operator comes in, adds the organisation and invites its manager.
    page = open_browser()
    visit(page, link)
    fill(page, {"password": "password1234", "again": "password"})
    press(page, "Set the password")
    assert "too common" in errors(page).inner_text()
    choose_password(page)
    sign_in_as(page, "op@service.example", PASSWORD)
    visit(page, link)
    assert "You are signed in already" in page.inner_text("main")
    stranger = open_browser()
    visit(stranger, link)
    assert "This link does not work" in stranger.inner_text("main")
    page.goto("/")
    go(page, "Organisations and their managers")
    press(page, "Add an organisation")
    save(page, "Add the organisation")
    assert "Enter the name" in errors(page).inner_text()
    fill(page, {"name": "Example Academy"})
    press(page, "Add the organisation")
    press(page, "Invite a manager")
    to_manager = invited(page, name="Example Manager", email="manager@academy.example")
    assert to_manager.startswith(f"{site}/invitation/")
    assert_accessible(page)
    fits(page)
    page.reload()
    assert page.locator(".app-link-to-copy").count() == 0
    visit(page, "/service/people/")

    # The manager invites a lead and a member of staff, and says whom to call.
    page = open_browser()
    page.goto(to_manager)
    choose_password(page)
    sign_in_as(page, "manager@academy.example", PASSWORD)
    go(page, "People, roles and invitations")
    press(page, "Invite a person")
    press(page, "Invite")
    assert errors(page).locator("li").count() == 3
    fits(page)
    lead = {"name": "Example Lead", "email": "lead@academy.example"}
    to_lead = invited(page, roles=["Designated safeguarding lead"], **lead)
    fits(page)
    save(page, "Invite a person")
    staff = {"name": "Example Teacher", "email": "teacher@academy.example"}
    to_staff = invited(page, roles=["Member of staff"], **staff)
    assert to_lead != to_staff
    go(page, "Example Teacher")
    go(page, "Withdraw the invitation")
    fits(page)
    page.goto("/organisation/contacts/add/")
    press(page, "Save")
    fits(page)
    for name, telephone in (("Example Lead", "01632 960001"), ("Another Lead", "01632 960002")):
        page.goto("/organisation/contacts/add/")
        page.get_by_label("Designated safeguarding lead", exact=True).check()
        fill(page, {"name": name, "telephone": telephone})
        save(page, "Save")
    press(page, "Move up Another Lead")
    fits(page)
    assert page.locator("main h2").all_inner_texts() == ["Another Lead", "Example Lead"]
    go(page, "Remove Another Lead")
    save(page, "Remove the contact")
    visit(page, "/organisation/note/")
    fill(page, {"local_note": "The safeguarding office is beside the hall."})
    save(page, "Save")

    # They come in, and the work can begin.
    come_in(to_lead, "lead@academy.example")
    staff_page = come_in(to_staff, "teacher@academy.example")
    staff_page.get_by_role("button", name="Start a triage").click()
    staff_page.get_by_role("button", name="Start now").click()
    staff_page.wait_for_url("**/triage/**")
    assert Organisation.objects.get().drafts.get().owner.name == "Example Teacher"

    # Whoever leaves is out at once.
    page.goto("/organisation/people/")
    page.get_by_role("link", name="Example Teacher").click()
    go(page, "Change the roles")
    fits(page)
    page.go_back()
    go(page, "Close the account")
    fits(page)
    press(page, "Close the account")
    assert "signed out everywhere" in said(page).inner_text()
    staff_page.reload()
    assert "/sign-in/" in staff_page.url
