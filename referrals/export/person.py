"""Everything held on one person of a case, in all the cases that the reader may see."""

from collections.abc import Iterator

from accounts.models import User
from guidance.content import Kind
from referrals.export.entries import entries_about
from referrals.export.held import Held, HeldInCase, Item, Part, lines
from referrals.identities import Elsewhere, identity_row
from referrals.models import Assessment, Case, Comparison, Identity
from referrals.retention.dates import retention_of, rule_of
from referrals.urgency import URGENCY
from referrals.versions import assessments_of
from triage import pages
from triage.models import Draft
from triage.summary import Row, in_sections

SAME = {True: "The same person as in case {}", False: "Not the same person as in case {}"}


def held_on(case: Case, person_id: str, user: User) -> Held:
    """The case of the card first, then those with which it is linked."""
    row = identity_row(case, person_id, user)
    links = row.links if row else []
    found = [(case, person_id), *((link.case, link.card.person_id) for link in links)]
    return Held([_in_case(one, person, user) for one, person in found])


def _in_case(case: Case, person_id: str, user: User) -> HeldInCase:
    card = Identity.objects.filter(case=case, person_id=person_id).first()
    versions = list(assessments_of(case))
    called = [one.people[person_id]["ref"] for one in versions if person_id in one.people]
    entries = entries_about(case, called, card.full_name if card else "")
    parts = [
        Part("The case", list(_case(case))),
        Part("Identity card", list(_card(card))),
        Part("What was answered about this person", list(_answers(versions, person_id))),
        Part("What was answered about what happened", list(_incident(case, versions))),
        Part("What the tool worked out", list(_worked_out(versions))),
        Part("Entries of the chronology", entries.items),
        Part("Steps of the plan", list(_steps(case))),
        Part("Whether this is somebody of another case", list(_compared(case, card, user))),
        Part("Changes of answers that were not saved", list(_unsaved(case, person_id))),
    ]
    return HeldInCase(case, called[-1] if called else "", parts, entries.left_out)


def _case(case: Case) -> Iterator[Item]:
    edition = case.assessment.edition.content()
    title = edition.item(Kind.OUTCOME, case.classification).title
    yield Item("Reference", case.reference)
    yield Item("Recorded", "", case.submitted_at, case.submitted_by.name)
    yield Item("Status", case.get_status_display())
    yield Item("Classification", title, others=True)
    yield Item("Response", URGENCY[case.response], others=True)
    until = retention_of(case, rule_of(case.organisation)).review_on
    yield Item("Kept until", f"{until.day} {until:%B %Y}")


def _card(card: Identity | None) -> Iterator[Item]:
    if card is None:
        return
    born = card.date_of_birth
    known = {
        "Full name": card.full_name,
        "Date of birth": f"{born.day} {born:%B %Y}" if born else "",
        "Your own number": card.pupil_number,
    }
    yield from (Item(what, text) for what, text in known.items() if text)


def _answers(versions: list[Assessment], person_id: str) -> Iterator[Item]:
    """Each version that says something else than the one before."""
    before: list[str] = []
    for one in versions:
        if person_id not in one.people:
            continue
        person = one.people[person_id]
        now = [f"Called: {person['ref']}", *pages.person_in_words(person)]
        for line in now:
            if line not in before:
                what, _, text = line.partition(": ")
                yield Item(what, text, one.made_at, one.made_by.name)
        before = now


def _incident(case: Case, versions: list[Assessment]) -> Iterator[Item]:
    """The answers about no one person, the notes, and why answers were changed."""
    if case.notes:
        yield Item("Notes", case.notes, case.submitted_at, case.submitted_by.name, others=True)
    before: set[tuple[str, ...]] = set()
    for one in versions:
        now = set()
        for row in _rows(one):
            answer = (row.question, *row.lines)
            now.add(answer)
            if answer not in before:
                text = "; ".join(row.lines)
                yield Item(row.question, text, one.made_at, one.made_by.name, others=True)
        before = now
        if one.reason:
            yield Item("Why", one.reason, one.made_at, one.made_by.name, others=True)


def _rows(one: Assessment) -> Iterator[Row]:
    """What was answered, without the people: those have a part of their own, each."""
    people = {person["ref"] for person in one.people.values()}
    stored = {**one.answers, "notes": one.notes}
    for section in in_sections(stored, one.edition.content()):
        yield from (row for row in section.rows if row.question not in people)


def _worked_out(versions: list[Assessment]) -> Iterator[Item]:
    for one in versions:
        text = f"{one.outcome.title}. Response: {URGENCY[one.result['response']]}"
        yield Item(f"Assessment {one.version}", text, one.made_at, others=True)


def _steps(case: Case) -> Iterator[Item]:
    """Those with words that somebody typed."""
    for step in case.recommendations.select_related("responsible"):
        text = "\n".join(filter(None, [step.text, step.reason]))
        if text:
            by = step.responsible.name if step.responsible else ""
            yield Item(step.get_kind_display(), text, by=by, others=True)


def _compared(case: Case, card: Identity | None, user: User) -> Iterator[Item]:
    """The decision that holds with each other card whose case the reader may see."""
    if card is None:
        return
    for pair, decision in Elsewhere(case, [card], user).decisions.items():
        if card.pk in pair:
            yield _decided(card, decision)


def _decided(card: Identity, decision: Comparison) -> Item:
    other = decision.other if decision.one_id == card.pk else decision.one
    what = SAME[decision.same].format(other.case.reference)
    by = decision.decided_by.name
    return Item(what, decision.reason, decision.decided_at, by, others=bool(decision.reason))


def _unsaved(case: Case, person_id: str) -> Iterator[Item]:
    drafts = Draft.objects.filter(amends=case.reference, submitted_at=None)
    for draft in drafts.select_related("owner").order_by("started_at"):
        what = "Discarded" if draft.discarded_at else "Not finished"
        person = draft.person(person_id)
        texts = [*(pages.person_in_words(person) if person else []), draft.notes]
        texts += [draft.amend_reason, draft.discard_reason]
        for item in lines(what, filter(None, texts)):
            yield Item(item.what, item.text, draft.saved_at, draft.owner.name, others=True)
