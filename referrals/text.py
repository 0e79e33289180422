"""The outcome as plain text, to paste into another record. Made from the same data as the page."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone

from guidance.content import Item
from referrals.outcome import Outcome
from web.markdown import plain


def as_text(outcome: Outcome) -> str:
    """Headings in capitals, lists with dashes, no line the page does not have."""
    return "\n".join(_lines(outcome)).strip() + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield from _head(outcome)
    yield from _section("What to do right now", [_note(outcome.response)])
    yield from _section("Whom to call", map(contact_line, outcome.contacts))
    yield from _section("What your setting says", filter(None, [outcome.local_note]))
    yield from _section("What kind of incident this is", _classification(outcome))
    yield from _section("Why", _reasons(outcome))
    yield from _section("What is still open", _open(outcome))
    yield from _section("The people, and what each needs", _people(outcome))
    for title, recommended in (
        ("Recommended procedures", outcome.procedures),
        ("Next steps", outcome.next_steps),
    ):
        yield from _section(title, (f"{_note(r.item)}\n  {r.why}" for r in recommended))
    yield from _section("Notes", map(_note, outcome.flags))
    yield from _section("The law in brief", map(_note, outcome.law))
    yield from _section("Who decides", [_note(outcome.who_decides)])


def _head(outcome: Outcome) -> Iterator[str]:
    case, edition = outcome.case, outcome.edition
    made = timezone.localtime(case.submitted_at)
    yield f"{settings.SERVICE_NAME}: case {case.reference}"
    yield f"Recorded {made:%d %B %Y, %H:%M} by {case.submitted_by.name}, {case.organisation.name}"
    yield f"Guidance: {edition.title}, edition {edition.number}"
    yield f"Response: {outcome.urgency}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = [f"- {line}" for line in lines]
    if body:
        yield from ("", title.upper(), *body)


def contact_line(contact: object) -> str:
    """Name, what they are, and how to reach them, in one line."""
    what = f"{contact.name} ({contact.role_title or contact.get_kind_display()})"  # type: ignore[attr-defined]
    reach = (contact.telephone, contact.email, contact.when_available)  # type: ignore[attr-defined]
    return ", ".join([what, *filter(None, reach)])


def _note(item: Item) -> str:
    return f"{item.title}. {' '.join(plain(item.body).split())}"


def _classification(outcome: Outcome) -> Iterator[str]:
    yield _note(outcome.classification)
    if outcome.indicated and not outcome.is_urgent:
        yield f"If nothing more serious comes to light: {outcome.indicated.title}"
    for item in outcome.also_present:
        yield f"Also present: {item.title}"
    for item in outcome.cannot_rule_out:
        yield f"Cannot be ruled out: {item.title}"


def _reasons(outcome: Outcome) -> Iterator[str]:
    for reason in outcome.reasons:
        because = "; ".join(reason.because)
        yield f"{reason.text} Because of: {because}. Source: {reason.source}"


def _open(outcome: Outcome) -> Iterator[str]:
    for line in outcome.still_open:
        yield line.sentence
    if outcome.judge:
        yield _note(outcome.judge)


def _people(outcome: Outcome) -> Iterator[str]:
    for person in outcome.people:
        notes = (_note(part) for part in person.parts)
        parts = " ".join([*(f"{title}." for title in person.played), *notes])
        yield f"{person.ref}, age: {person.age}. {parts}"
