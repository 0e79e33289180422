"""`manage.py classify [FILE]`: answers in, assessments out, one JSON object a line. No database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from guidance.content import EditionContent, Facts
from guidance.files import read_editions
from guidance.models import Edition
from guidance.recommend import recommend
from triage.model import assess
from triage.model.answers import AnswersError, parse

BAD_LINE = 2  # the exit status when any line could not be answered


class Command(BaseCommand):
    help = "Classify answers given as JSON Lines (or one JSON object), from FILE or standard input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--edition", type=int, metavar="N", help="a published edition")

    def handle(self, *, file: Path | None, edition: int | None, **options: Any) -> None:
        content = shipped() if edition is None else published(edition)
        bad = False
        for number, line in lines_of(read(file)):
            result = classify(line, content)
            if "error" in result:
                bad, result = True, {**result, "line": number}
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        if bad:
            sys.exit(BAD_LINE)


def read(file: Path | None) -> str:
    """The whole input. Raises CommandError when the file cannot be read as text."""
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"Cannot read {file or 'standard input'}: {problem}") from problem


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, blank ones left out; a text that is one object is one line."""
    if _is_one_object(text):
        yield 1, text
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _is_one_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def classify(line: str, edition: EditionContent) -> dict[str, Any]:
    """The assessment of one line with what is recommended; or `{"error": ...}`."""
    try:
        result = assess(parse(json.loads(line, object_pairs_hook=_no_key_twice))).as_json()
    except AnswersError as problem:
        return {"error": " ".join(problem.problems)}
    except (ValueError, RecursionError) as problem:
        return {"error": f"This line is not JSON: {problem}"}
    facts = Facts(**{key: result[key] for key in ("category", "subtype", "flags", "response")})
    wanted = recommend(edition, facts)
    procedures = [item.key for item in wanted.procedures]
    return {**result, "procedures": procedures, "next_steps": [i.key for i in wanted.next_steps]}


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON allows a key twice and keeps the last: an answer would be dropped without a word."""
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ValueError(f"the key {twice!r} is given twice")
    return dict(pairs)


def shipped() -> EditionContent:
    """The newest edition that ships with the product, from its files."""
    return read_editions(settings.GUIDANCE_DIR)[-1]


def published(number: int) -> EditionContent:
    """A published edition, from the database. Raises CommandError when there is none."""
    try:
        edition = Edition.objects.filter(number=number, published_at__isnull=False).first()
    except DatabaseError as problem:
        raise CommandError(f"The database has no editions to look in: {problem}") from problem
    if edition is None:
        raise CommandError(f"No edition {number} has been published.")
    return edition.content()
