from datetime import date
from pathlib import Path

import pytest

from guidance.content import Conditions, EditionContent, Kind
from guidance.errors import GuidanceError
from guidance.files import read_edition, read_editions
from tests.factories.guidance import ABOUT, FRONT_MATTER, file_text, write_edition


def problems_of(folder: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(GuidanceError) as caught:
        read_edition(write_edition(folder / "1", files))
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


FILES = {
    "questions/immediate_risk.md": file_text(
        "short: whether a child is at risk\nhint: Think of tonight too\n", "## Why\n\nText."
    ),
    "procedures/brook_traffic_light.md": file_text(
        "check_locally: Whether the setting has this tool.\n"
        "link: https://www.example.org/tool\n"
        "when: {always: true}\n"
        "unless: {subtypes: [adult_involved], categories: [out_of_scope]}\n"
    ),
    "next_steps/refer_lado.md": file_text("when:\n  flags: [position_of_trust]\n"),
    "law/trust.md": file_text("from_flags: [position_of_trust, near_age_adult]\n"),
    "law/.leftover": "not read",
}


@pytest.fixture
def edition(tmp_path: Path) -> EditionContent:
    return read_edition(write_edition(tmp_path / "1", FILES))


def test_an_edition_is_read_from_its_files(edition: EditionContent) -> None:
    assert (edition.number, edition.title, edition.note, edition.dated) == (
        1,
        "First edition",
        "Made for a test",
        date(2026, 11, 23),
    )
    assert [item.key for item in edition] == [
        "immediate_risk",
        "brook_traffic_light",
        "refer_lado",
        "trust",
    ]


def test_the_texts_of_an_item_are_read_from_its_file(edition: EditionContent) -> None:
    question, tool, *_ = edition
    assert (question.kind, question.short, question.hint, question.body) == (
        Kind.QUESTION,
        "whether a child is at risk",
        "Think of tonight too",
        "## Why\n\nText.",
    )
    assert (question.checked, question.check_by) == (date(2026, 11, 23), date(2027, 5, 23))
    assert (tool.link, tool.check_locally) == (
        "https://www.example.org/tool",
        "Whether the setting has this tool.",
    )


def test_the_conditions_of_an_item_are_read_from_its_file(edition: EditionContent) -> None:
    _, tool, lado, law = edition
    assert tool.when == Conditions(always=True)
    assert tool.unless == Conditions(subtypes=("adult_involved",), categories=("out_of_scope",))
    assert lado.when == Conditions(flags=("position_of_trust",))
    assert lado.unless == Conditions()
    assert law.from_flags == ("position_of_trust", "near_age_adult")


STEP = "when: {always: true}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("No front matter.", "does not begin with front matter"),
        ("---\ntitle: Never closed\n", "does not begin with front matter"),
        ("---\ntitle: [\n---\nText.\n", "not valid YAML"),
        ("---\n- a\n- list\n---\nText.\n", "not a list of names and values"),
        ("---\n1: one\n---\nText.\n", "not a list of names and values"),
        (file_text("title: Another\n" + STEP), "title is given twice"),
        (file_text(STEP, front=FRONT_MATTER.replace("title: A title\n", "")), "title is missing"),
        (file_text(STEP, front=FRONT_MATTER.replace("order: 10\n", "")), "order is missing"),
        (file_text("titel: A title\n" + STEP), "unknown key 'titel'"),
        (file_text("short: A name\n" + STEP), "unknown key 'short' for a next_step"),
        (file_text(STEP, front=FRONT_MATTER.replace("A title", "yes")), "title must be text"),
        (file_text(STEP, front=FRONT_MATTER.replace("A title", '"  "')), "title must be text"),
        (file_text(STEP, front=FRONT_MATTER.replace("A title", '"a\\nb"')), "must be one line"),
        (file_text(STEP, front=FRONT_MATTER.replace("2026-11-23", "soon")), "checked must be a da"),
        (file_text(STEP, front=FRONT_MATTER.replace("2026-11-23", "2026-02-30")), "a bad value"),
        (
            file_text(STEP, front=FRONT_MATTER.replace("2026-11-23", "2026-11-23 10:00:00")),
            "checked must be a date",
        ),
        (file_text(STEP, front=FRONT_MATTER.replace("2027", "2025")), "check_by is before checked"),
        (file_text(STEP, front=FRONT_MATTER.replace("10", "ten")), "order must be a whole number"),
        (file_text(STEP, front=FRONT_MATTER.replace("10", "true")), "order must be a whole number"),
        (file_text(STEP, front=FRONT_MATTER.replace("10", "0")), "order must be a whole number"),
        (file_text("when: {flags: [under_14]}\n"), "when flags names under_14, which the model"),
        (file_text("when: {responses: [soon]}\n"), "when responses names soon"),
        (file_text("when: {categories: [romantic]}\n"), "when categories names romantic"),
        (file_text("unless: {subtypes: [aggravated]}\n"), "unless subtypes names aggravated"),
        (file_text("when: {flags: [age_gap, age_gap]}\n"), "when flags names an id twice"),
        (file_text("when: {flags: []}\n"), "when flags must be a list"),
        (file_text("when: {flags: age_gap}\n"), "when flags must be a list"),
        (file_text("when: {always: false}\n"), "which is no condition"),
        (file_text("when: {flag: [age_gap]}\n"), "which is no condition"),
        (file_text("when: {}\n"), "when must be conditions"),
        (file_text("when: always\n"), "when must be conditions"),
        (file_text(STEP, body=""), "there is no text"),
        (file_text(STEP, body="Do <b>not</b> look."), "the text holds raw HTML"),
        (file_text(STEP, body="<!-- later -->"), "the text holds raw HTML"),
        (file_text(STEP, body="![x](https://example.org/x.png)"), "the text holds an image"),
        (file_text(STEP, body="![x][1]\n\n[1]: /x.png"), "the text holds an image"),
        (file_text(STEP, body="[x](javascript:alert(1))"), "which is refused"),
        (file_text(STEP, body="a\0b"), "a character that is no text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, problem: str) -> None:
    (found,) = problems_of(tmp_path, {"next_steps/record_reasons.md": text})
    assert found.startswith("next_steps/record_reasons.md: ")
    assert problem in found


@pytest.mark.parametrize(
    "link", ["http://example.org", "example.org", "javascript:x", "https://", "https://a b.org"]
)
def test_a_link_is_https_and_whole(tmp_path: Path, link: str) -> None:
    text = file_text(f"link: '{link}'\nwhen: {{always: true}}\n")
    (found,) = problems_of(tmp_path, {"procedures/online_safety.md": text})
    assert "link must be a link" in found


def test_a_question_needs_its_short_name(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"questions/ref.md": file_text()})
    assert found == ["questions/ref.md: short is missing"]


def test_a_law_note_takes_flags_only(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, {"law/a.md": file_text("from_flags: [refer_now]\n")})
    assert found == "law/a.md: from_flags names refer_now, which the model does not have"


def test_two_items_of_one_kind_cannot_share_a_place(tmp_path: Path) -> None:
    files = {f"{folder}.md": file_text() for folder in ("law/a", "law/b", "flags/under_13")}
    assert problems_of(tmp_path, files) == [
        "law/a.md: order 10 is used more than once",
        "law/b.md: order 10 is used more than once",
    ]


@pytest.mark.parametrize("name", ["law/Notes.md", "law/a.txt", "law/a-b.md"])
def test_a_file_that_is_no_item_is_named(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, {name: file_text()})
    assert found.startswith(f"{name}: the name is not a key")


def test_what_is_not_part_of_an_edition_is_named(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"laws/a.md": file_text(), "README.md": "Hello"})
    assert found == ["README.md: not part of an edition", "laws: not part of an edition"]


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    folder = write_edition(tmp_path / "1", {"law/a.md": file_text()})
    (folder / "law" / "a.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n")
    with pytest.raises(GuidanceError) as caught:
        read_edition(folder)
    assert caught.value.problems == ["law/a.md: the file is not UTF-8"]


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        (ABOUT.replace("note: Made for a test\n", ""), "note is missing"),
        (ABOUT + "author: X\n", "unknown key 'author'"),
        (ABOUT.replace("number: 1", "number: first"), "number must be a whole number"),
        (ABOUT.replace("number: 1", "number: 2"), "number 2 in a folder 1"),
        (ABOUT.replace("2026-11-23", "today"), "published must be a date"),
        ("", "not a list of names and values"),
    ],
)
def test_what_is_wrong_with_the_edition_file_is_said(
    tmp_path: Path, about: str, problem: str
) -> None:
    (found,) = problems_of(tmp_path, {"edition.yaml": about})
    assert found.startswith("edition.yaml: ")
    assert problem in found


