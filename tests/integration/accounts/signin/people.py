"""Signing in as people do, with codes as their apps make them."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from accounts.models import User
from accounts.signin import actions
from audit.models import Entry
from audit.recorder import SYSTEM
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, later: int = 0) -> str:
    """What an app shows, `later` half minutes from now: each counts once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def wrong_code(secret: str = SECRET) -> str:
    """One that no half minute around now has."""
    near = {code(secret, later) for later in range(-3, 4)}
    return next(text for text in (f"{number:06}" for number in range(10)) if text not in near)


def password_step(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": user.email, "password": password, **more})


def give_app(user: User) -> Authenticator:
    return actions.add_app(user=user, secret=SECRET, by=SYSTEM)


def sign_in(client: Client, user: User, **more: str) -> Any:
    """Both steps, where there are two."""
    answer = password_step(client, user, **more)
    if answer.url == "/account/second-step/":
        answer = client.post("/account/second-step/", {"code": code()})
    assert is_signed_in(client), answer.content.decode()
    return answer


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def recovery_codes(user: User) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return list(row.wrap().get_unused_codes())


def secret_on(page: str) -> str:
    found = re.search(r'id="key">([^<]+)<', page)
    assert found, page
    return found[1].replace(" ", "")


def kept_secret(user: User) -> str:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    assert isinstance(row.wrap(), TOTP)
    return decrypt(row.data["secret"])
