"""What one person's answers say: adult or child, how young, and whether they had a part in it.

Source: the triage model, section 2.
"""

from triage.model.ages import ADULT, TEEN
from triage.model.answers import Answers, Person
from triage.model.logic import F, T, Truth, U, truth
from triage.model.vocabulary import ACTIVE_ROLES, PARTY_ROLES

GAP = 3  # years
_BANDS = {"under_13": (0, 12), "13_to_17": (13, 17)}


def is_adult(person: Person) -> Truth:
    """18 or over. A child is someone for whom this is false: not known is not a child."""
    if isinstance(person.age, int):
        return truth(person.age >= ADULT)
    return {"adult": T, "unknown": U}.get(person.age, F)


def is_under_13(person: Person) -> Truth:
    """12 or under."""
    if isinstance(person.age, int):
        return truth(person.age < TEEN)
    return {"under_13": T, "unknown": U}.get(person.age, F)


def is_pictured(person: Person) -> bool:
    return "pictured" in person.roles


def is_active(person: Person) -> bool:
    return any(role in ACTIVE_ROLES for role in person.roles)


def is_only_pictured(person: Person) -> bool:
    """Pictured, and nothing else that makes someone a party."""
    return is_pictured(person) and not is_active(person)


def is_party(person: Person, answers: Answers) -> bool:
    """Pictured or active; where there is no image, also someone whose part is not known."""
    if not person.roles:
        return answers.image_kind == "no_image"
    return any(role in PARTY_ROLES for role in person.roles)


def is_concerned(person: Person) -> bool:
    """Everyone but an adult who only reported it."""
    return not (person.roles == ("reporter",) and is_adult(person) is T)


def has_vulnerability(person: Person) -> bool:
    """A vulnerability is known: neither none known nor not yet asked."""
    return person.vulnerabilities not in ((), ("unknown",))


def age_range(child: Person) -> tuple[int, int]:
    """The youngest and the oldest a child can be."""
    return (child.age, child.age) if isinstance(child.age, int) else _BANDS[child.age]


def certain_gap(children: list[Person]) -> bool:
    """Two of them are three or more years apart, whatever their ages are within their bands."""
    # Nobody is apart from themselves, so the youngest and the oldest possible are two children.
    ranges = [age_range(child) for child in children]
    return bool(ranges) and max(low for low, _ in ranges) - min(high for _, high in ranges) >= GAP


def possible_gap(one: Person, other: Person) -> bool:
    """These two children may be three or more years apart."""
    (low, high), (other_low, other_high) = age_range(one), age_range(other)
    return max(high - other_low, other_high - low) >= GAP
