"""By which means somebody signed in, in this session, and how long ago: allauth's own notes."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User


def showed_who_they_are_lately(request: HttpRequest) -> bool:
    """Whether they signed in, or confirmed who they are, in the last minutes.

    Somebody with a second factor signed in with it, and confirms with it.
    """
    times = [float(each["at"]) for each in _records(request)]
    return bool(times) and time.time() - max(times) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def provider_took_second_step(request: HttpRequest, user: User | None = None) -> bool:
    """Whether they came by a provider that is said to ask everybody for a second factor."""
    by = [each for each in _records(request, user) if each.get("method") == "socialaccount"]
    return any(asks_for_second_factor(each.get("provider")) for each in by)


def asks_for_second_factor(provider_id: object) -> bool:
    """Whether a provider is said to, as configured today."""
    return any(each.mfa for each in settings.OIDC_PROVIDERS if each.id == provider_id)


def _records(request: HttpRequest, user: User | None = None) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, user or request.user))
