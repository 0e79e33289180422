"""Django's PostgreSQL, with an end to every wait.

A server that hangs answers nothing: neither its own `statement_timeout` nor TCP's keepalives help
then, since both ask the other side. A few requests would hold every thread for good. So this side
counts the seconds too; a connection that was waited for in vain is closed.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.abc import RV, PQGen

# Longer than statement_timeout: what is merely slow, the server itself ends.
PATIENCE = 10.0
# For "are you there?", asked of a connection that was kept.
SHORT_PATIENCE = 2.0


class Bounded(psycopg.Connection[Any]):
    """Raises OperationalError when the server says nothing for `patience` seconds."""

    patience = PATIENCE

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as problem:
            # What it will still answer to nobody knows: nothing more can be asked of it.
            self.close()
            raise psycopg.OperationalError("the server does not answer") from problem


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Bounded:
        """As Django's own, without the pool and the isolation levels that settings do not name."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return Bounded.connect(**conn_params)

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        self.connection.patience = SHORT_PATIENCE
        try:
            return bool(super().is_usable())
        finally:
            self.connection.patience = PATIENCE
