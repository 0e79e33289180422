"""The log: one JSON object a line, with the id of its request, and nothing about anybody.

What is typed here is about children, and a log is read, copied and kept by others than those it was
told to. So a line holds what the program says of itself and nothing that it was given:

- of our own code, the message: its values are references of cases, ids, and names of classes
  (tests/unit/web/test_what_is_logged.py);
- of any other code, the message as it stands in that code, with an ellipsis for each value. One
  that was put together before it was logged is left out: `source` says where to look it up;
- of an exception, its class and where it was raised. PostgreSQL's own words quote the row, and a
  ValueError what was typed. Never variables.
"""

import json
import linecache
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = re.compile(r".*/(?:site-packages|lib/python[\d.]+)/")
VALUE = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")
MOST_FRAMES, MOST_CAUSES = 40, 5

# Set by web.requests until all of the answer is sent: Django says something of its own after that.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
log = logging.getLogger(__name__)


class JsonFormatter(logging.Formatter):
    """`extra={"fields": {...}}` adds to the line; what is given there must say nothing either."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _own_message(record) if _is_ours(record) else _their_message(record),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if not _is_ours(record):
            line["source"] = f"{_short(record.pathname)}:{record.lineno}:{record.funcName}"
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = list(_exceptions(record.exc_info[1]))
        return json.dumps(line)


class Console(logging.StreamHandler[Any]):
    """To standard error. What cannot be written is lost: Python's own complaint would show it."""

    def handleError(self, record: logging.LogRecord) -> None:
        return


def reference() -> str:
    """Enough of the request's id to find its lines by, and to be read out over a telephone."""
    return (request_id.get() or "")[:8]


def forget_request(**kwargs: object) -> None:
    """For `request_finished`: the thread goes on to another request, or to none."""
    request_id.set(None)


def hush() -> None:
    """For a process that nobody watches: what Python itself would print goes to the log as well."""
    sys.excepthook = _log_crash
    threading.excepthook = lambda args: _log_crash(
        args.exc_type, args.exc_value, args.exc_traceback
    )
    sys.unraisablehook = lambda args: _log_crash(args.exc_type, args.exc_value, args.exc_traceback)
    warnings.showwarning = _log_warning


def _is_ours(record: logging.LogRecord) -> bool:
    return Path(record.pathname).is_relative_to(ROOT) and not LIBRARIES.match(record.pathname)


def _own_message(record: logging.LogRecord) -> str:
    values = record.args
    if isinstance(values, Mapping):
        return _template(record)
    try:
        return str(record.msg) % tuple(
            type(value).__name__ if isinstance(value, BaseException) else value
            for value in values or ()
        )
    except (TypeError, ValueError):
        return _template(record)


def _their_message(record: logging.LogRecord) -> str:
    """Django tells of an answer by a function that has none of the words, but its status."""
    status = getattr(record, "status_code", None)
    return HTTPStatus(status).phrase if status in list(HTTPStatus) else _template(record)


def _template(record: logging.LogRecord) -> str:
    """The message without its values, if it stands in the source of whoever logged it."""
    text = record.msg if isinstance(record.msg, str) else ""
    source = "".join(linecache.getlines(record.pathname))
    stands_there = text and (f'"{text}"' in source or f"'{text}'" in source)
    return VALUE.sub("…", text) if stands_there else ""


def _exceptions(problem: BaseException) -> Iterator[dict[str, object]]:
    """The exception, then what led to it."""
    cause: BaseException | None = problem
    for _ in range(MOST_CAUSES):
        if cause is None:
            return
        kind = type(cause)
        frames = [
            f"{_short(frame.f_code.co_filename)}:{number}:{frame.f_code.co_name}"
            for frame, number in traceback.walk_tb(cause.__traceback__)
        ]
        line: dict[str, object] = {"class": f"{kind.__module__}.{kind.__qualname__}"}
        # The database's number or name for what went wrong, such as 23505.
        if code := getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None):
            line["code"] = code
        yield line | {"frames": frames[-MOST_FRAMES:]}
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _short(path: str) -> str:
    """A file of the project or of a library, without where that is installed."""
    if library := LIBRARIES.match(path):
        return path[library.end() :]
    return path.removeprefix(f"{ROOT}/")


def _log_crash(
    kind: type[BaseException], problem: BaseException | None, trace: TracebackType | None
) -> None:
    if problem is not None and not isinstance(problem, KeyboardInterrupt | SystemExit):
        log.critical("an exception reached Python itself", exc_info=(kind, problem, trace))


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("Python warns: %s in %s, line %s", category.__name__, _short(filename), lineno)
