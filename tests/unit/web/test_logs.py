"""A line of the log: its shape, and what is left out of it."""

import json
import logging
import sys
import threading
import warnings

import pytest
from django.db import IntegrityError

from web import logs
from web.logs import JsonFormatter, request_id

OURS = logs.__file__
THEIRS = logging.__file__
NAME = "Annabel Unmistakable"


def line(record: logging.LogRecord) -> dict:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    assert text.isascii()
    return json.loads(text)


def record(msg, *args, path=OURS, exc_info=None, level=logging.WARNING):
    made = logging.LogRecord("some.logger", level, path, 1, msg, args, exc_info, "some_function")
    made.created = 1_800_000_000.25
    return made


def caught(act) -> tuple:
    with pytest.raises(Exception) as info:  # noqa: PT011 - whatever it raises
        act()
    return info.type, info.value, info.tb


def test_a_line_has_its_time_level_logger_message_and_request():
    token = request_id.set("0" * 32)
    try:
        told = line(record("case %s could not be watched: %s", "CK7QM-4TXPD", "ValueError"))
    finally:
        request_id.reset(token)
    assert told == {
        "time": "2027-01-15T08:00:00.250+00:00",
        "level": "WARNING",
        "logger": "some.logger",
        "message": "case CK7QM-4TXPD could not be watched: ValueError",
        "request_id": "0" * 32,
    }


def test_outside_a_request_the_id_is_null():
    assert line(record("ready"))["request_id"] is None


def test_fields_are_added():
    made = record("request")
    made.fields = {"status": 200, "ms": 1.5}
    assert line(made)["status"] == 200


def test_no_value_can_begin_a_line_of_its_own():
    told = line(record("case %s", 'x\n{"level": "INFO"}\u2028'))
    assert told["message"] == 'case x\n{"level": "INFO"}\u2028'


def test_an_exception_that_is_given_as_a_value_is_named_by_its_class():
    assert line(record("failed: %s", ValueError(NAME)))["message"] == "failed: ValueError"


@pytest.mark.parametrize("args", [("one",), ("one", "two", "three")])
def test_values_that_do_not_fit_break_nothing(args):
    assert NAME not in JsonFormatter().format(record("%s and %s", *args, NAME, NAME))


# What stands in Python's own logging/__init__.py stands for what any library says.
@pytest.mark.parametrize(
    ("msg", "args", "told"),
    [
        ("Unformattable object", (), ""),
        ("a string", (), ""),
        (f"Invalid HTTP_HOST header: '{NAME}'", (), ""),
        (ValueError(NAME), (), ""),
        (f"Hello {NAME} %s", (NAME,), ""),
        ("%s", (NAME,), "…"),
        ("Level %s", (NAME,), "…".join(["Level ", ""])),
    ],
)
def test_of_other_code_only_what_stands_in_it_is_kept(msg, args, told):
    made = line(record(msg, *args, path=THEIRS))
    assert made["message"] == told
    assert made["source"] == "logging/__init__.py:1:some_function"
    assert NAME not in json.dumps(made)


@pytest.mark.parametrize(("status", "told"), [(404, "Not Found"), (299, ""), (None, "")])
def test_what_django_says_of_an_answer_is_its_status(status, told):
    made = record(f"Forbidden ({NAME}): %s", NAME, path=THEIRS)
    made.status_code = status
    assert line(made)["message"] == told


def test_a_library_inside_our_own_folder_is_other_code():
    inside = f"{logs.ROOT}/.venv/lib/python3.11/site-packages/django/views/csrf.py"
    assert line(record(NAME, path=inside))["message"] == ""
    assert line(record(NAME, path=inside))["source"] == "django/views/csrf.py:1:some_function"


class Detailed(Exception):
    sqlstate = "23505"


def fail_like_postgresql() -> None:
    child = NAME  # noqa: F841 - a local variable, as a view has
    try:
        raise Detailed(f"DETAIL: Key (name)=({NAME}) already exists.")
    except Detailed as problem:
        raise IntegrityError(*problem.args) from problem


def test_an_exception_is_told_by_class_and_place_with_what_led_to_it():
    made = record("the page failed", exc_info=caught(fail_like_postgresql))
    told = line(made)
    outer, cause = told["exception"]
    assert outer["class"] == "django.db.utils.IntegrityError"
    assert cause["class"] == "tests.unit.web.test_logs.Detailed"
    assert cause["code"] == "23505"
    file, number, function = outer["frames"][-1].split(":")
    assert (file, function) == ("tests/unit/web/test_logs.py", "fail_like_postgresql")
    assert "raise IntegrityError" in open_line(file, int(number))
    assert NAME not in json.dumps(told)
    # The control: Python's own formatter would tell.
    assert NAME in logging.Formatter().format(made)


def open_line(file: str, number: int) -> str:
    return (logs.ROOT / file).read_text().splitlines()[number - 1]


def test_a_context_that_was_suppressed_is_left_out():
    def act():
        try:
            raise KeyError(NAME)
        except KeyError:
            raise ValueError(NAME) from None

    told = line(record("x", exc_info=caught(act)))
    assert [part["class"] for part in told["exception"]] == ["builtins.ValueError"]


def test_endless_recursion_makes_no_endless_line():
    def act():
        act()

    told = line(record("x", exc_info=caught(act)))
    assert len(told["exception"][0]["frames"]) == logs.MOST_FRAMES


def test_what_cannot_be_written_is_not_shown_instead(capsys):
    class Broken:
        def write(self, text: str) -> None:
            raise OSError

        def flush(self) -> None:
            return

    logs.Console(Broken()).handle(record(NAME))
    assert capsys.readouterr().err == ""


@pytest.fixture
def _restored(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)


@pytest.mark.usefixtures("_restored")
def test_what_python_would_print_goes_to_the_log(caplog, capsys):
    logs.hush()
    sys.excepthook(*caught(fail_like_postgresql))
    warnings.showwarning(UserWarning(NAME), UserWarning, __file__, 7)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    crash, warning = caplog.records
    assert line(crash)["exception"][0]["class"] == "django.db.utils.IntegrityError"
    assert line(warning)["message"] == (
        "Python warns: UserWarning in tests/unit/web/test_logs.py, line 7"
    )
    assert NAME not in json.dumps([line(crash), line(warning)])
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("_restored")
def test_a_thread_that_fails_goes_to_the_log(caplog):
    logs.hush()
    thread = threading.Thread(target=fail_like_postgresql)
    thread.start()
    thread.join()
    assert [line(row)["level"] for row in caplog.records] == ["CRITICAL"]


@pytest.mark.usefixtures("_restored")
def test_what_can_be_raised_nowhere_goes_to_the_log(caplog, capsys):
    class Last:
        def __del__(self) -> None:
            fail_like_postgresql()

    logs.hush()
    Last()
    assert [line(row)["level"] for row in caplog.records] == ["CRITICAL"]
    assert capsys.readouterr().err == ""


def test_nothing_is_mailed_to_administrators_and_nothing_goes_round_the_formatter():
    django = logging.getLogger("django")
    assert django.handlers == []
    assert logging.getLogger("django.server").handlers == []
    (console,) = [h for h in logging.getLogger().handlers if isinstance(h, logs.Console)]
    assert isinstance(console.formatter, JsonFormatter)
