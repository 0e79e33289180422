"""Helpers of the tests of managers' and operators' pages."""

import html
import re

from accounts.models import User
from tests.client import FormClient

NEW = {"name": "New Person", "email": "new@school.example", "roles": ["practitioner"]}
PAGES = ["", "name/", "roles/", "second-factor/", "deactivate/", "withdraw/"]
POSTS = [*PAGES[1:], "reactivate/", "invite-again/"]


def client_of(user: User) -> FormClient:
    client = FormClient()
    client.force_login(user)
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


def person(user: User, page: str = "", start: str = "organisation") -> str:
    return f"/{start}/people/{user.pk}/{page}"


def seen(client: FormClient, path: str) -> str:
    """What a form carries of what was there when it was opened."""
    return seen_in(client.get(path).content.decode())


def seen_in(page: str) -> str:
    return re.search(r'name="seen"[^>]* value="(\w+)"', page)[1]
