"""What the database refuses of guidance that was published, asked past every action."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from audit import guards
from audit.recorder import SYSTEM
from guidance.actions import load_edition, publish_edition
from guidance.errors import GuidanceError
from guidance.models import Edition, Item
from tests.factories.guidance import complete_edition, publish

pytestmark = pytest.mark.django_db
postgresql_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE and one writer at a time"
)
sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
Rows = list[dict[str, Any]]


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def texts() -> tuple[Rows, Rows]:
    return list(Edition.objects.values()), list(Item.objects.order_by("pk").values())


@pytest.fixture
def published() -> Edition:
    """Edition 1, published, beside a draft of edition 2."""
    load_edition(content=complete_edition(number=2), by=SYSTEM)
    return publish(complete_edition())


@pytest.fixture
def unchanged(published: Edition) -> Iterator[None]:
    before = texts()
    yield
    assert texts() == before


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "change",
    [
        "id = id + 100",
        "number = 7",
        "title = 'Other words'",
        "note = 'Other words'",
        "dated = '2020-01-01'",
        "published_at = '2020-01-01 00:00:00+00'",
        "published_at = NULL, status = 'draft'",
    ],
)
def test_a_published_edition_cannot_be_changed(change: str) -> None:
    with pytest.raises(IntegrityError, match="guidance_edition cannot be changed once published_a"):
        run(f"UPDATE guidance_edition SET {change} WHERE number = 1")  # noqa: S608


def change_words(first: Edition, second: Edition) -> None:
    first.items.update(body="Other words")


def change_nothing(first: Edition, second: Edition) -> None:
    first.items.update(kind=F("kind"))


def take_out(first: Edition, second: Edition) -> None:
    first.items.filter(key="a_law").update(edition=second, key="another_law")


def bring_in(first: Edition, second: Edition) -> None:
    second.items.filter(key="a_law").update(edition=first, key="another_law")


def delete_one(first: Edition, second: Edition) -> None:
    first.items.get(key="a_law").delete()


def delete_all(first: Edition, second: Edition) -> None:
    first.items.all().delete()


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("act", "refused"),
    [
        (change_words, "changed"),
        (change_nothing, "changed"),
        (take_out, "changed"),
        (bring_in, "changed"),
        (delete_one, "deleted"),
        (delete_all, "deleted"),
    ],
)
def test_an_item_of_a_published_edition_stays_as_it_is_and_where_it_is(
    act: Callable[[Edition, Edition], None], refused: str
) -> None:
    first, second = Edition.objects.all()
    message = f"a row of guidance_item cannot be {refused} once published_at of its"
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        act(first, second)


@pytest.mark.usefixtures("unchanged")
def test_an_item_cannot_be_added_to_a_published_edition(published: Edition) -> None:
    item = published.items.get(key="a_law")
    item.pk, item.key = None, "another_law"
    added = "cannot be added once published_at"
    with pytest.raises(IntegrityError, match=added), transaction.atomic():
        item.save(force_insert=True)


@pytest.mark.usefixtures("unchanged")
def test_a_published_edition_cannot_be_deleted(published: Edition) -> None:
    guards_of_items = "guidance_item cannot be deleted once published_at of its guidance_edition"
    with pytest.raises(IntegrityError, match=guards_of_items), transaction.atomic():
        published.delete()
    with pytest.raises(IntegrityError, match="guidance_edition cannot be deleted"):
        run("DELETE FROM guidance_edition WHERE number = 1")


@sqlite_only
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "sql",
    [
        "REPLACE INTO guidance_edition SELECT * FROM guidance_edition WHERE number = 1",
        "REPLACE INTO guidance_item SELECT * FROM guidance_item WHERE key = 'do_not_view'",
        "UPDATE OR REPLACE guidance_edition SET number = 1 WHERE number = 2",
    ],
)
def test_published_guidance_cannot_be_replaced(sql: str) -> None:
    with pytest.raises(IntegrityError, match="cannot be"):
        run(sql)


@postgresql_only
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("table", ["guidance_item", "guidance_edition"])
def test_the_guidance_cannot_be_emptied(table: str) -> None:
    # The items just made still wait to be checked, and that alone would stop it.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=r"Refused: guidance_\w+ cannot be emptied"):
        run(f"TRUNCATE {table} CASCADE")


def test_an_archived_edition_is_kept_as_a_published_one_is(published: Edition) -> None:
    published.status = Edition.Status.ARCHIVED
    published.save()
    publish(complete_edition(number=2))
    with pytest.raises(IntegrityError, match="Refused"):
        run("UPDATE guidance_edition SET title = 'Other words' WHERE number = 1")
    with pytest.raises(IntegrityError, match="Refused"), transaction.atomic():
        published.items.update(body="Other words")


def test_a_draft_beside_it_can_be_changed_in_every_way(published: Edition) -> None:
    draft = Edition.objects.get(number=2)
    draft.number, draft.title, draft.note = 3, "A new title", "A new note"
    draft.save()
    draft.items.filter(key="a_law").delete()
    draft.items.update(body="New words")
    draft.items.create(
        kind="law", key="another", order=99, checked=draft.dated, check_by=draft.dated
    )
    draft.refresh_from_db()
    assert (draft.number, draft.title, draft.note) == (3, "A new title", "A new note")
    assert draft.items.filter(body="New words").count() == len(complete_edition().items) - 1
    draft.delete()
    assert list(Edition.objects.all()) == [published]
    assert {item.edition_id for item in Item.objects.all()} == {published.pk}


def test_the_guards_are_among_those_a_start_asks_for() -> None:
    guards.drop(connection)
    wanted = {f"guard_guidance_edition_{event}" for event in ("update", "delete")}
    wanted |= {f"guard_guidance_item_{event}" for event in ("insert", "update", "delete")}
    assert wanted <= set(guards.missing(connection))
    guards.install(connection)
    assert guards.missing(connection) == []


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_an_item_cannot_slip_in_while_its_edition_is_being_published() -> None:
    """The change begins before the publishing is final; it must wait for it, and be refused."""
    edition = load_edition(content=complete_edition(), by=SYSTEM)

    def change() -> str:
        try:
            run("UPDATE guidance_item SET body = 'x' WHERE key = 'a_law'")
        except IntegrityError as error:
            return str(error)
        finally:
            connection.close()
        return "changed"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            publish_edition(edition=edition, by=SYSTEM)
            late = pool.submit(change)
            with pytest.raises(TimeoutError):
                late.result(timeout=0.5)
        assert "cannot be changed once published_at" in late.result(timeout=30)


def test_an_edition_published_meanwhile_is_no_draft_any_more() -> None:
    edition = load_edition(content=complete_edition(), by=SYSTEM)
    publish_edition(edition=Edition.objects.get(), by=SYSTEM)
    with pytest.raises(GuidanceError, match="is not a draft"):
        publish_edition(edition=edition, by=SYSTEM)
