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
    ids = {provider.id for provider in settings.OIDC_PROVIDERS if provider.mfa}
    by = [each for each in _records(request, user) if each.get("method") == "socialaccount"]
    return any(each.get("provider") in ids for each in by)


def _records(request: HttpRequest, user: User | None = None) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, user or request.user))
