"""System checks of accounts. They need the database, so they run at start-up."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connections

from accounts.models import User
from web.checks import SHORTEST_KEY


@register(Tags.database)
def no_demo_accounts(
    *, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """`accounts.E001`: an account whose password anybody can read, outside the demo."""
    if settings.DEMO:
        return []
    return [message for alias in databases or () if _has_demo_account(alias) for message in [_E001]]


_E001 = Error(
    "This database holds demo accounts. Anybody can read their password.",
    hint="Use a database that was never a demo's, or set DEMO=yes.",
    id="accounts.E001",
)


@register()
def key_of_second_factors_is_long(**kwargs: object) -> list[CheckMessage]:
    """`accounts.E003`: outside the demo, MFA_KEY is as long as SECRET_KEY has to be."""
    if settings.DEMO or len(settings.MFA_KEY) >= SHORTEST_KEY:
        return []
    problem = f"MFA_KEY has {len(settings.MFA_KEY)} characters, and needs {SHORTEST_KEY} or more."
    return [Error(problem, hint="Unset it, or make it as SECRET_KEY is made.", id="accounts.E003")]


@register(Tags.database)
def limits_have_a_table(
    *, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """`accounts.E002`: nowhere to count tries at passwords and codes, once the rest is migrated."""
    return [_E002 for alias in databases or () if _lacks_table_of_limits(alias)]


_E002 = Error(
    "The table in which tries at passwords and codes are counted is not there.",
    hint="Run `manage.py migrate`.",
    id="accounts.E002",
)


def _lacks_table_of_limits(alias: str) -> bool:
    try:
        tables = connections[alias].introspection.table_names()
    except OperationalError:
        return False
    return User._meta.db_table in tables and settings.CACHES["default"]["LOCATION"] not in tables


def _has_demo_account(alias: str) -> bool:
    """False where there is nothing to look at; that a database cannot be reached, audit reports."""
    try:
        if User._meta.db_table not in connections[alias].introspection.table_names():
            return False
        return User.objects.using(alias).filter(is_demo=True).exists()
    except OperationalError:
        return False
