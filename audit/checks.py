"""System checks that need the database: at start-up, and with `check --database default`."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections

from audit import guards


@register(Tags.database)
def guards_in_place(
    *, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """`audit.E001`: a guard is missing. `audit.W001`: the database cannot be reached to look."""
    return [message for alias in databases or () for message in _check(alias)]


def _check(alias: str) -> list[CheckMessage]:
    try:
        absent = guards.missing(connections[alias])
    except OperationalError:
        text = f"The database {alias!r} cannot be reached, so its guards were not looked at."
        return [Warning(text, id="audit.W001")]
    if not absent:
        return []
    return [
        Error(
            f"The database {alias!r} lacks guards that keep records unchanged: "
            f"{', '.join(absent)}.",
            hint="Run: manage.py migrate. It puts them back.",
            id="audit.E001",
        )
    ]
