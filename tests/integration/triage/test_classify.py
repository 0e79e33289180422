"""The command: JSON Lines in, one object a line out, with no database at all."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "public.jsonl").read_text().splitlines()
]
KEYS = [
    "category",
    "subtype",
    "certainty",
    "indicated",
    "cannot_rule_out",
    "also_present",
    "deciding_questions",
    "response",
    "response_open",
    "reasons",
    "flags",
    "procedures",
    "next_steps",
]
CHILD = {"people": [{"ref": "A", "age": 15, "roles": ["pictured"]}]}


def classify(tmp_path, text, **options):
    """What the command prints for this input, line by line, and its exit status."""
    file = tmp_path / "answers.jsonl"
    file.write_text(text, encoding="utf-8")
    out, status = io.StringIO(), 0
    try:
        call_command("classify", str(file), stdout=out, **options)
    except SystemExit as leaving:
        status = leaving.code
    return [json.loads(line) for line in out.getvalue().splitlines()], status


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_worked_case_has_exactly_what_is_expected(tmp_path, case):
    (result,), status = classify(tmp_path, json.dumps(case["answers"]))
    assert status == 0
    assert {key: result[key] for key in case["expect"]} == case["expect"]
    assert sorted(result) == sorted(KEYS)


def test_all_of_them_in_one_file(tmp_path):
    text = "\n".join(json.dumps(case["answers"]) for case in CASES)
    results, status = classify(tmp_path, text)
    assert status == 0
    assert [r["response"] for r in results] == [case["expect"]["response"] for case in CASES]


def test_every_reason_says_which_rule_on_what_why_and_from_where(tmp_path):
    (result,), _ = classify(tmp_path, json.dumps(CASES[3]["answers"]))
    assert {"adult_involved", "intent_to_harm", "reckless_misuse"} <= {
        reason["rule"] for reason in result["reasons"]
    }
    for reason in result["reasons"]:
        assert sorted(reason) == ["because", "rule", "source", "text"]
        assert reason["text"]
        assert reason["source"]


def test_one_object_may_be_spread_over_lines(tmp_path):
    (result,), status = classify(tmp_path, json.dumps(CHILD, indent=2))
    assert (result["category"], status) == ("undetermined", 0)


def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path):
    lines = [json.dumps(CHILD), "not JSON", "", json.dumps({"people": []}), json.dumps(CHILD)]
    results, status = classify(tmp_path, "\n".join(lines))
    assert status == 2
    assert [result.get("line") for result in results] == [None, 2, 4, None]
    assert "people" in results[2]["error"]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        '"text"',
        "null",
        "NaN",
        "1e999",
        "[" * 100_000,
        '{"people": [{"ref": "A"}], "people": [{"ref": "B"}]}',
        '{"people": [{"ref": "A", "age": true}]}',
        '{"people": [{"ref": "A"}], "pressure": ["unknown", "threats"]}',
        '{"people": [{"ref": "A"}], "colour": "red"}',
        '{"people": [{"ref": "A", "age": 1' + "0" * 5000 + "}]}",
    ],
)
def test_no_line_can_stop_the_rest(tmp_path, line):
    results, status = classify(tmp_path, f"{line}\n{json.dumps(CHILD)}")
    assert status == 2
    assert results[0]["line"] == 1
    assert results[1]["category"] == "undetermined"


def test_an_empty_input_has_no_output(tmp_path):
    assert classify(tmp_path, "") == ([], 0)


def test_a_file_that_is_not_there_is_a_plain_error(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("classify", str(tmp_path / "none.jsonl"))


def test_a_published_edition_can_be_named(tmp_path, guidance):
    text = json.dumps(CASES[0]["answers"])
    (result,), status = classify(tmp_path, text, edition=guidance.number)
    assert (result["next_steps"], status) == (CASES[0]["expect"]["next_steps"], 0)


def test_an_edition_that_was_not_published_is_refused(tmp_path, guidance):
    with pytest.raises(CommandError, match="No edition 7"):
        classify(tmp_path, json.dumps(CHILD), edition=7)
