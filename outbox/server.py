"""The mail server: one connection for many messages, opened anew when it breaks."""

import smtplib
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection

# The server's answer to one message, which says nothing of the next.
ANSWERS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)
MOST_BREAKS = 2  # each may have cost EMAIL_TIMEOUT, and others wait for their turn


class MailServer:
    """Django's mail backend, with what became of the connection.

    A server that could not be reached is not asked again: everything sent after that fails at
    once, with the same error. Make a new one for the next batch.
    """

    def __init__(self) -> None:
        self._backend = get_connection()
        self._down: Exception | None = None
        self._breaks = 0

    @property
    def is_unsteady(self) -> bool:
        """Whether it broke off so often that the rest had better wait."""
        return self._breaks >= MOST_BREAKS

    def send(self, email: EmailMessage) -> None:
        """Raises what Django and smtplib raise: OSError, of which SMTPException is one kind."""
        self._open()
        try:
            self._backend.send_messages([email])
        except OSError as problem:
            self._breaks += not isinstance(problem, ANSWERS)
            self._close_if_broken()
            raise

    def _open(self) -> None:
        if self._down is not None:
            raise self._down
        try:
            self._backend.open()
        except OSError as problem:
            self._down = problem
            raise

    def _close_if_broken(self) -> None:
        """A server may end the connection with its answer, too: then the next needs a new one."""
        smtp = getattr(self._backend, "connection", None)
        if smtp is not None and smtp.sock is None:
            self.close()

    def close(self) -> None:
        """Without complaint: everything that was accepted is marked by now."""
        with suppress(OSError):
            self._backend.close()
