"""No address of the product keeps an image, in whatever way it is sent: not a byte, anywhere."""

import base64
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.models import Organisation
from tests.sweeps.holding import Files, Log, Writes, values
from tests.sweeps.pictures import AS_BASE64, MARK, PICTURES, PNG, holds_a_trace, traces_in
from tests.sweeps.sending import BODIES, METHODS
from tests.sweeps.smuggling import Found, Smuggler
from tests.sweeps.urlconf import addresses
from tests.sweeps.world import World, undone

# How a database is written to makes no difference here, and this is thousands of requests.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
# No words belong in these: what is no address, and no password, is refused as that.
NO_WORDS = {"login", "email", "password", "current", "again"}


@pytest.fixture(scope="module")
def smuggled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    """Everything tried, once; with whatever it left in files and in the log."""
    temporary, log = tmp_path_factory.mktemp("temporary"), Log()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), undone():
        patch.setattr("tempfile.tempdir", str(temporary))
        patch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(temporary))
        world = World()
        files = Files(settings.VAR_DIR, Path.cwd(), temporary)
        with log.listening():
            found = Smuggler(world).try_everything()
        found.kept |= traces_in(files.changed()) | traces_in(log.lines)
    assert list(temporary.iterdir()) == []
    return found


def test_not_a_byte_is_kept_in_the_database_in_files_or_in_the_log(
    smuggled: Found, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, kept = smuggled.tried.total(), sum(smuggled.kept.values())
    with capsys.disabled():
        print(
            f"\nNever an image: {tried} tried, at {len(addresses())} addresses; {kept} bytes kept"
        )
    assert smuggled.kept == {}
    assert tried > 30 * len(addresses())


def test_what_is_no_plain_form_is_refused_by_every_address(smuggled: Found) -> None:
    assert smuggled.let_in == []
    for how, *_ in BODIES:
        assert smuggled.tried[how] > len(addresses()), how


def test_nothing_breaks_and_no_answer_shows_any_of_it_again(smuggled: Found) -> None:
    assert smuggled.broken == []
    assert smuggled.shown == []


def test_every_box_for_words_says_what_was_taken_out_and_keeps_the_words(smuggled: Found) -> None:
    untold = {field for field, told in smuggled.told.items() if not told}
    assert {name for _, name in untold} <= NO_WORDS, untold
    assert len(smuggled.told) - len(untold) > 50


def test_the_forms_it_was_pasted_into_are_ones_that_take_words(smuggled: Found) -> None:
    """The control: else a form might refuse the image for being filled in wrongly."""
    assert len(smuggled.accepted) > 40
    for part in ("/record/note/", "/notes/", "/people/p1/", "/plan/add/", "/organisation/note/"):
        assert any(path.endswith(part) for path in smuggled.accepted), part


# That a trace would be found.


@pytest.mark.parametrize("start", ["", "a", "ab"])
def test_a_trace_is_known_in_every_form(start: str) -> None:
    whole = start.encode() + MARK
    forms = [whole.decode(), base64.b64encode(whole).decode(), whole.hex()]
    for text in (*forms, *(text.lower() for text in forms), *(text.upper() for text in forms)):
        assert holds_a_trace(f"before {text} after")
    assert all(holds_a_trace(picture.decode("latin-1")) for picture in PICTURES.values())
    assert not holds_a_trace(base64.b64encode(b"something else" * 20).decode())


def test_a_trace_in_the_database_is_found() -> None:
    assert traces_in(values()) == {}
    Organisation.objects.create(name="Example School", local_note=f"x{AS_BASE64}")
    session = SessionStore()
    session["kept"] = AS_BASE64
    session.save()
    found = traces_in(values())
    assert {"accounts_organisation.local_note", "session"} <= set(found)
    assert found["accounts_organisation.local_note"] == len(AS_BASE64) + 1


def test_a_trace_that_was_written_and_taken_back_is_found() -> None:
    writes = Writes()
    with connection.execute_wrapper(writes), undone():
        Organisation.objects.create(name="Example School", local_note=AS_BASE64)
    assert list(writes.found.values()) == [len(AS_BASE64)]


def test_a_trace_in_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(PNG)
    files = Files(tmp_path)
    (tmp_path / "new").write_bytes(PNG)
    assert set(traces_in(files.changed())) == {str(tmp_path / "new")}


def test_a_trace_in_the_log_is_found() -> None:
    log = Log()
    with log.listening():
        logging.getLogger("some.part").error("a fault", extra={"body": AS_BASE64})
    assert set(traces_in(log.lines)) == {"some.part"}


def test_each_way_and_method_is_tried() -> None:
    assert METHODS == ("POST", "PUT", "PATCH", "DELETE", "GET")
    assert len(BODIES) == 2 * len(PICTURES) + 8
