"""What somebody could do who has the database's own password: the guards gone, and put back."""

from collections.abc import Callable
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection

from audit import guards
from audit.chain import START, digest
from audit.models import Entry, Head


def tamper(act: Callable[[], object]) -> None:
    """Do it without the guards, and leave no trace of that."""
    guards.drop(connection)
    act()
    guards.install(connection)


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def chain_of(organisation: int | None) -> list[Entry]:
    return list(Entry.objects.filter(organisation_id=organisation).order_by("sequence"))


def seal_again(organisation: int | None, *, head: bool = True) -> None:
    """Number the rows anew, work every hash out again, and make the head fit."""
    last, previous = 0, START
    for last, row in enumerate(chain_of(organisation), start=1):
        row.sequence, row.previous_hash = last, previous
        previous = row.hash = digest(row)
        row.save()
    if head:
        Head.objects.filter(pk=organisation or 0).update(sequence=last, hash=previous)


def verify(*options: object) -> tuple[str, str, bool]:
    """What `manage.py verify_audit` prints, what it says is wrong, and whether it succeeds."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *map(str, options), stdout=out, stderr=err)
    except CommandError:
        return out.getvalue(), err.getvalue(), False
    return out.getvalue(), err.getvalue(), True
