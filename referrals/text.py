"""The outcome as plain text, to paste into another record. Made from the same data as the page.

It says everything that the page says, in the page's order: a test compares the two, paragraph by
paragraph.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date

from accounts.models import Contact
from guidance.content import Item
from referrals.outcome import Outcome
from web.markdown import plain

NOBODY_TO_CALL = (
    "Your organisation has not said whom to call. "
    "Find your designated safeguarding lead in person, now. In danger, call 999."
)
CAN_OPEN = "Your safeguarding lead can open this case."
SENT_EARLY = (
    "It was sent before every question was answered; what was not answered counts as not known."
)
NOTHING_OPEN = (
    "No answer that is missing would change what kind of incident this is, or how urgent it is."
)


def as_text(outcome: Outcome) -> str:
    """Headings in capitals, lists with dashes, next steps with numbers."""
    parts = (_head, _now, _assessment, _advice)
    return "\n".join(line for part in parts for line in part(outcome)) + "\n"


def _head(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    made = timezone.localtime(case.submitted_at)
    yield settings.SERVICE_NAME
    yield f"Case {case.reference}, recorded {format_date(made, 'j F Y')} at {made:%H:%M}"
    yield f"By {case.submitted_by.name}, {case.organisation.name}"
    yield f"Response: {outcome.urgency}"
    yield from ("", "WHAT TO DO, AND WHY")
    if outcome.changed_since:
        yield from ("", outcome.changed_since)


def _now(outcome: Outcome) -> Iterator[str]:
    if outcome.is_emergency:
        yield from _section(outcome.emergency.title, [_words(outcome.emergency)])
    yield from _section("What to do right now", [_note(outcome.response)])
    yield from _section("Whom to call", map(_contact, outcome.contacts), NOBODY_TO_CALL)
    yield from _section("What your setting says", filter(None, [_lines(outcome.local_note)]))
    yield from ("", f"{CAN_OPEN} {SENT_EARLY}" if outcome.case.sent_early else CAN_OPEN)


def _assessment(outcome: Outcome) -> Iterator[str]:
    yield from _section("What kind of incident this is", _classification(outcome))
    yield from _section("Why", _reasons(outcome))
    yield from _section("What is still open, and what it could change", _open(outcome))
    yield from _section("The people, and what each of them needs", _people(outcome))


def _advice(outcome: Outcome) -> Iterator[str]:
    yield from _section("Recommended procedures", _procedures(outcome))
    yield from _section("Next steps", _steps(outcome), numbered=True)
    yield from _section("What to bear in mind in this case", map(_note, outcome.flags))
    yield from _section("The law in brief", _law(outcome))
    yield from _section(outcome.who_decides.title, [_words(outcome.who_decides)])
    edition = outcome.edition
    yield from ("", f"Guidance: {edition.title}, edition {edition.number}.")


def _section(
    title: str, entries: Iterable[str], otherwise: str = "", *, numbered: bool = False
) -> Iterator[str]:
    """A heading and its entries; `otherwise` where there are none, or nothing at all."""
    found = list(entries) or [otherwise] * bool(otherwise)
    if found:
        yield from ("", title.upper())
    for place, entry in enumerate(found, start=1):
        mark = f"{place}. " if numbered else "- "
        yield mark + entry.replace("\n", "\n" + " " * len(mark))


def _words(item: Item) -> str:
    return " ".join(plain(item.body).split())


def _note(item: Item) -> str:
    return f"{item.title}. {_words(item)}"


def _lines(*given: str) -> str:
    """One entry of several lines, without those that say nothing."""
    return "\n".join(line for text in given for line in text.splitlines() if line.strip())


def _contact(contact: Contact) -> str:
    what = f"{contact.name} ({contact.role_title or contact.get_kind_display()})"
    reach = (contact.telephone, contact.email, contact.when_available)
    return ", ".join([what, *filter(None, reach)])


def _classification(outcome: Outcome) -> Iterator[str]:
    yield _note(outcome.classification)
    if outcome.indicated and not outcome.is_urgent:
        title = outcome.indicated.title
        yield f"If nothing more serious comes to light, it looks like: {title}."
    if outcome.also_present:
        yield f"Also present: {_titles(outcome.also_present)}"
    if outcome.cannot_rule_out:
        yield f"Cannot be ruled out yet: {_titles(outcome.cannot_rule_out)}"


def _titles(items: Iterable[Item]) -> str:
    return "; ".join(item.title for item in items)


def _reasons(outcome: Outcome) -> Iterator[str]:
    for reason in outcome.reasons:
        answers = (f"- {line}" for line in reason.because)
        yield _lines(*reason.texts, "The answers this rests on:", *answers, *reason.sources)


def _open(outcome: Outcome) -> Iterator[str]:
    for line in outcome.still_open:
        yield line.sentence
    yield _words(outcome.find_out) if outcome.still_open else NOTHING_OPEN
    if outcome.judge:
        yield _note(outcome.judge)


def _people(outcome: Outcome) -> Iterator[str]:
    for person in outcome.people:
        notes = (_note(part) for part in person.parts)
        played = (f"{title}." for title in person.played)
        yield _lines(f"{person.ref} (age: {person.age})", *played, *notes)


def _procedures(outcome: Outcome) -> Iterator[str]:
    for recommended in outcome.procedures:
        item = recommended.item
        link = f" ({item.link})" if item.link else ""
        yield _lines(f"{item.title}{link}", recommended.why, _words(item), _check(item))


def _steps(outcome: Outcome) -> Iterator[str]:
    for recommended in outcome.next_steps:
        item = recommended.item
        yield _lines(_note(item), recommended.why, _check(item), f"Source: {item.source}")


def _check(item: Item) -> str:
    return f"Check locally: {item.check_locally}" if item.check_locally else ""


def _law(outcome: Outcome) -> Iterator[str]:
    for note in outcome.law:
        check = f"Check: {note.check_locally}" if note.check_locally else ""
        checked = f"Last checked {format_date(note.checked, 'j F Y')}."
        yield _lines(_note(note), check, f"Source: {note.source}. {checked}")
