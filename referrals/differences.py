"""What changed from one assessment of a case to the next, in words. Pure: it reads no database.

Each side is told in the words of the edition it was made with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guidance.content import EditionContent, Kind
from referrals.urgency import URGENCY
from triage import pages
from triage.model.route import PAGES, replay

NOT_ASKED = "Not asked, because it did not apply"
KINDS = {"procedure": "Procedure", "next_step": "Next step"}


@dataclass(frozen=True)
class Recommended:
    """A recommended procedure or next step by its key, and what had become of it."""

    kind: str
    key: str
    progress: str
    reason: str = ""


@dataclass(frozen=True)
class Side:
    """One assessment, as it is compared. `people` are by id."""

    answers: Mapping[str, Any]
    people: Mapping[str, Mapping[str, Any]]
    result: Mapping[str, Any]
    edition: EditionContent
    recommended: tuple[Recommended, ...] = ()


@dataclass(frozen=True)
class Change:
    """One thing, before and now, line by line."""

    name: str
    before: list[str]
    now: list[str]

    @property
    def same(self) -> bool:
        return self.before == self.now


@dataclass(frozen=True)
class PersonLines:
    """Somebody who was added or removed, in words."""

    ref: str
    lines: list[str]


@dataclass(frozen=True)
class PersonChange:
    """Somebody about whom something else is known now."""

    ref: str
    changes: list[Change]


@dataclass(frozen=True)
class StepLine:
    kind: str
    title: str
    progress: str
    reason: str


class Differences:
    """Everything that differs between two assessments; what does not is left out."""

    def __init__(self, before: Side, now: Side) -> None:
        self.before, self.now = before, now

    # The answers.
    @property
    def answers(self) -> list[Change]:
        """The questions whose answer differs, in the order of the wizard."""
        keys = (key for page in PAGES for key in page.keys)
        return [self.answer(key) for key in keys if self._differs(key)]

    def _differs(self, key: str) -> bool:
        return key in self.now.answers and not self.answer(key).same

    def answer(self, key: str) -> Change:
        """One question with both answers."""
        title = self.now.edition.item(Kind.QUESTION, key).title
        return Change(title, answer_in_words(self.before, key), answer_in_words(self.now, key))

    @property
    def added(self) -> list[PersonLines]:
        return list(_only_in(self.now.people, self.before.people))

    @property
    def removed(self) -> list[PersonLines]:
        return list(_only_in(self.before.people, self.now.people))

    @property
    def changed(self) -> list[PersonChange]:
        both = [key for key in self.now.people if key in self.before.people]
        found = [_person_change(self.before.people[key], self.now.people[key]) for key in both]
        return [person for person in found if person.changes]

    @property
    def any_answer(self) -> bool:
        return bool(self.answers or self.added or self.removed or self.changed)

    # What follows from them.
    @property
    def classification(self) -> Change:
        name = "Classification"
        return Change(name, classification_in_words(self.before), classification_in_words(self.now))

    @property
    def response(self) -> Change:
        before, now = (URGENCY[side.result["response"]] for side in (self.before, self.now))
        return Change("Response", [before], [now])

    @property
    def flags_added(self) -> list[str]:
        return _flags(self.now, without=self.before)

    @property
    def flags_removed(self) -> list[str]:
        return _flags(self.before, without=self.now)

    @property
    def newly_recommended(self) -> list[StepLine]:
        return _steps(self.now, without=self.before)

    @property
    def no_longer_recommended(self) -> list[StepLine]:
        return _steps(self.before, without=self.now)


def answer_in_words(side: Side, key: str) -> list[str]:
    """The answer line by line; or that the question was not asked, which is no answer."""
    asked = {asked for step in replay(side.answers).steps for asked in step.asks}
    return pages.words_for(key, side.answers[key]) if key in asked else [NOT_ASKED]


def classification_in_words(side: Side) -> list[str]:
    result = side.result

    def titles(keys: Iterable[str]) -> str:
        return ", ".join(side.edition.item(Kind.OUTCOME, key).title for key in keys)

    lines = [titles([result["subtype"] or result["category"]])]
    if result["also_present"]:
        lines.append(f"Also present: {titles(result['also_present'])}")
    if result["cannot_rule_out"]:
        lines.append(f"Cannot be ruled out: {titles(result['cannot_rule_out'])}")
    return lines


def _only_in(
    people: Mapping[str, Mapping[str, Any]], others: Mapping[str, Mapping[str, Any]]
) -> Iterator[PersonLines]:
    for key, person in people.items():
        if key not in others:
            yield PersonLines(person["ref"], pages.person_in_words(person))


def _person_change(before: Mapping[str, Any], now: Mapping[str, Any]) -> PersonChange:
    names = {"ref": "Called", **pages.PERSON_NAMES}
    changes = [
        Change(name, pages.words_for(key, before[key]), pages.words_for(key, now[key]))
        for key, name in names.items()
    ]
    return PersonChange(now["ref"], [change for change in changes if not change.same])


def _flags(side: Side, *, without: Side) -> list[str]:
    keys = (key for key in side.result["flags"] if key not in without.result["flags"])
    return [side.edition.item(Kind.FLAG, key).title for key in keys]


def _steps(side: Side, *, without: Side) -> list[StepLine]:
    others = {(step.kind, step.key) for step in without.recommended}
    return [
        StepLine(
            kind=KINDS[step.kind],
            title=side.edition.item(Kind(step.kind), step.key).title,
            progress=step.progress,
            reason=step.reason,
        )
        for step in side.recommended
        if (step.kind, step.key) not in others
    ]
