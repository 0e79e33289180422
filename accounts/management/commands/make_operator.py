from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.invitations import invite, invite_again, path_of
from accounts.models import Invitation, User
from accounts.people import active
from accounts.roles import Role
from audit.recorder import SYSTEM


class Command(BaseCommand):
    help = (
        "Makes an operator, who adds organisations and invites their managers in the browser, and "
        "prints a link that lets them in once. For the first run: it refuses when there is an "
        "operator already. Run again for somebody who has not come in yet, it makes a new link."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("name", metavar="NAME", help="in quotes: 'Full Name'")
        parser.add_argument(
            "--another",
            action="store_true",
            help="though there is one, for when none of them can sign in any more",
        )

    def handle(self, *, email: str, name: str, another: bool, **options: Any) -> None:
        if not settings.SITE_URL:
            raise CommandError(
                "Set SITE_URL to where people open this site, for example "
                "https://triage.example.org: the link begins with it."
            )
        if not another and active(Role.OPERATOR, None).exists():
            raise CommandError(
                "There is an operator already, who can invite others in the browser. To make one "
                "all the same, add --another."
            )
        made = self._invited(email, name)
        self.stdout.write("Open this link, or hand it over. It works once, for seven days:\n\n")
        self.stdout.write(f"  {settings.SITE_URL}{path_of(made.pk)}\n\n")

    def _invited(self, email: str, name: str) -> Invitation:
        """Run again for somebody who has not come yet, it makes a new link: the first was lost."""
        own = User.objects.filter(organisation=None, is_invited=True)
        waiting = own.filter(email=email.strip().lower(), roles_held__role=Role.OPERATOR).first()
        try:
            if waiting is not None:
                return invite_again(user=waiting, by=SYSTEM)
            roles = [Role.OPERATOR]
            return invite(email=email, name=name, roles=roles, organisation=None, by=SYSTEM)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
