"""Every combination of the answers a condition reads, while watching what it reads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from triage.model.answers import Answers, Person
from triage.model.conditions import Condition, Rule
from triage.model.logic import F, T, Truth, U
from triage.model.outcome import Findings
from triage.model.vocabulary import SCALARS

TRUTHS = (F, U, T)
OF_LETTER = {"T": T, "U": U, "F": F, True: T, False: F}
PRESSURES: tuple[tuple[str, ...], ...] = (
    (),
    ("unknown",),
    ("asked_repeatedly",),
    ("guilt_or_dares",),
    ("threats",),
    ("blackmail",),
    ("deception",),
    ("payment_or_gifts",),
    ("sexual_abuse",),
    ("asked_repeatedly", "guilt_or_dares"),
    ("guilt_or_dares", "threats"),
    ("asked_repeatedly", "payment_or_gifts"),
    ("blackmail", "sexual_abuse"),
)
CALM = {
    "immediate_risk": "no",
    "repeat_incident": "no",
    "image_kind": "real",
    "audience": "pair",
    "still_accessible": "no",
    "relationship": "peers",
    "willing_making": "yes",
    "willing_sharing": "yes",
    "recipient_wanted": "yes",
    "pressure": (),
    "making_motive": "romantic",
    "onward_motive": "not_shared_on",
    "adult_contact": "no",
    "position_of_trust": "no",
    "capacity_concern": "no",
    "extreme_content": "no",
    "emotional_impact": "none_seen",
    "criminal_consequences": "none_identified",
    "long_term_impact": (),
}
CALM_PEOPLE = (
    Person("A", 15, ("pictured", "made_image"), (), "none"),
    Person("B", 15, ("received",), (), "none"),
)
People = tuple[Person, ...]


def calm(people: People = CALM_PEOPLE, **changes: Any) -> Answers:
    """Answers in which nothing is unknown and nothing is wrong, but for the changes."""
    return Answers(people=people, **(CALM | changes))


def combinations(reads: Sequence[str], casts: Iterable[People]) -> Iterator[Answers]:
    """Every value of every plain answer read, with every cast, in otherwise calm answers."""
    keys = [key for key in reads if not key.startswith("people.")]
    values: list[Sequence[Any]] = [PRESSURES if key == "pressure" else SCALARS[key] for key in keys]
    # Casts that nothing looks at would only make the count look larger.
    about_people = len(keys) < len(tuple(reads))
    for people in casts if about_people else [CALM_PEOPLE]:
        for chosen in product(*values):
            yield calm(people, **dict(zip(keys, chosen, strict=True)))


class Recorder:
    """Answers, or a person, that remember which keys were looked at."""

    def __init__(self, real: Any, seen: set[str], prefix: str = "") -> None:
        self._real, self._seen, self._prefix = real, seen, prefix

    def __getattr__(self, key: str) -> Any:
        if key == "people":
            return tuple(Recorder(p, self._seen, "people.") for p in self._real.people)
        value = getattr(self._real, key)
        self._seen.add(self._prefix + key)
        return value


def proved(
    subject: Condition[Any] | Rule[Any],
    expected: Callable[[Answers], object],
    casts: Iterable[People],
    found: Callable[[Any], Findings] = Findings,
) -> int:
    """Compare with what is expected, over everything it reads; give how many were compared.

    Fails also where it reads a key it does not declare, or declares one it never reads.
    """
    seen: set[str] = set()
    number = 0
    for answers in combinations(subject.reads, casts):
        value = evaluated(subject, found(Recorder(answers, seen)))
        assert value is OF_LETTER[expected(answers)], (subject.id, answers)
        number += 1
    assert seen == set(subject.reads), subject.id
    return number


def evaluated(subject: Condition[Any] | Rule[Any], known: Findings) -> Truth:
    return subject.value(known) if isinstance(subject, Rule) else subject.test(known)


def with_truths(answers: Any, truths: Sequence[Truth]) -> Findings:
    """Findings whose three aggravated rules are given, so that what follows is seen alone."""
    known = Findings(answers)
    names = ("adult_involved", "intent_to_harm", "reckless_misuse")
    known.__dict__.update(zip(names, truths, strict=True))
    return known


def changed(person: Person, **changes: Any) -> Person:
    return replace(person, **changes)
