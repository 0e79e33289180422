"""What is held, as files: a table that opens in a spreadsheet, and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from referrals.export.held import Held

LOOK_THROUGH = (
    "Other people’s data may be in this. Look through all of it, and take out what must not be "
    "handed on, before you give it to anybody."
)
# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def plain_cell(text: str) -> str:
    """The text, so that no spreadsheet runs it: a leading apostrophe makes it words."""
    risky = text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if risky else text


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """An attachment in UTF-8; the mark at its start tells a spreadsheet so."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in (head, *rows):
        writer.writerow([plain_cell(cell) for cell in row])
    return _attachment(f"{name}.csv", "text/csv", "\ufeff" + text.getvalue())


def json_file(name: str, data: Any) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _attachment(f"{name}.json", "application/json", text)


def _attachment(name: str, kind: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


HEAD = ("Case", "Part", "What", "Text", "When", "By", "May hold other people’s data")


def held_rows(held: Held) -> list[tuple[str, ...]]:
    """A row for each thing, after one that says to look through them."""
    rows = [
        (
            one.case.reference,
            part.title,
            item.what,
            item.text,
            moment(item.at),
            item.by,
            "yes" if item.others else "no",
        )
        for one, part, item in held.rows
    ]
    return [("", "Before you hand this out", "", LOOK_THROUGH, "", "", ""), *rows]


def held_data(held: Held) -> dict[str, Any]:
    return {
        "before_you_hand_this_out": LOOK_THROUGH,
        "cases": [
            {
                "reference": one.case.reference,
                "entries_about_others_left_out": one.left_out,
                "parts": [
                    {
                        "title": part.title,
                        "items": [
                            {
                                "what": item.what,
                                "text": item.text,
                                "when": moment(item.at),
                                "by": item.by,
                                "may_hold_other_peoples_data": item.others,
                            }
                            for item in part.items
                        ],
                    }
                    for part in one.filled
                ],
            }
            for one in held.cases
        ],
    }


def moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds") if at else ""
