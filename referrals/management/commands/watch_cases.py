from typing import Any

from referrals.watching import ESCALATED, REMINDED, watch
from web.commands import Unattended


class Command(Unattended):
    help = "Queues e-mail about what is overdue, and sends on what nobody acknowledged. Once each."

    def handle(self, **options: Any) -> None:
        done = watch()
        self.stdout.write(f"Sent on to deputies: {done[ESCALATED]}. Reminded of: {done[REMINDED]}.")
