from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import guards
from audit.models import Entry
from audit.recorder import SYSTEM
from guidance.actions import load_edition, publish_edition
from guidance.content import Conditions, Kind
from guidance.errors import GuidanceError, NoPublishedGuidance
from guidance.models import Edition, Item
from guidance.queries import current_edition, has_published_guidance
from tests.factories.guidance import (
    complete_edition,
    complete_items,
    make_edition,
    make_item,
    publish,
    shipped_content,
)

pytestmark = pytest.mark.django_db

# One item that uses every column and every condition.
FULL = make_item(
    Kind.PROCEDURE,
    "brook_traffic_light",
    body="## Why\n\nText with *stress*.",
    check_locally="Whether the setting has it.",
    short="a short name",
    hint="a hint",
    link="https://www.example.org/tool",
    when=Conditions(
        always=True,
        categories=("experimental", "aggravated"),
        subtypes=("romantic",),
        flags=("under_13", "age_gap"),
        responses=("refer_now",),
    ),
    unless=Conditions(flags=("adult_image",)),
    from_flags=("sextortion", "wide_sharing"),
)


def actions_recorded() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("action", flat=True))


def test_an_edition_comes_back_from_the_database_as_it_went_in() -> None:
    content = make_edition(FULL, make_item(Kind.LAW, "a", order=20), make_item(Kind.LAW, "b"))
    load_edition(content=content, by=SYSTEM)
    assert Edition.objects.get().content() == content


def test_the_edition_that_ships_comes_back_as_its_files_say() -> None:
    load_edition(content=shipped_content(), by=SYSTEM)
    held = Edition.objects.get().content()
    assert held == shipped_content()
    assert list(held) == list(shipped_content())


def test_loading_makes_a_draft_and_an_audit_row() -> None:
    edition = load_edition(content=complete_edition(), by=SYSTEM)
    assert (edition.status, edition.published_at) == (Edition.Status.DRAFT, None)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.organisation_id) == ("guidance.loaded", None, None)
    assert (entry.object_type, entry.object_id) == ("guidance.edition", str(edition.pk))


def test_loading_the_same_edition_again_changes_nothing() -> None:
    first = publish(complete_edition())
    rows, acts = list(Item.objects.values_list("pk", flat=True)), actions_recorded()
    assert load_edition(content=complete_edition(), by=SYSTEM) == first
    assert list(Item.objects.values_list("pk", flat=True)) == rows
    assert actions_recorded() == acts


def test_a_published_edition_cannot_be_loaded_with_other_words() -> None:
    publish(complete_edition())
    items = [replace(i, title="New") if i.key == "do_not_view" else i for i in complete_items()]
    with pytest.raises(GuidanceError, match="next_step/do_not_view") as caught:
        load_edition(content=make_edition(*items), by=SYSTEM)
    assert "new number" in str(caught.value)
    assert Item.objects.get(key="do_not_view").title == "Title of do_not_view"


def test_a_published_edition_cannot_be_loaded_with_another_note() -> None:
    publish(complete_edition())
    with pytest.raises(GuidanceError, match="its number, title, note or date"):
        load_edition(content=replace(complete_edition(), note="Another"), by=SYSTEM)


def test_a_draft_that_an_editor_changed_is_left_alone() -> None:
    load_edition(content=make_edition(FULL), by=SYSTEM)
    Item.objects.update(title="An editor's words")
    load_edition(content=make_edition(FULL), by=SYSTEM)
    assert Item.objects.get().title == "An editor's words"


def test_nothing_is_kept_of_an_edition_that_fails_half_way() -> None:
    twice = make_edition(FULL, replace(FULL, title="Another"))
    with pytest.raises(IntegrityError), transaction.atomic():
        load_edition(content=twice, by=SYSTEM)
    assert not Edition.objects.exists()
    assert actions_recorded() == []


def test_publishing_makes_it_the_current_edition() -> None:
    edition = load_edition(content=complete_edition(), by=SYSTEM)
    assert not has_published_guidance()
    with pytest.raises(NoPublishedGuidance):
        current_edition()
    publish_edition(edition=edition, by=SYSTEM)
    assert has_published_guidance()
    assert current_edition() == edition
    assert current_edition().published_at is not None
    assert actions_recorded() == ["guidance.loaded", "guidance.published"]


def test_an_incomplete_edition_is_not_published() -> None:
    edition = load_edition(content=complete_edition(without=["do_not_view"]), by=SYSTEM)
    with pytest.raises(GuidanceError) as caught:
        publish_edition(edition=edition, by=SYSTEM)
    assert caught.value.problems == ["next_steps: there is no text for do_not_view"]
    assert not has_published_guidance()


def test_only_a_draft_is_published() -> None:
    edition = publish(complete_edition())
    with pytest.raises(GuidanceError, match="is not a draft"):
        publish_edition(edition=edition, by=SYSTEM)


def test_two_editions_are_never_published_at_once() -> None:
    publish(complete_edition())
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(complete_edition(number=2))
    assert current_edition().number == 1


@pytest.mark.parametrize(
    ("status", "published"),
    [("draft", True), ("published", False), ("archived", False), ("lost", True)],
)
def test_the_database_holds_status_and_time_together(status: str, published: bool) -> None:
    edition = load_edition(content=complete_edition(), by=SYSTEM)
    edition.status = status
    edition.published_at = timezone.now() if published else None
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save()


def test_a_published_edition_is_read_from_the_database_once(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    publish(complete_edition())
    edition = current_edition()
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = edition.content()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert edition.content() is first
        assert Edition(pk=edition.pk, published_at=edition.published_at).content() is first


def test_a_draft_is_read_each_time_since_it_may_have_changed() -> None:
    edition = load_edition(content=make_edition(FULL), by=SYSTEM)
    assert edition.content().item(FULL.kind, FULL.key).title == FULL.title
    Item.objects.update(title="Changed")
    assert edition.content().item(FULL.kind, FULL.key).title == "Changed"


def test_another_database_with_the_same_ids_is_not_answered_from_this_one() -> None:
    """As after a restore: the same primary key, other words, another time of publishing."""
    edition = publish(complete_edition())
    assert edition.content().title == "Edition 1"
    guards.drop(connection)
    Edition.objects.update(title="Another title", published_at=timezone.now())
    assert Edition.objects.get(pk=edition.pk).content().title == "Another title"
