from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from audit.recorder import SYSTEM
from referrals.actions.naming import LEADS_ALONE, name_leads
from referrals.models import Case
from referrals.reference import as_written
from referrals.states import NotNow


class Command(BaseCommand):
    help = (
        "Names safeguarding leads on a restricted case that nobody who is named can open any more, "
        "because all of them left or lost their role. It refuses while one of them can: it is no "
        "way round them. It is an entry in the case's chronology, and audited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE", help="of the case")
        parser.add_argument(
            "--lead",
            action="append",
            required=True,
            metavar="EMAIL",
            help="an active safeguarding lead or deputy of its organisation; better two than one",
        )

    def handle(self, *, reference: str, lead: list[str], **options: Any) -> None:
        case = Case.objects.filter(reference=as_written(reference)).first()
        if case is None:
            raise CommandError("There is no case with this reference.")
        emails = {email.strip().lower() for email in lead}
        people = list(User.objects.filter(email__in=emails))
        if len(people) < len(emails):
            raise CommandError(LEADS_ALONE)
        try:
            name_leads(case=case, named=people, by=SYSTEM)
        except NotNow as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Named on case {case.reference}: {len(people)}. Tell them: no mail does."
        )
