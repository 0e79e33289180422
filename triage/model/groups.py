"""Groups of people that the response criteria and the flags look at, by number.

Source: the triage model, sections 3 and 4.
"""

from triage.model.facts import Facts, Numbers
from triage.model.logic import F, T
from triage.model.people import has_vulnerability, is_under_13


def not_known_adults(known: Facts) -> Numbers:
    return tuple(i for i, adult in enumerate(known.adult) if adult is not T)


def pictured_under_13(known: Facts) -> Numbers:
    return tuple(i for i in known.pictured if is_under_13(known.people[i]) is T)


def concerned_under_13(known: Facts) -> Numbers:
    return tuple(i for i in known.concerned if is_under_13(known.people[i]) is T)


def pictured_adults(known: Facts) -> Numbers:
    return tuple(i for i in known.pictured if known.adult[i] is T)


def vulnerable(known: Facts) -> Numbers:
    """Those concerned, not known to be adults, with a known vulnerability."""
    return tuple(i for i in known.concerned_not_adult if has_vulnerability(known.people[i]))


def with_agency(known: Facts, *involvement: str) -> Numbers:
    people = known.people
    concerned = known.concerned_not_adult
    return tuple(i for i in concerned if people[i].agency_involvement in involvement)


def witnesses_not_children(known: Facts) -> Numbers:
    return tuple(i for i in known.with_role("witness") if known.adult[i] is not F)
