"""OIDC_PROVIDERS: the services that people may sign in with, as JSON.

    [{"id": "microsoft", "name": "Microsoft", "client_id": "...", "secret": "...",
      "server": "https://login.microsoftonline.com/<tenant>/v2.0",
      "mfa": false, "origins": []}]

`id` is part of the address that the provider sends people back to: /account/with/<id>/answer/.
`server` is its issuer. `mfa`: whether it asks everybody for a second factor itself, so that nobody
is asked for another here; no unless it says so. `origins`: where its sign-in pages are, beside the
server's own: a page may post a form to those alone.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Provider:
    id: str
    name: str
    server: str
    client_id: str
    secret: str
    mfa: bool = False
    origins: tuple[str, ...] = ()


def providers(given: str, *, plain_http: bool) -> tuple[Provider, ...]:
    """Read from JSON. `plain_http`: on this machine alone, for the demo and tests.

    Raises ImproperlyConfigured, which says what is wrong and repeats no value: one is a secret.
    """
    try:
        entries = json.loads(given)
    except ValueError as error:
        raise ImproperlyConfigured("OIDC_PROVIDERS is not JSON") from error
    if not isinstance(entries, list):
        raise ImproperlyConfigured("OIDC_PROVIDERS is not a list")
    found = tuple(_provider(entry, number) for number, entry in enumerate(entries, start=1))
    for provider in found:
        for address in (provider.server, *provider.origins):
            _check_address(address, provider, plain_http)
    if len({provider.id for provider in found}) < len(found):
        raise ImproperlyConfigured("OIDC_PROVIDERS: two providers have one id")
    return found


def _provider(entry: Any, number: int) -> Provider:
    where = f"OIDC_PROVIDERS, number {number}"
    known = {field.name: field for field in fields(Provider)}
    if not isinstance(entry, dict) or not set(entry) <= set(known):
        raise ImproperlyConfigured(f"{where}: give an object with {', '.join(known)}")
    needed = ("id", "name", "server", "client_id", "secret")
    texts: dict[str, Any] = {name: entry.get(name) for name in needed}
    for name, value in texts.items():
        if not isinstance(value, str) or not value:
            raise ImproperlyConfigured(f"{where}: {name} is missing, or is no text")
    mfa, origins = entry.get("mfa", False), entry.get("origins", [])
    if not isinstance(mfa, bool):
        raise ImproperlyConfigured(f"{where}: mfa is true or false")
    if not isinstance(origins, list) or not all(isinstance(origin, str) for origin in origins):
        raise ImproperlyConfigured(f"{where}: origins is a list of texts")
    if not ID.fullmatch(entry["id"]):
        raise ImproperlyConfigured(f"{where}: id is small letters, digits and hyphens, up to 30")
    return Provider(**texts, mfa=mfa, origins=tuple(origins))


def _check_address(address: str, provider: Provider, plain_http: bool) -> None:
    """A semicolon or a space in an origin would change the whole Content-Security-Policy."""
    parts = urlsplit(address)
    local = plain_http and parts.scheme == "http" and parts.hostname in LOOPBACK
    if (
        not (parts.scheme == "https" or local)
        or not parts.hostname
        or re.search(r"[\s;,*'\"]", address)
    ):
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS: an address of {provider.id} is not https://..."
        )


def origins(found: Iterable[Provider]) -> list[str]:
    """Where forms may lead on to: for the Content-Security-Policy."""
    addresses = [address for each in found for address in (each.server, *each.origins)]
    parts = [urlsplit(address) for address in addresses]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def for_allauth(found: Iterable[Provider]) -> dict[str, Any]:
    """The same as allauth reads it."""
    return {
        "openid_connect": {
            "provider_class": "accounts.signin.openid.Provider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": each.id,
                    "name": each.name,
                    "client_id": each.client_id,
                    "secret": each.secret,
                    "settings": {
                        "server_url": each.server.rstrip("/"),
                        "fetch_userinfo": False,
                        "mfa": each.mfa,
                    },
                }
                for each in found
            ],
        }
    }
