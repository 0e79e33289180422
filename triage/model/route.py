"""Which pages apply, replayed from the start each time from what a draft holds.

A draft stores more than what counts: answers of pages that are no longer on the route stay in it,
in case the branch comes back. `replay` says which pages apply now and which answers count now.
Pages, sections and their order follow the key questions of the source.

A draft's stored answers are the answers of `answers.py` with three additions: each person has an
`id`, `people_listed` says that the list of people was confirmed, and `notes` holds what was said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from triage.model.ages import known_adult
from triage.model.refs import NOBODY_YET
from triage.model.vocabulary import PERSON_ORDER

Stored = Mapping[str, Any]

SECTIONS = {
    "who": "Who is involved",
    "how": "How it was shared",
    "intent": "Intent",
    "impact": "Impact",
}
NOT_SHARED = {
    "willing_sharing": "not_shared",
    "recipient_wanted": "not_shared",
    "onward_motive": "not_shared_on",
}


@dataclass(frozen=True)
class Page:
    """One page of the wizard: its name in the address, its section, the answers it asks for."""

    name: str
    section: str | None
    keys: tuple[str, ...]


PAGES = (
    Page("immediate-risk", "who", ("immediate_risk",)),
    Page("people", "who", ("people_listed",)),
    Page("earlier-incidents", "who", ("repeat_incident",)),
    Page("image", "how", ("image_kind",)),
    Page("audience", "how", ("audience",)),
    Page("services", "how", ("services", "still_accessible")),
    Page("relationship", "how", ("relationship", "recipient_wanted")),
    Page("making", "intent", ("willing_making", "making_motive")),
    Page("sharing", "intent", ("willing_sharing", "onward_motive")),
    Page("pressure", "intent", ("pressure",)),
    Page("adults", "intent", ("adult_contact",)),
    Page("position-of-trust", "intent", ("position_of_trust",)),
    Page("consent", "intent", ("capacity_concern",)),
    Page("content", "intent", ("extreme_content",)),
    Page("feelings", "impact", ("emotional_impact",)),
    Page("criminal", "impact", ("criminal_consequences",)),
    Page("long-term", "impact", ("long_term_impact",)),
    Page("notes", None, ("notes",)),
)


@dataclass(frozen=True)
class Step:
    """A page that applies, with those of its questions that apply, and whether all are answered."""

    page: Page
    asks: tuple[str, ...]
    answered: bool


@dataclass(frozen=True)
class Route:
    """The steps that apply, in order; the answers that count (`answers.parse` takes them)."""

    steps: tuple[Step, ...]
    answers: dict[str, Any]

    def step(self, name: str) -> Step | None:
        """The step of that page name, or None when the page does not apply."""
        return next((step for step in self.steps if step.page.name == name), None)

    def at(self, name: str) -> Step:
        """The step of a page that is known to apply. Raises KeyError when it does not."""
        return {step.page.name: step for step in self.steps}[name]

    @property
    def names(self) -> list[str]:
        return [step.page.name for step in self.steps]

    @property
    def first_open(self) -> Step | None:
        """The first step with a question not yet answered; None when the route is complete."""
        return next((step for step in self.steps if not step.answered), None)

    def reachable(self, name: str) -> bool:
        """Whether the page applies, and was answered already or is the next to answer.

        An answered page stays open to changes when a change before it asks something new there:
        it may hold one of two answers that contradict each other.
        """
        step = self.step(name)
        return step is not None and (step.answered or step == self.first_open)

    def before(self, name: str) -> str | None:
        """The page before this one on the route; None for the first."""
        index = self.names.index(name)
        return self.names[index - 1] if index else None


def replay(stored: Stored) -> Route:
    """Walk the pages in order; each page may look only at answers counted before it."""
    counted: dict[str, Any] = {"people": [_person(p) for p in stored.get("people", [])]}
    steps: list[Step] = []
    for page in PAGES:
        asks = _asked(page, counted)
        if not asks:
            continue
        counted.update({key: stored[key] for key in asks if key in stored})
        answered = _listed(stored) if page.name == "people" else all(k in counted for k in asks)
        steps.append(Step(page, asks, answered))
    counted.update(_settled_by_the_route(counted, [step.page.name for step in steps]))
    for internal in ("people_listed", "notes"):
        counted.pop(internal, None)
    return Route(tuple(steps), counted)


def answers_so_far(stored: Stored) -> dict[str, Any]:
    """The answers that count, fit to be classified at any moment: unknown is unknown.

    With nobody listed yet there is still somebody to protect: a person nobody has identified.
    """
    answers = replay(stored).answers
    return answers if answers["people"] else {**answers, "people": [{"ref": NOBODY_YET}]}


def _person(person: Stored) -> dict[str, Any]:
    return {key: person[key] for key in PERSON_ORDER if key in person}


def _asked(page: Page, counted: Stored) -> tuple[str, ...]:
    """The questions of this page that apply, given the answers counted so far."""
    no_image = counted.get("image_kind") == "no_image"
    kept = counted.get("audience") == "kept"
    if no_image and page.name in ("audience", "making", "sharing"):
        return ()
    if kept and page.name == "sharing":
        return ()
    if page.name == "position-of-trust" and not adult_possible(counted):
        return ()
    left_out = set()
    if no_image or kept:
        left_out.add("recipient_wanted")
    if no_image:
        left_out.add("still_accessible")
    return tuple(key for key in page.keys if key not in left_out)


def _listed(stored: Stored) -> bool:
    """Whether the list of people was confirmed and says who is pictured."""
    return "people_listed" in stored and someone_pictured(stored)


def someone_pictured(stored: Stored) -> bool:
    """Whether somebody listed is pictured; or there is no image, so that nobody can be."""
    people = stored.get("people", [])
    no_image = stored.get("people_listed") == "no_image"
    if no_image and stored.get("image_kind", "no_image") == "no_image":
        return bool(people)
    return any("pictured" in person.get("roles", []) for person in people)


def adult_possible(answers: Stored) -> bool:
    """Whether an adult is or may be involved: by the answer, or because of who is listed.

    Someone who only reported it is left aside when known to be an adult.
    """
    if answers.get("adult_contact", "unknown") != "no":
        return True
    return any(_may_be_adult(person) for person in answers["people"])


def _may_be_adult(person: Stored) -> bool:
    age = person.get("age", "unknown")
    certain = known_adult(age)
    if certain and person.get("roles") == ["reporter"]:
        return False
    return certain or age == "unknown"


def _settled_by_the_route(counted: Stored, on_route: list[str]) -> dict[str, str]:
    """What a skipped page would have said: nothing shown is not shared; no adult, no trust."""
    settled: dict[str, str] = {}
    if counted.get("image_kind") == "no_image":
        settled |= {"audience": "kept", **NOT_SHARED}
    elif counted.get("audience") == "kept":
        settled |= NOT_SHARED
    if "position-of-trust" not in on_route:
        settled["position_of_trust"] = "no"
    return settled
