"""What must hold of the answer to anything: no failure, nothing alive, nothing kept but what was
accepted."""

import re
import traceback
from collections import Counter
from typing import Any

from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection

from audit.models import Entry
from tests.hostile.bodies import UNKNOWN
from tests.hostile.html import Page

# What a refusal may leave: that somebody looked, or failed to get in; and the way back in.
TABLES_OF_REFUSAL = {"audit_entry", "audit_head", "django_session", "accounts_limits"}
ACTS_OF_REFUSAL = re.compile(r"\.(read|searched|copied|exported|failed|refused|ran_out)")
# Of these one body makes one at most.
ONE_EACH = {
    *("accounts_organisation", "accounts_user", "accounts_contact", "accounts_invitation"),
    *("triage_draft", "referrals_case", "referrals_identity", "referrals_comparison"),
}


class Tables:
    """How many rows each table has, in one question."""

    def __init__(self) -> None:
        names = [
            name for name in connection.introspection.table_names() if name != "sqlite_sequence"
        ]
        counts = (f"SELECT '{name}', count(*) FROM {name}" for name in names)  # noqa: S608 - no input
        self.question = " UNION ALL ".join(counts)

    def count(self) -> Counter[str]:
        with connection.cursor() as cursor:
            cursor.execute(self.question)
            return Counter(dict(cursor.fetchall()))


class Failures:
    """The exceptions that no view handled."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        got_request_exception.connect(self._note)

    def _note(self, sender: object, request: Any, **kwargs: object) -> None:
        self.seen.append(f"{request.method} {request.path}\n{traceback.format_exc(limit=-6)}")

    def none(self) -> None:
        seen, self.seen = self.seen, []
        assert seen == [], seen[0]


def assert_served(answer: Any) -> Page | None:
    """No 5xx, and no planted markup came alive. The page, where it is one."""
    assert answer.status_code < 500, answer.status_code
    if "html" not in answer.headers.get("Content-Type", ""):
        return None
    page = Page(answer.content.decode())
    assert page.alive == [], page.alive
    return page


def assert_growth(answer: Any, before: Counter[str], after: Counter[str]) -> None:
    """Counts of the rows of each table, before and after."""
    grown = after - before
    if answer.status_code == 302:
        assert all(count == 1 for table, count in grown.items() if table in ONE_EACH), grown
        return
    assert set(grown) <= TABLES_OF_REFUSAL, (answer.status_code, grown)
    newest = Entry.objects.order_by("-pk").values_list("action", flat=True)
    acts = newest[: grown["audit_entry"]]
    assert all(map(ACTS_OF_REFUSAL.search, acts)), (answer.status_code, list(acts))


def assert_nothing_unknown_kept() -> None:
    """No value of a field that the form does not have is anywhere in our tables."""
    for model in apps.get_models():
        if model._meta.app_label in ("accounts", "triage", "referrals", "outbox"):
            rows = list(model._default_manager.values_list())
            assert UNKNOWN not in repr(rows), model
