"""The last gate before the first request."""

from django.core.checks import ERROR, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


def refuse_unsafe_start() -> None:
    """Run every system check, the database's included. Raises ImproperlyConfigured on an error."""
    errors = [message for message in run_checks(databases=["default"]) if message.is_serious(ERROR)]
    # A server that forks after this must not share one connection between its children.
    connections.close_all()
    if errors:
        raise ImproperlyConfigured("\n".join(["Refusing to start:", *map(str, errors)]))
