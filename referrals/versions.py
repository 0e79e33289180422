"""The versions of a case's assessment: who made each, when and why, and what it changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from referrals.actions.assessing import person_ids
from referrals.differences import Differences, Recommended, Side
from referrals.models import Assessment, Case
from triage.model import assess
from triage.model.answers import parse
from triage.model.route import answers_so_far
from triage.models import Draft


@dataclass(frozen=True)
class Version:
    """One version of the assessment. `url` leads to what it changed; the first has none."""

    version: int
    made_by: str
    made_at: datetime
    reason: str
    classification: str
    url: str


def versions_of(case: Case) -> list[Version]:
    """Every version, oldest first. One query."""
    return [version_of(case, assessment) for assessment in assessments_of(case)]


def version_of(case: Case, assessment: Assessment) -> Version:
    first = assessment.version == 1
    return Version(
        version=assessment.version,
        made_by=assessment.made_by.name,
        made_at=assessment.made_at,
        reason=assessment.reason,
        classification=assessment.outcome.title,
        url="" if first else changes_url(case, assessment.version),
    )


def assessments_of(case: Case) -> QuerySet[Assessment]:
    return case.assessments.select_related("made_by", "edition").order_by("version")


def changes_url(case: Case, version: int) -> str:
    return reverse("changes", kwargs={"reference": case.reference, "version": version})


def differences(before: Assessment, now: Assessment) -> Differences:
    """What differs between two assessments of one case."""
    return Differences(side_of(before), side_of(now))


def would_change(newest: Assessment, draft: Draft) -> Differences:
    """What saving an amendment as it is would change in the answers."""
    return Differences(side_of(newest), _side_of_draft(draft))


def _side_of_draft(draft: Draft) -> Side:
    answers = parse(answers_so_far(draft.answers))
    canonical = answers.as_json()
    ids = person_ids(draft)
    return Side(
        answers=canonical,
        people=dict(zip(ids, canonical["people"], strict=True)),
        result=assess(answers).as_json(),
        edition=draft.edition.content(),
    )


def side_of(assessment: Assessment) -> Side:
    rows = assessment.recommendations.order_by("kind", "order")
    return Side(
        answers=assessment.answers,
        people=assessment.people,
        result=assessment.result,
        edition=assessment.edition.content(),
        recommended=tuple(
            Recommended(row.kind, row.key, row.get_progress_display(), row.reason) for row in rows
        ),
    )
