"""Reading the queue page as a lead does."""

import html
import re
from typing import Any

from django.test import Client

REFERENCE = re.compile(r'app-reference" href="/cases/([^/"]+)/')
OPTION = re.compile(r'<option value="([^"]*)"( selected)?>(.*) \((\d+)\)</option>')


def read(client: Client, address: str = "/cases/", **asked: Any) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


def listed(page: str) -> list[str]:
    """The references, in their order."""
    return REFERENCE.findall(page)


def shown(page: str) -> str:
    """What the page says it shows."""
    found = re.search(r"<strong>(\d+ of \d+ cases?: .*?)\.</strong>", page)
    assert found, "it does not say what it shows"
    return found[1]


def numbers(page: str, name: str) -> dict[str, int]:
    """The count beside each choice of a select, by value."""
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)
    assert select, name
    return {value: int(number) for value, _, _, number in OPTION.findall(select[0])}


def chosen(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)
    assert select, name
    return [value for value, mark, _, _ in OPTION.findall(select[0]) if mark]


def link(page: str, words: str) -> str:
    """Where the link with these words leads."""
    found = re.search(rf'href="([^"]*)"[^>]*>{re.escape(words)}', page)
    assert found, words
    return found[1]
