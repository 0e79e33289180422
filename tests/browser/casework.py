"""A safeguarding lead at work on a case, in a real browser."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

from referrals.models import Case
from tests.browser.axe import assert_accessible


def open_case(page: Page, case: Case) -> None:
    page.goto(f"/cases/{case.reference}/")


def go(page: Page, link: str) -> None:
    """Follow a link of the page by its words, and see that the next page is accessible."""
    page.get_by_role("link", name=link, exact=True).first.click()
    assert_accessible(page)


def fill(page: Page, answers: Mapping[str, str]) -> None:
    """Answer a form: by field name, whatever kind of field it is."""
    for name, value in answers.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            page.check(f"[name={name}][value={value!r}]")
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    assert_accessible(page)


def do(page: Page, link: str, button: str, **answers: Any) -> None:
    """From the case: open a form by its link, fill it in, save it."""
    go(page, link)
    fill(page, answers)
    press(page, button)


def said(page: Page) -> Locator:
    """What the page says was done."""
    return page.locator(".govuk-notification-banner--success")


def errors(page: Page) -> Locator:
    return page.locator(".govuk-error-summary")
