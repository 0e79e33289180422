"""Drafts and cases with everything in them that could leak: a word in every free text."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from referrals.actions import amending, deciding, identities, planning, recording
from referrals.chronology import last_number
from referrals.models import Case, Event, EventKind, Identity, Recommendation
from tests.factories.referrals import ANSWERS, PERSON, make_case
from tests.sweeps.organisation import Setting, Words
from triage.actions import discard_draft, start_draft
from triage.models import Draft

Given = dict[str, Any]  # some of what an action takes
BORN = date(2011, 5, 4)
WRITTEN = {
    EventKind.REFERRAL: ("agency_name", "by_whom", "reference", "facts", "response"),
    EventKind.REFERRAL_NEWS: ("reference", "response"),
    EventKind.NOTE: ("facts", "judgement"),
}


class Work(Words):
    """What people wrote there. `arguments` are real values for the parts of addresses."""

    def __init__(self, setting: Setting, label: str = "", name: str = "") -> None:
        """`name`: of the child on the identity cards, if it is one that others wrote too."""
        super().__init__(label or setting.label)
        self.people = setting.people
        self.name = name or f"Unusual {self.word('name')}"
        self.case = self._case("case")
        self.alike = self._case("alike")
        self.closed = self._closed()
        self.references = [case.reference for case in (self.case, self.alike, self.closed)]
        self._amend()
        self._decide()
        self.referral = self._record()
        self.step = self._plan()
        self.cards = self._identify()
        self.arguments: dict[str, Any] = {
            **setting.arguments,
            "draft_id": self.case.draft_id,
            "step": "audience",
            "reference": self.case.reference,
            "number": self.referral.number,
            "version": 2,
            "slug": "note",
            "person_id": "p1",
            "step_id": self.step.pk,
            "card_id": self.cards[1].pk,
        }
        # By the name of the address: what it takes instead, and what else it is asked for.
        self.special: dict[str, dict[str, Any]] = {
            **setting.special,
            "outcome_of_draft": {"draft_id": self.case.draft_id},
        }
        more = [{"reference": reference} for reference in self.references[1:]]
        self.further: dict[str, list[dict[str, Any]]] = {"case": more, "chronology": more}

    def by(self, who: str = "dsl") -> Given:
        return {"by": self.people[who]}

    def on(self, case: Case | None = None) -> Given:
        """What an action on a case takes, the lead acting."""
        case = Case.objects.get(pk=(case or self.case).pk)
        return {"case": case, "seen": last_number(case), **self.by()}

    def answers(self, place: str) -> dict[str, Any]:
        return {
            **ANSWERS,
            "people": [{**PERSON, "ref": self.word(f"{place}_ref")}],
            "services": [self.word(f"{place}_services")],
            "notes": self.word(f"{place}_notes"),
        }

    def _draft(self, place: str) -> Draft:
        draft = start_draft(**self.by("owner"))
        draft.put(self.answers(place))
        draft.save(update_fields=["answers"])
        return draft

    def begin(self) -> None:
        """Drafts that are no cases: one is still being answered, one was given up."""
        self.arguments["draft_id"] = self._draft("draft").pk
        discarded = self._draft("discarded")
        self.further["triage_read"] = [{"draft_id": discarded.pk}]
        reason = self.word("discard_reason")
        discard_draft(draft=discarded, reason=reason, **self.by("owner"))
        # So long ago that it is put to the leads, who may delete it.
        long_ago = timezone.now() - timedelta(days=400)
        Draft.objects.filter(pk=discarded.pk).update(discarded_at=long_ago)

    def _case(self, place: str) -> Case:
        return make_case(self.people["owner"], **self.answers(place))

    def _closed(self) -> Case:
        case = self._case("closed")
        deciding.agree(comment="", **self.on(case))
        day = timezone.localdate() + timedelta(days=400)
        given: Given = {"outcome": "supported_here", "review_on": day}
        deciding.close(summary=self.word("closed_summary"), **given, **self.on(case))
        return case

    def _amend(self) -> None:
        draft = amending.start_amendment(reason=self.word("amend_reason"), **self.on())
        changed = {"emotional_impact": "severe", "notes": self.word("amend_notes")}
        draft.put({**draft.answers, **changed})
        draft.save(update_fields=["answers"])
        amending.save_amendment(draft=draft, seen=1, **self.by())

    def _decide(self) -> None:
        deciding.agree(comment=self.word("review"), **self.on())
        deciding.assign(to=self.people["dsl"], **self.on())

    def _record(self) -> Event:
        """A referral, with news of it, and what was added to it."""
        chosen: Given = {"agency": "other", "how": "telephone"}
        referral = self._write(EventKind.REFERRAL, **chosen)
        self._write(EventKind.REFERRAL_NEWS, about=referral, outcome="waiting")
        self._write(EventKind.NOTE)
        recording.add_addendum(about=referral, text=self.word("addendum"), **self.on())
        return referral

    def _write(self, kind: EventKind, *, about: Event | None = None, **chosen: str) -> Event:
        data = {key: self.word(f"{kind}_{key}") for key in WRITTEN[kind]}
        now = timezone.now()
        given: Given = {"kind": kind, "data": data | chosen, "happened_at": now, "about": about}
        return recording.add_record(**given, **self.on())

    def _plan(self) -> Recommendation:
        given: Given = {"responsible": self.people["owner"], "due": timezone.localdate()}
        return planning.add_step(text=self.word("step"), **given, **self.on())

    def _identify(self) -> tuple[Identity, Identity]:
        """The cards of two cases, found to be one child's."""
        one, two = self._card(self.case, "one"), self._card(self.alike, "two")
        found: Given = {"same": True, "reason": self.word("compare_reason"), "known": 0}
        identities.compare(card=one, other=two, **found, **self.on())
        return one, two

    def _card(self, case: Case, which: str) -> Identity:
        values: Given = {"full_name": self.name, "date_of_birth": BORN}
        number = self.word(f"number_{which}")
        given: Given = {"person_id": "p1", "pupil_number": number, **values}
        return identities.save_identity(**given, **self.on(case))

    def restrict(self) -> None:
        """All of it, to the named deputy: not even whoever did it can see it any more."""
        for case in (self.case, self.alike, self.closed):
            reason = self.word("restrict_reason")
            deciding.restrict(named=[self.people["named"]], reason=reason, **self.on(case))
