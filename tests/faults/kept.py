"""What must hold of the database whatever happened to the server."""

from typing import Any

from audit.acts import Act
from audit.chain import verify
from audit.models import Entry, Head
from outbox.models import Message
from referrals.models import Case, EventKind
from tests.faults.load import Journal
from triage.models import Draft


def assert_kept(journal: Journal) -> None:
    """Every acknowledged step and case is there."""
    assert journal.faults == [], journal.faults
    drafts = {str(draft.pk): draft for draft in Draft.objects.all()}
    for draft_id, steps in journal.steps.items():
        for page, values in steps.items():
            assert _holds(drafts[draft_id], page, values), (draft_id, page, values)
    recorded = {str(case.draft_id): case.reference for case in Case.objects.all()}
    for draft_id, reference in journal.cases.items():
        assert recorded[draft_id] == reference


def _holds(draft: Draft, page: str, values: dict[str, Any]) -> bool:
    if page == "people":
        return draft.answers.get("people_listed") == "yes"
    if page.startswith("people/"):
        return [person["ref"] for person in draft.people] == [values["ref"]]
    return all(_says(draft.answers.get(key), value) for key, value in values.items())


def _says(stored: Any, posted: Any) -> bool:
    return stored in (posted, [posted]) or (posted == ["none"] and stored == [])


def assert_whole() -> None:
    """No half case, acknowledged or not; every audit chain verifies, to its head."""
    for case in Case.objects.select_related("draft"):
        assert case.draft.submitted_at is not None, case
        assert case.assessment is not None, case
        assert case.recommendations.exists(), case
        assert case.events.filter(kind=EventKind.RECEIVED).count() == 1, case
        assert Message.objects.filter(key__startswith=f"case:{case.reference}").exists(), case
    submitted = Draft.objects.filter(amends="").exclude(submitted_at=None)
    assert submitted.count() == Case.objects.count()
    of_cases = Entry.objects.filter(action=Act.CASE_RECORDED).values_list("object_id", flat=True)
    assert sorted(map(int, of_cases)) == sorted(Case.objects.values_list("pk", flat=True))
    of_drafts = Entry.objects.filter(action=Act.DRAFT_STARTED).values_list("object_id", flat=True)
    assert sorted(of_drafts) == sorted(
        str(key) for key in Draft.objects.values_list("pk", flat=True)
    )
    assert_chains_verify()


def assert_chains_verify() -> None:
    for head in Head.objects.all():
        rows = Entry.objects.filter(organisation_id=head.chain or None).order_by("sequence")
        assert verify(rows, head=(head.sequence, head.hash)) is None
        assert head.sequence == rows.count()
