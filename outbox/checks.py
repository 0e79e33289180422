"""What must be right before mail can be sent."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def links_lead_here(**kwargs: object) -> list[CheckMessage]:
    """System check `outbox.E001`: with a mail server there must be an address for the links."""
    if not settings.EMAIL_HOST or settings.SITE_URL:
        return []
    hint = "Set SITE_URL to where people open this site, for example https://triage.example.org"
    problem = "EMAIL_HOST is set but SITE_URL is not: the links of e-mails would lead nowhere."
    return [Error(problem, hint=hint, id="outbox.E001")]
