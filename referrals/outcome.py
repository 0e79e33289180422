"""The outcome page as data: everything it says, in its order, from what the case has on record.

The page and the plain text for another record are made from the same `Outcome`, so they agree.
Words come from the edition of the guidance that the assessment was made with.
"""

import re
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Contact, ContactKind
from accounts.queries import contacts_for
from guidance.content import EditionContent, Item, Kind
from guidance.recommend import law_notes, why
from referrals.models import Assessment, Case, Recommendation
from referrals.outcome_parts import (
    DOUBT,
    Open,
    PersonNeeds,
    Reason,
    Recommended,
    only_named,
    parts_of,
    sources_in_words,
)
from referrals.urgency import URGENCY
from triage import pages

# Whom to call for each response, in this order; what a case does not call for comes after.
LEADS = (ContactKind.DSL, ContactKind.DEPUTY)
AGENCIES = (ContactKind.CHILDRENS_SERVICES, ContactKind.OUT_OF_HOURS)
CALL_FIRST = {
    "emergency": (*LEADS, ContactKind.POLICE, *AGENCIES),
    "refer_now": (*LEADS, ContactKind.POLICE, *AGENCIES),
    "consult_specialists": (*LEADS, *AGENCIES),
    "other_procedure": LEADS,
    "dsl_judgement": LEADS,
}
TRUST_FLAGS = {"position_of_trust", "position_of_trust_unknown"}

# With no image, this answer still matters, but for pressure alone: nobody made anything.
WITHOUT_IMAGE = {"making_motive": "whether a child was put under pressure to make an image"}
# Why something is asked for though no answer to it, by itself, would change the result: the model
# asks whether there was an adult wherever it takes one to be involved without being told so.
PRESUMED = {"adult_contact": "until this is known, an adult is taken to be involved"}


