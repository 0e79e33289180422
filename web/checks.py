"""Start-up fails in production with the demo's secret key, or none."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def secret_key_is_our_own(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E002`: outside the demo, SECRET_KEY is set and is not the demo's."""
    if settings.DEMO or _key() not in ("", settings.DEMO_SECRET_KEY):
        return []
    return [
        Error(
            "SECRET_KEY is not set, or is the demo's.",
            hint="Set it to 50 or more random characters, for example from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="web.E002",
        )
    ]


def _key() -> str:
    """The key, or "": Django refuses an empty one by an exception that does not say what to do."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""
