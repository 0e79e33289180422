from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demo
from accounts.models import User
from accounts.roles import ROLES


class Command(BaseCommand):
    help = "Makes the demo organisation and its people. Only where DEMO is set."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo: set DEMO=yes to load demo accounts.")
        if User.objects.filter(is_demo=False).exists():
            raise CommandError(
                "This database holds people who are not of the demo. Anybody can read the demo's "
                "password, so its accounts are not made here."
            )
        made = demo.load()
        self.stdout.write("The demo is loaded." if made else "The demo was loaded already.")
        self.stdout.write(f"Sign in with one of these and the password {demo.DEMO_PASSWORD}\n\n")
        for email, _, role in demo.PEOPLE:
            self.stdout.write(f"  {email:<28}{ROLES[role].title}")
