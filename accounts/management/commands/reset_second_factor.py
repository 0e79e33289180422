from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.signin.actions import reset_second_factor
from audit.recorder import SYSTEM


class Command(BaseCommand):
    help = (
        "Takes a lost second factor off somebody's account, for when nobody else can sign in who "
        "could do that in the browser. Ends their sessions and tells them by mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("Nobody with this address can sign in.")
        reset_second_factor(user=user, by=SYSTEM)
        self.stdout.write("The second factor is taken off.")
