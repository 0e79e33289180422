from typing import Any

from django.core.management.base import BaseCommand

from referrals.retention.again import as_lines


class Command(BaseCommand):
    help = (
        "Prints every case that was deleted under the retention rules, a line of JSON each, with "
        "no name in it. Keep it apart from the backups: reapply_deletions needs it after a restore."
    )

    def handle(self, **options: Any) -> None:
        for line in as_lines():
            self.stdout.write(line)
