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


def looked_at(page):
    """Accessible, and nothing scrolls sideways on a telephone."""
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    page.set_viewport_size(WIDE)


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


def invited(page, button: str = "Invite", **answers) -> str:
    """Fill the form in; the link that the next page shows."""
    for role in answers.pop("roles", ()):
        page.get_by_label(role, exact=True).check()
    fill(page, answers)
    press(page, button)
    looked_at(page)
    return page.locator(".app-link-to-copy").inner_text()


def test_the_first_run(open_browser, come_in, site, settings):
    settings.SITE_URL = site
    said_by_command = StringIO()
    call_command("make_operator", "op@service.example", "Example Operator", stdout=said_by_command)
    [link] = [word for word in said_by_command.getvalue().split() if word.startswith("http")]

    page = open_browser()
    page.goto(link)
    looked_at(page)
    fill(page, {"password": "password123", "again": "password"})
    press(page, "Set the password")
    assert "too common" in errors(page).inner_text()
    looked_at(page)
    fill(page, {"password": PASSWORD, "again": PASSWORD})
    press(page, "Set the password")
    sign_in_as(page, "op@service.example", PASSWORD)
    page.goto(link)
    looked_at(page)  # signed in already
    stranger = open_browser()
    stranger.goto(link)
    assert "This link does not work" in stranger.inner_text("main")
    looked_at(stranger)

    page.goto("/")
    go(page, "Organisations and their managers")
    press(page, "Add an organisation")
    press(page, "Add the organisation")
    assert "Enter the name" in errors(page).inner_text()
    fill(page, {"name": "Example Academy"})
    press(page, "Add the organisation")
    looked_at(page)
    press(page, "Invite a manager")
    looked_at(page)
    to_manager = invited(page, name="Example Manager", email="manager@academy.example")
    assert to_manager.startswith(f"{site}/invitation/")
    page.reload()
    assert page.locator(".app-link-to-copy").count() == 0
    go(page, "Organisations")
    looked_at(page)
    page.goto("/service/people/")
    looked_at(page)

    page = open_browser()
    page.goto(to_manager)
    fill(page, {"password": PASSWORD, "again": PASSWORD})
    press(page, "Set the password")
    sign_in_as(page, "manager@academy.example", PASSWORD)
    looked_at(page)
    go(page, "People, roles and invitations")
    press(page, "Invite a person")
    looked_at(page)
    press(page, "Invite")
    assert errors(page).locator("li").count() == 3
    looked_at(page)
    lead = {"name": "Example Lead", "email": "lead@academy.example"}
    to_lead = invited(page, roles=["Designated safeguarding lead"], **lead)
    press(page, "Invite a person")
    staff = {"name": "Example Teacher", "email": "teacher@academy.example"}
    to_staff = invited(page, roles=["Member of staff"], **staff)
    assert to_lead != to_staff
    go(page, "Example Teacher")
    looked_at(page)
    go(page, "Withdraw the invitation")
    looked_at(page)

    page.goto("/organisation/contacts/")
    looked_at(page)
    press(page, "Add a contact")
    looked_at(page)
    press(page, "Save")
    looked_at(page)
    page.get_by_label("Designated safeguarding lead", exact=True).check()
    fill(page, {"name": "Example Lead", "telephone": "01632 960001"})
    press(page, "Save")
    press(page, "Add a contact")
    page.get_by_label("Designated safeguarding lead", exact=True).check()
    fill(page, {"name": "Another Lead", "email": "another@academy.example"})
    press(page, "Save")
    looked_at(page)
    press(page, "Move up Another Lead")
    assert page.locator("main h2").all_inner_texts() == ["Another Lead", "Example Lead"]
    go(page, "Remove Another Lead")
    looked_at(page)
    press(page, "Remove the contact")
    page.goto("/organisation/note/")
    looked_at(page)
    fill(page, {"local_note": "The safeguarding office is beside the hall."})
    press(page, "Save")

    staff_page = come_in(to_staff, "teacher@academy.example")
    staff_page.get_by_role("button", name="Start a triage").click()
    staff_page.get_by_role("button", name="Start now").click()
    staff_page.wait_for_load_state()
    assert "/triage/" in staff_page.url
    assert Organisation.objects.get().drafts.count() == 1

    page.goto("/organisation/people/")
    go(page, "Example Teacher")
    looked_at(page)
    go(page, "Change the roles")
    looked_at(page)
    page.goto("/organisation/people/")
    go(page, "Example Teacher")
    go(page, "Close the account")
    looked_at(page)
    press(page, "Close the account")
    looked_at(page)
    staff_page.reload()
    assert "/sign-in/" in staff_page.url
