"""What commands have in common that a timer runs."""

from collections.abc import Sequence

from django.core.management.base import BaseCommand

from web.logs import hush


class Unattended(BaseCommand):
    """Nobody watches it: should it fail, its log says how, and nothing of what it was given."""

    def run_from_argv(self, argv: Sequence[str]) -> None:
        hush()
        super().run_from_argv(list(argv))