def test_an_edition_without_its_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    with pytest.raises(GuidanceError) as caught:
        read_edition(tmp_path / "1")
    assert caught.value.problems == ["edition.yaml: the file cannot be read"]


def test_every_problem_of_every_file_is_listed_at_once(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        {
            "edition.yaml": ABOUT + "author: X\n",
            "law/a.md": file_text("titel: x\n", body="<b>x</b> ![y](/z)"),
            "questions/ref.md": "nothing",
        },
    )
    assert found == [
        "edition.yaml: unknown key 'author'",
        "questions/ref.md: the file does not begin with front matter between two lines of ---",
        "law/a.md: unknown key 'titel' for a law",
        "law/a.md: the text holds raw HTML",
        "law/a.md: the text holds an image",
    ]


def test_editions_are_read_oldest_first(tmp_path: Path) -> None:
    for number in (10, 9):
        about = ABOUT.replace("number: 1", f"number: {number}")
        write_edition(tmp_path / str(number), {"edition.yaml": about})
    (tmp_path / "notes").mkdir()
    assert [edition.number for edition in read_editions(tmp_path)] == [9, 10]


def test_the_problems_of_several_editions_are_told_apart(tmp_path: Path) -> None:
    write_edition(tmp_path / "1")
    write_edition(tmp_path / "2", {"law/a.md": "nothing"})
    with pytest.raises(GuidanceError) as caught:
        read_editions(tmp_path)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "2/edition.yaml",
        "2/law/a.md",
    ]


def test_no_folder_holds_no_edition(tmp_path: Path) -> None:
    assert read_editions(tmp_path / "missing") == []
