"""Every line that our own code writes, read in the source: which values it can have.

The formatter trusts these messages. Whoever adds a value here has thought about what it can hold.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from web.logs import ROOT

LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
SAFE = {
    "message.pk",  # of an e-mail in the outbox
    "type(problem).__name__",
    "case.reference",
    "fault",  # a sentence of audit/verifying.py: numbers of organisations and rows
    "category.__name__",
    "_short(filename)",
    "lineno",
}
KEYWORDS = {"exc_info", "extra"}
APART = {".venv", "node_modules", "tests", "scripts", "var"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] not in APART:
            yield from ((str(place), call) for call in calls_in(path))


def calls_in(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            logger = ast.unparse(node.func.value)
            if node.func.attr in LEVELS and logger in ("log", "logger", "logging"):
                yield node


def test_every_message_is_fixed_and_every_value_is_known():
    wrong = [
        f"{place}:{call.lineno}: {ast.unparse(call)}"
        for place, call in calls()
        if not isinstance(call.args[0], ast.Constant)
        or {ast.unparse(value) for value in call.args[1:]} - SAFE
        or {keyword.arg for keyword in call.keywords} - KEYWORDS
    ]
    assert wrong == [], "what can it hold? See web/logs.py"


def test_the_calls_are_found():
    assert len(list(calls())) >= 8
