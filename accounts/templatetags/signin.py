"""`{% providers as found %}`: the other services that one may sign in with here."""

from django import template
from django.conf import settings

from config.openid import Provider

register = template.Library()


@register.simple_tag
def providers() -> tuple[Provider, ...]:
    return tuple(settings.OIDC_PROVIDERS)
