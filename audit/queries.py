"""Reads of the audit. Whoever asks has made sure that it may be seen: the audit knows no access."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import QuerySet

from audit.models import Entry

PAGE_SIZE = 50
# Of an object: its model's label, and its primary key as text, as `record` writes them.
About = tuple[str, str]


@dataclass(frozen=True)
class Trail:
    """Rows in a row, newest first. `older` is what the next page comes before; 0 for the last."""

    rows: list[Entry]
    older: int


def trail_of(objects: Iterable[About], *, before: int | None = None) -> Trail:
    """What was done to these few objects, before a row's id or up to now.

    One question for each object: the index answers it in order, so no more is read than is shown,
    however long the audit is.
    """
    found = [row for about in objects for row in _newest(about, before)[: PAGE_SIZE + 1]]
    found.sort(key=attrgetter("pk"), reverse=True)
    rows = found[:PAGE_SIZE]
    return Trail(rows, rows[-1].pk if len(found) > PAGE_SIZE else 0)


def _newest(about: About, before: int | None) -> QuerySet[Entry]:
    object_type, object_id = about
    rows = Entry.objects.filter(object_type=object_type, object_id=object_id).order_by("-pk")
    return rows if before is None else rows.filter(pk__lt=before)
