"""Deletions that a restored backup has undone: done again, from the list of them."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.acts import Act
from audit.models import Entry
from audit.recorder import System, record
from referrals.models import Case, Tombstone
from referrals.retention.actions import held
from referrals.retention.deleting import erase
from referrals.retention.discarded import erase_drafts
from referrals.retention.lines import PLAIN, Values
from triage.models import Draft

DONE = "deleted again"
NOT_HERE = "is not in this database"
KNOWN = "was deleted here already"
HELD = "is on legal hold in this database: lift the hold, and do it again"
OTHER = "is another one here, or another organisation’s, so nothing was done"
OPEN = "was not discarded yet in this database, so nothing was done"
REFUSED = (HELD, OTHER, OPEN)


@transaction.atomic
def delete_again(values: Values, *, by: System) -> str:
    """Do what a line says was done. Gives what became of it: one of the texts above."""
    return _draft_again(values, by) if "draft_id" in values else _case_again(values, by)


def _case_again(values: Values, by: System) -> str:
    reference = values["reference"]
    if Tombstone.objects.filter(reference=reference).exists():
        return KNOWN
    case = Case.objects.select_for_update(no_key=True).filter(reference=reference).first()
    if case is None:
        return NOT_HERE
    if (case.pk, case.organisation_id) != (values["case_id"], values["organisation_id"]):
        return OTHER
    if held(case):
        return HELD
    _make_tombstone(case, values)
    erase(case)
    record(by=by, action=Act.CASE_DELETED, obj=case, organisation=case.organisation)
    return DONE


def _make_tombstone(case: Case, values: Values) -> None:
    """As it was. Of people, those alone that this database has in the case's organisation."""
    people = User.objects.filter(organisation=case.organisation_id)
    plain = {key: values[key] for key in (*PLAIN, "restricted") if key != "deleted_by_id"}
    tombstone = Tombstone.objects.create(
        **plain,
        deleted_at=datetime.fromisoformat(values["deleted_at"]),
        deleted_by=people.filter(pk=values["deleted_by_id"]).first(),
    )
    tombstone.named.set(people.filter(pk__in=values["named"]))


def _draft_again(values: Values, by: System) -> str:
    entries = Entry.objects.filter(action=Act.DRAFT_DELETED.value, object_id=values["draft_id"])
    drafts = Draft.objects.select_for_update(no_key=True).filter(pk=values["draft_id"])
    draft = drafts.first()
    if draft is None:
        return KNOWN if entries.exists() else NOT_HERE
    if draft.organisation_id != values["organisation_id"]:
        return OTHER
    if draft.discarded_at is None:
        return OPEN
    erase_drafts([draft], by=by)
    return DONE
