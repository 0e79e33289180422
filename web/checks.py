"""Start-up fails in production with the demo's secret key, or none."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def secret_key_is_our_own(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E002`: outside the demo, SECRET_KEY is set and is not the demo's."""
    # Read past Django's own refusal of an empty key, which does not say what to do.
    key = settings._wrapped.__dict__.get("SECRET_KEY", "") or ""
    if settings.DEMO or (key and key != settings.DEMO_SECRET_KEY):
        return []
    return [
        Error(
            "SECRET_KEY is not set, or is the demo's.",
            hint="Set it to 50 or more random characters, for example from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="web.E002",
        )
    ]
