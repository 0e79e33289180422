"""Cases whose time has come, with all that can be kept of a case, for tests of deleting them."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from referrals.actions import amending, planning, recording
from referrals.actions.identities import compare, save_identity
from referrals.chronology import last_number
from referrals.models import Case, EventKind, Identity
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import fresh, newest
from tests.integration.referrals.lead import agree, close
from triage.actions import discard_draft
from triage.models import Draft

OLD_ENOUGH = date(1990, 5, 6)


def closed(case: Case, by: User) -> Case:
    agree(case, by)
    close(case, by, timezone.localdate() + timedelta(days=30))
    return fresh(case)


def due(case: Case) -> Case:
    """The case, with its time come: as if it had been recorded long ago."""
    Case.objects.filter(pk=case.pk).update(retention_from=OLD_ENOUGH)
    return fresh(case)


def card(
    case: Case, by: User, name: str = "", born: date | None = None, person_id: str = "p1"
) -> Identity:
    return save_identity(
        case=case,
        person_id=person_id,
        full_name=name,
        date_of_birth=born,
        pupil_number="",
        seen=last_number(case),
        by=by,
    )


def same(case: Case, other: Case, by: User, *, reason: str = "", holds: bool = True):
    one, two = (Identity.objects.get(case=each) for each in (case, other))
    seen = last_number(case)
    given = {"case": case, "card": one, "other": two, "same": holds, "seen": seen, "by": by}
    return compare(reason=reason, known=0, **given)


def full_case(reporter: User, lead: User, word: str) -> Case:
    """A case that has `word` in every place where a person's words can stand."""
    person = {**PERSON, "ref": f"{word} ref"}
    case = make_case(reporter, people=[person], notes=f"{word} notes", services=[f"{word} app"])
    card(case, lead, name=f"{word} Name")
    _note(case, lead, f"{word} fact")
    first = newest(case)
    recording.add_addendum(
        case=case, about=first, text=f"{word} addendum", seen=last_number(case), by=lead
    )
    recording.add_addendum(
        case=case, about=newest(case), text=f"{word} again", seen=last_number(case), by=lead
    )
    planning.add_step(
        case=case,
        text=f"{word} step",
        responsible=reporter,
        due=None,
        seen=last_number(case),
        by=lead,
    )
    _amend(case, lead, word)
    discard_draft(draft=_begin(case, lead, word), reason=f"{word} discarded", by=lead)
    _begin(case, lead, word)
    return closed(fresh(case), lead)


def _note(case: Case, by: User, facts: str) -> None:
    recording.add_record(
        case=case,
        kind=EventKind.NOTE,
        data={"facts": facts},
        happened_at=timezone.now(),
        seen=last_number(case),
        by=by,
    )


def _begin(case: Case, by: User, word: str) -> Draft:
    reason = f"{word} reason"
    return amending.start_amendment(case=case, reason=reason, seen=last_number(case), by=by)


def _amend(case: Case, by: User, word: str) -> None:
    draft = _begin(case, by, word)
    draft.put({**draft.answers, "notes": f"{word} amended", "repeat_incident": "yes"})
    draft.save(update_fields=["answers"])
    amending.save_amendment(draft=draft, seen=1, by=by)
