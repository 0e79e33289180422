"""Adult involved: a child had a part in it, and any of four grounds says an adult had too.

Source: the triage model, section 2.
"""

from triage.model import sources
from triage.model.conditions import AGE, CHILDREN, PRESSURE, Condition, Paths, Rule, answer_is
from triage.model.facts import Facts, Numbers, at
from triage.model.logic import F, T, Truth, U, any_of, truth
from triage.model.people import is_only_pictured


def _ages_that_tell(known: Facts, numbers: Numbers) -> Paths:
    """The children's ages; where none is known to be one, whatever leaves it open."""
    for wanted in (F, U):
        if found := [i for i in numbers if known.adult[i] is wanted]:
            return at(found, "age")
    return at(range(len(known.people)), "roles")


CHILD_INVOLVED: Condition[Facts] = Condition(
    id="child_involved",
    clause="someone under 18 took part or is in the image",
    reads=CHILDREN,
    source=sources.ADULT,
    test=lambda known: known.child_involved,
    rests_on=lambda known: _ages_that_tell(known, known.parties),
)


def _adult_parties(known: Facts) -> Numbers:
    """Adult or possibly adult parties, without adults who are only pictured in an adult image."""
    aside = is_only_pictured if known.child_pictured is F else (lambda person: False)
    return tuple(i for i in known.parties if known.adult[i] is not F and not aside(known.people[i]))


def _no_part_known(known: Facts) -> Numbers:
    """People with no role at all who may be adults."""
    return tuple(i for i, p in enumerate(known.people) if not p.roles and known.adult[i] is not F)


def some_party_is_adult(known: Facts) -> Truth:
    """The ground that is asked for by itself: an open question hangs on it."""
    parties = any_of(known.adult[i] for i in _adult_parties(known))
    return max(parties, U) if _no_part_known(known) else parties


def _rests_on_adult_parties(known: Facts) -> Paths:
    parties = _adult_parties(known)
    if adults := [i for i in parties if known.adult[i] is T]:
        return at(adults, "age", "roles")
    open_ones = sorted({*parties, *_no_part_known(known)})
    return at(open_ones, "age", "roles")


ONLINE_KINDS = ("threats", "blackmail", "deception", "payment_or_gifts")


def _unidentified_online(known: Facts) -> Truth:
    children = (i for i in known.with_role("pressured_others") if known.adult[i] is F)
    return truth(
        known.answers.relationship == "online_only"
        and not known.pressure.isdisjoint(ONLINE_KINDS)
        and not any(i not in known.pictured for i in children)
    )


ADULT_CONTACT: Condition[Facts] = Condition(
    id="adult_contact",
    clause="an adult is known or suspected to have asked for, encouraged, taken, received or "
    "shared it, or to have had sexual or romantic contact with the child",
    reads=("adult_contact",),
    source=sources.ADULT,
    test=lambda known: {"no": F, "unknown": U}.get(known.answers.adult_contact, T),
    doubt="it is not known whether an adult asked for, encouraged, took, received or shared it, "
    "or had sexual or romantic contact with the child",
)
ADULT_PARTY: Condition[Facts] = Condition(
    id="adult_party",
    clause="someone aged 18 or over took part or is in the image",
    reads=CHILDREN,
    source=sources.ADULT,
    test=some_party_is_adult,
    rests_on=_rests_on_adult_parties,
)
POSITION_OF_TRUST = answer_is(
    "position_of_trust",
    ["yes"],
    "an adult who may be involved is in a position of trust",
    sources.ADULT,
)
UNIDENTIFIED_ONLINE: Condition[Facts] = Condition(
    id="unidentified_online",
    clause="someone met only online used threats, blackmail, deception, payment or gifts, and no "
    "other child is known to have done so",
    reads=(AGE, *PRESSURE, "relationship"),
    source=sources.interpretation("nobody can say that an unidentified stranger online is a child"),
    test=_unidentified_online,
    rests_on=lambda known: ("relationship", "pressure"),
)

ADULT_INVOLVED: Rule[Facts] = Rule(
    id="adult_involved",
    title="Adult involved",
    source=sources.ADULT,
    needs=(CHILD_INVOLVED,),
    grounds=(ADULT_CONTACT, POSITION_OF_TRUST, ADULT_PARTY, UNIDENTIFIED_ONLINE),
)
