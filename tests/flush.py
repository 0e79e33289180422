"""The one way past the guards, for tests alone: how a transactional test empties the database.

`install_flush()` is called once, by tests/conftest.py. Everywhere else the guards hold, in tests
too.
"""

from django.db import connections
from django.test import TransactionTestCase

from audit import guards


def install_flush() -> None:
    """Make Django's own clean-up after a transactional test drop the guards and put them back."""
    flush = TransactionTestCase._fixture_teardown

    def flush_past_the_guards(self: TransactionTestCase) -> None:
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            guards.drop(connections[alias])
        try:
            flush(self)
        finally:
            for alias in aliases:
                guards.install(connections[alias])

    TransactionTestCase._fixture_teardown = flush_past_the_guards
