"""Django told of providers, as OIDC_PROVIDERS would."""

import copy
from typing import Any

from config import openid


def use(settings: Any, *providers: openid.Provider) -> None:
    """`settings`: pytest-django's, which puts everything back."""
    settings.OIDC_PROVIDERS = providers
    settings.SOCIALACCOUNT_PROVIDERS = openid.for_allauth(providers)
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] += openid.origins(providers)
    settings.CONTENT_SECURITY_POLICY = policy
