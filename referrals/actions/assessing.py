"""Saving what the tool worked out for a case, with everything that follows from it."""

from datetime import datetime
from typing import Any

from accounts.models import User
from guidance.queries import current_edition
from guidance.recommend import recommend
from referrals.models import Assessment, Case, CaseFlag, Recommendation
from triage.model import Assessment as Assessed
from triage.model.answers import parse
from triage.model.effects import effects_of
from triage.model.route import answers_so_far
from triage.models import Draft

NOBODY = "nobody"  # the id of whoever is pictured where nobody was listed


def save_assessment(
    case: Case, draft: Draft, assessed: Assessed, *, by: User, at: datetime, version: int = 1
) -> Assessment:
    """Save the assessment of a draft's answers, its flags, and a row for everything recommended."""
    answers = parse(answers_so_far(draft.answers))
    assessment = Assessment.objects.create(
        case=case,
        version=version,
        answers=answers.as_json(),
        result=assessed.as_json(),
        open_effects=[effect.as_json() for effect in effects_of(answers, assessed)],
        person_ids=person_ids(draft),
        notes=draft.notes if version > 1 else "",
        reason=draft.amend_reason,
        edition=current_edition(),
        made_by=by,
        made_at=at,
    )
    CaseFlag.objects.filter(case=case).delete()
    CaseFlag.objects.bulk_create(CaseFlag(case=case, flag=flag) for flag in assessed.flags)
    _save_recommended(case, assessment)
    return assessment


def person_ids(draft: Draft) -> list[str]:
    """The id of each person whom the assessment of a draft is about."""
    return [person["id"] for person in draft.people] or [NOBODY]


def _save_recommended(case: Case, assessment: Assessment) -> None:
    """In the edition's order. What became of the same item before is carried over."""
    wanted = recommend(assessment.edition.content(), assessment.facts)
    before = _newest_by_key(case, assessment)
    Recommendation.objects.bulk_create(
        Recommendation(
            case=case,
            assessment=assessment,
            kind=item.kind,
            key=item.key,
            order=order,
            **_carried(before.get((item.kind.value, item.key))),
        )
        for items in (wanted.procedures, wanted.next_steps)
        for order, item in enumerate(items)
    )


def _newest_by_key(case: Case, assessment: Assessment) -> dict[tuple[str, str], Recommendation]:
    rows = case.recommendations.filter(assessment__version__lt=assessment.version)
    return {(row.kind, row.key): row for row in rows.order_by("assessment__version")}


def _carried(row: Recommendation | None) -> dict[str, Any]:
    names = ("progress", "reason", "responsible_id", "due")
    return {name: getattr(row, name) for name in names} if row else {}


def first_words(draft: Draft) -> str:
    """What search looks through: the people's references and the notes."""
    refs = [person["ref"] for person in draft.people]
    return "\n".join([*refs, draft.notes]).casefold()
