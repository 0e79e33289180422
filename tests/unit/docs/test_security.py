"""What the documents on security name is there, and no requirement is left out or counted twice.

They claim; the tests that they name hold. A test that is renamed or removed must take its claim
with it, so every path and every name after `::` is looked up.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[3]
THREATS, TABLE = ROOT / "docs" / "security.md", ROOT / "docs" / "security" / "asvs.md"
REQUIREMENTS = Path(__file__).with_name("asvs_5_0_0.txt")
SPAN = re.compile(r"`([^`\n]+)`")
# A path of the project, or a file at its root; perhaps a folder, perhaps with a name in it.
REFERENCE = re.compile(
    r"((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:py|toml|json|md)|Makefile|\.npmrc|\.gitignore)(?:::(\w+))?"
)
ROW = re.compile(r"\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")
STATUSES = ("Met", "Not applicable", "Not met")


class Row(NamedTuple):
    id: str
    level: str
    short: str
    status: str
    why: str


def rows() -> list[Row]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| V")]
    matches = [(line, ROW.fullmatch(line)) for line in lines]
    malformed = [line for line, match in matches if match is None]
    assert malformed == []
    return [Row(*(part.strip() for part in match.groups())) for _, match in matches if match]


def required() -> list[tuple[str, str]]:
    lines = REQUIREMENTS.read_text("utf-8").splitlines()
    return [(line.split()[0], line.split()[1]) for line in lines if not line.startswith("#")]


def references(text: str) -> Iterator[tuple[str, str]]:
    """Every path that the text names, with the name in it that it names, or ""."""
    for span in SPAN.findall(text):
        if match := REFERENCE.fullmatch(span):
            yield match[1], match[2] or ""


@cache
def names_in(path: Path) -> frozenset[str]:
    """What a file of Python defines: functions, classes, and what is assigned by name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


def is_there(path: str, name: str) -> bool:
    whole = ROOT / path
    if not name:
        return whole.exists()
    return whole.suffix == ".py" and whole.is_file() and name in names_in(whole)


@pytest.mark.parametrize("document", [THREATS, TABLE], ids=lambda path: path.name)
def test_every_file_and_test_that_is_named_is_there(document):
    named = list(references(document.read_text("utf-8")))
    assert len(named) > 20
    assert [f"{path}::{name}" for path, name in named if not is_there(path, name)] == []


def test_every_requirement_of_levels_1_and_2_has_one_row_in_its_order():
    assert len(required()) == 253
    assert [(row.id, row.level) for row in rows()] == required()


def test_a_row_says_whether_it_is_met_and_why():
    assert [row.id for row in rows() if row.status not in STATUSES] == []
    assert [row.id for row in rows() if len(row.why) < 7 or len(row.short) < 3] == []


def test_what_is_met_names_what_holds_it():
    assert [row.id for row in rows() if row.status == "Met" and not any(references(row.why))] == []


def test_what_is_not_met_is_told_among_what_is_not_done():
    text = THREATS.read_text("utf-8")
    known = set(re.findall(r"V\d+\.\d+\.\d+", text[text.index("## Known, and not done") :]))
    assert known == {row.id for row in rows() if row.status == "Not met"}


def test_the_counts_are_those_of_the_table():
    found = {status: sum(row.status == status for row in rows()) for status in STATUSES}
    said = ", ".join(f"{status.lower()} {count}" for status, count in found.items())
    for document in (THREATS, TABLE):
        assert f"{said} (253 in all)" in document.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("tests/unit/docs/no_such_test.py", ""),
        ("tests/unit/docs/test_security.py", "test_no_such_name"),
        ("docs/audit.md", "anything"),
    ],
)
def test_what_is_not_there_is_found_out(path, name):
    assert not is_there(path, name)


def test_a_reference_is_told_from_other_words():
    text = (
        "`web/checks.py::hosts_are_named`, `docs/`, `README.md`, `no-store`, `GET /` and `/readyz`"
    )
    assert list(references(text)) == [
        ("web/checks.py", "hosts_are_named"),
        ("docs/", ""),
        ("README.md", ""),
    ]