class Outcome:
    """Everything the outcome page says about a case. Reads the database once for each part.

    Of the assessment given, else of the newest, which is for safeguarding leads alone.
    """

    def __init__(self, case: Case, assessment: Assessment | None = None) -> None:
        self.case = case
        self.assessment: Assessment = assessment or case.assessment
        self.edition: EditionContent = self.assessment.edition.content()
        self.result: dict[str, Any] = self.assessment.result
        self.answers: dict[str, Any] = self.assessment.answers

    def _item(self, kind: Kind, key: str) -> Item:
        return self.edition.item(kind, key)

    @property
    def changed_since(self) -> str:
        """Said where these are not the answers that the case was recorded with; else empty."""
        made = self.assessment
        if made.version == 1:
            return ""
        at = date_format(timezone.localtime(made.made_at), "j F Y, H:i")
        return (
            f"The answers were changed on {at} by {made.made_by.name}. "
            "A member of staff who reported it still sees what was worked out at first."
        )

    # 1. What to do right now, and whom to call.
    @property
    def is_emergency(self) -> bool:
        return self.result["response"] == "emergency"

    @property
    def is_urgent(self) -> bool:
        """Then "if nothing else comes to light, Experimental" is no comfort to give."""
        return self.result["response"] in ("emergency", "refer_now")

    @property
    def urgency(self) -> str:
        return URGENCY[self.result["response"]]

    @cached_property
    def response(self) -> Item:
        return self._item(Kind.RESPONSE, self.result["response"])

    @cached_property
    def emergency(self) -> Item:
        return self._item(Kind.PAGE, "emergency")

    @cached_property
    def contacts(self) -> list[Contact]:
        """Those this case calls for, in the order to try them."""
        kinds = list(CALL_FIRST[self.result["response"]])
        if TRUST_FLAGS & set(self.result["flags"]):
            kinds.append(ContactKind.LADO)
        every = contacts_for(self.case.organisation)
        wanted = (contact for contact in every if contact.kind in kinds)
        return sorted(wanted, key=lambda contact: kinds.index(ContactKind(contact.kind)))

    @property
    def local_note(self) -> str:
        """What the organisation says of its own procedure; a manager writes it."""
        return self.case.organisation.local_note

    # 2. The classification.
    @cached_property
    def classification(self) -> Item:
        return self.assessment.outcome

    @cached_property
    def indicated(self) -> Item | None:
        key = self.result["indicated"]
        return self._item(Kind.OUTCOME, key) if key else None

    @cached_property
    def also_present(self) -> list[Item]:
        return [self._item(Kind.OUTCOME, key) for key in self.result["also_present"]]

    @cached_property
    def cannot_rule_out(self) -> list[Item]:
        return [self._item(Kind.OUTCOME, key) for key in self.result["cannot_rule_out"]]

    # 3. Why.
    @cached_property
    def reasons(self) -> list[Reason]:
        """Those that follow each other from one source are one, so that it is named once."""
        together = groupby(self.result["reasons"], key=lambda reason: reason["source"])
        return [self._reason(source, list(reasons)) for source, reasons in together]

    def _reason(self, source: str, reasons: list[dict[str, Any]]) -> Reason:
        paths = dict.fromkeys(path for reason in reasons for path in reason["because"])
        return Reason(
            texts=[reason["text"] for reason in reasons],
            because=[self.answer_in_words(path) for path in paths],
            sources=sources_in_words(source),
        )

    # 4. What is still open.
    @cached_property
    def still_open(self) -> list[Open]:
        """Most serious consequence first, as recorded."""
        return [
            Open(
                find_out=self.short_name(effect["key"]),
                could_be=self._consequences(effect),
                rules_out=[self._item(Kind.OUTCOME, key).title for key in effect["rules_out"]],
                otherwise=PRESUMED.get(effect["key"], DOUBT),
            )
            for effect in self.assessment.open_effects
        ]

    def _consequences(self, effect: dict[str, Any]) -> list[str]:
        """What an answer could make of this case, in words."""
        outcomes = [self._item(Kind.OUTCOME, key).title for key in effect["could_be"]]
        raised = effect["response"]
        return [*outcomes, *([f"more urgent ({URGENCY[raised].lower()})"] if raised else [])]

    @cached_property
    def find_out(self) -> Item:
        return self._item(Kind.PAGE, "find_out")

    @cached_property
    def judge(self) -> Item | None:
        """Shown when nothing is left to find out but something cannot be ruled out."""
        waiting = self.result["cannot_rule_out"] and not self.result["deciding_questions"]
        return self._item(Kind.PAGE, "judge") if waiting else None

    # 5. The people.
    @cached_property
    def people(self) -> list[PersonNeeds]:
        return [
            PersonNeeds(
                ref=person["ref"],
                age=", ".join(pages.words_for("age", person["age"])),
                played=[self._item(Kind.PART, key).title for key in only_named(person)],
                parts=[self._item(Kind.PART, key) for key in parts_of(person)],
            )
            for person in self.answers["people"]
        ]

    # 6 and 7. Recommended procedures and next steps, as recorded.
    @cached_property
    def procedures(self) -> list[Recommended]:
        return self._recommended(Recommendation.Kind.PROCEDURE)

    @cached_property
    def next_steps(self) -> list[Recommended]:
        return self._recommended(Recommendation.Kind.NEXT_STEP)

    @cached_property
    def _rows(self) -> list[Recommendation]:
        return list(self.assessment.recommendations.all())

    def _recommended(self, kind: Recommendation.Kind) -> list[Recommended]:
        items = [self._item(Kind(row.kind), row.key) for row in self._rows if row.kind == kind]
        facts = self.assessment.facts
        return [Recommended(item, why(self.edition, item, facts)) for item in items]

    # 8 to 10. Notes for each flag, the law in brief, who decides.
    @cached_property
    def flags(self) -> list[Item]:
        return [self._item(Kind.FLAG, key) for key in self.result["flags"]]

    @cached_property
    def law(self) -> tuple[Item, ...]:
        return law_notes(self.edition, self.assessment.facts)

    @cached_property
    def who_decides(self) -> Item:
        return self._item(Kind.PAGE, "who_decides")

    # Answers in words.
    def answer_in_words(self, path: str) -> str:
        """For example "About B. How old was this person? 25" for `people[1].age`."""
        person, key = self._split(path)
        value = person[key] if person else self.answers[key]
        name = self.name_of(path)
        mark = "" if name.endswith("?") else ":"
        return f"{name}{mark} {pages.line_for(key, value)}"

    def name_of(self, path: str) -> str:
        """The question of an answer path, with whom it is about."""
        person, key = self._split(path)
        title = self._item(Kind.QUESTION, key).title
        return f"About {person['ref']}. {title}" if person else title

    def short_name(self, path: str) -> str:
        """What to find out, as a phrase that reads after "Find out"."""
        person, key = self._split(path)
        no_image = self.answers["image_kind"] == "no_image"
        wording = WITHOUT_IMAGE if no_image else {}
        short = wording.get(key) or self._item(Kind.QUESTION, key).short
        return f"{short} ({person['ref']})" if person else short

    def _split(self, path: str) -> tuple[dict[str, Any] | None, str]:
        match = re.fullmatch(r"people\[(\d+)\]\.(\w+)", path)
        return (self.answers["people"][int(match[1])], match[2]) if match else (None, path)
