from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from audit.models import Entry
from guidance.models import Edition, Item
from guidance.queries import current_edition
from tests.factories.guidance import (
    ABOUT,
    complete_edition,
    publish,
    shipped_content,
    write_edition,
)

pytestmark = pytest.mark.django_db


def load_guidance() -> list[str]:
    out = StringIO()
    call_command("load_guidance", stdout=out)
    return out.getvalue().splitlines()


def test_an_empty_database_gets_the_shipped_edition_published() -> None:
    said = load_guidance()
    count = len(shipped_content().items)
    assert said == [f"Edition 1: loaded, {count} items.", "Edition 1: published."]
    assert current_edition().content() == shipped_content()


def test_a_second_run_says_so_and_changes_nothing() -> None:
    load_guidance()
    before = (list(Edition.objects.values()), list(Item.objects.values()), Entry.objects.count())
    assert load_guidance() == ["Edition 1: already here."]
    after = (list(Edition.objects.values()), list(Item.objects.values()), Entry.objects.count())
    assert after == before


def test_a_newer_edition_waits_as_a_draft(settings: LazySettings, tmp_path: Path) -> None:
    publish(complete_edition(number=3))
    settings.GUIDANCE_DIR = tmp_path
    about = ABOUT.replace("number: 1", "number: 4")
    write_edition(tmp_path / "4", {"edition.yaml": about})
    assert load_guidance() == ["Edition 4: loaded, 0 items."]
    assert current_edition().number == 3


def test_an_edition_that_was_published_and_now_differs_is_refused() -> None:
    publish(replace(shipped_content(), note="What was published here"))
    with pytest.raises(CommandError, match="edition 1 is published and cannot change"):
        load_guidance()
    assert current_edition().note == "What was published here"


def test_what_is_wrong_in_the_files_is_told_and_nothing_is_loaded(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.GUIDANCE_DIR = tmp_path
    write_edition(tmp_path / "1", {"law/a.md": "nothing"})
    with pytest.raises(CommandError, match=r"1/law/a\.md: the file does not begin with"):
        load_guidance()
    assert not Edition.objects.exists()


def test_an_incomplete_edition_is_neither_published_nor_kept(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.GUIDANCE_DIR = tmp_path
    write_edition(tmp_path / "1")
    with pytest.raises(CommandError, match="there is no text for"):
        load_guidance()
    assert not Edition.objects.exists()
    assert not Entry.objects.exists()


def test_no_shipped_edition_is_an_error(settings: LazySettings, tmp_path: Path) -> None:
    settings.GUIDANCE_DIR = tmp_path
    with pytest.raises(CommandError, match="There is no edition"):
        load_guidance()
