"""Django's `migrate`, which must be able to mend what its own checks would refuse."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate


class Command(DjangoMigrate):
    """Runs without the checks of the database.

    A missing guard is an error at start-up, and only `migrate` puts it back: checked first, it
    would stop itself. A release that guards a table which exists already has the same need.
    """

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        return {**super().get_check_kwargs(options), "databases": None}
