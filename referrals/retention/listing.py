"""The closed cases whose retention is to be reviewed, for the leads who may see them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import User
from guidance.content import Kind
from guidance.queries import current_edition
from referrals.models import Basis, Case, Status
from referrals.queries import visible_cases
from referrals.retention.dates import SOON, come_by, retention_of, rule_of

COUNTED = ("pk", "retention_from", "retention_basis", "kept_until")


@dataclass(frozen=True)
class ReviewRow:
    """A case of the list. `basis` says in words what its date was taken from."""

    case: Case
    classification: str
    review_on: date
    basis: str
    is_due: bool
    is_held: bool


def to_review(user: User) -> list[int]:
    """The ids of all such cases: the date has come, or comes soon. The earliest first."""
    if user.organisation is None:
        return []
    rule = rule_of(user.organisation)
    closed = visible_cases(user).filter(status=Status.CLOSED)
    found = closed.filter(come_by(timezone.localdate() + SOON, rule)).only(*COUNTED)
    dates = [(retention_of(case, rule).review_on, case.pk) for case in found]
    return [pk for _, pk in sorted(dates)]


def number_due(user: User) -> int:
    """How many of them can be decided on now: their date has come, and nothing holds them."""
    if user.organisation is None:
        return 0
    come = come_by(timezone.localdate(), rule_of(user.organisation))
    return visible_cases(user).filter(come, status=Status.CLOSED, hold=None).count()


def review_rows(user: User, ids: list[int]) -> list[ReviewRow]:
    """Those of these ids that the user may see, in their order."""
    if user.organisation is None:
        return []
    rule, edition = rule_of(user.organisation), current_edition().content()
    cases = visible_cases(user).select_related("hold").in_bulk(ids)
    rows = []
    for case in (cases[pk] for pk in ids if pk in cases):
        retention = retention_of(case, rule)
        rows.append(
            ReviewRow(
                case=case,
                classification=edition.item(Kind.OUTCOME, case.classification).title,
                review_on=retention.review_on,
                basis=basis_in_words(case),
                is_due=retention.is_due,
                is_held=hasattr(case, "hold"),
            )
        )
    return rows


def basis_in_words(case: Case) -> str:
    return f"Counted from {BASIS[Basis(case.retention_basis)]}"


BASIS = {
    Basis.BORN: "the youngest child’s date of birth, on an identity card",
    Basis.AGE: "the youngest child’s age, as it was answered",
    Basis.UNKNOWN: "the day somebody was listed whose age is not known: they may be the youngest",
    Basis.NONE: "the day it was closed or recorded, because no child’s age is known",
}
