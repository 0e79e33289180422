"""No cell of a file is a formula to a spreadsheet."""

import csv
import io
import json

import pytest

from referrals.export.files import csv_file, json_file, plain_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://a.example","x")',
        "+44 1632 960000",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        "＝1+1",
    ],
)
def test_what_a_spreadsheet_would_run_becomes_words(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A child's words", "'=1", "12", "a=b", "*"])
def test_anything_else_stays_as_it_is(text):
    assert plain_cell(text) == text


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_is_read_back_as_it_was_written():
    rows = [("one", 'two "quoted", with a comma'), ("a line\nbreak", "Zoë 🙂"), ("=1", "")]
    response = csv_file("name", ("=Head", "B"), rows)
    assert rows_of(response) == [
        ["'=Head", "B"],
        *(list(row) for row in rows[:2]),
        ["'=1", ""],
    ]


def test_it_says_what_it_is():
    table, data = csv_file("name", ("A",), []), json_file("name", {"child": "Zoë"})
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert table["Content-Disposition"] == 'attachment; filename="name.csv"'
    assert data["Content-Disposition"] == 'attachment; filename="name.json"'
    assert json.loads(data.content) == {"child": "Zoë"}
    assert "Zoë" in data.content.decode()
