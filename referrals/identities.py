"""Who the people of a case are, and in which other cases the same person is.

Whatever names another case starts from the cases the reader may see: a restricted one is no match,
no link and no number for anybody who is not named on it (docs/decisions/0006).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from accounts.models import User
from guidance.content import Kind
from referrals.models import Case, Comparison, Identity
from referrals.queries import cases_of_organisation, visible_cases
from triage import pages

NAME_LENGTH = 200
Decisions = dict[frozenset[int], Comparison]  # the newest about each pair of cards


@dataclass(frozen=True)
class OtherCase:
    """A card of another case, as it is shown to somebody who has not opened that card.

    `why`: what makes it a likely match, empty for none. `decision`: the newest about the two cards
    themselves; a link may come by way of a third.
    """

    card: Identity
    case: Case
    classification: str
    part: str
    why: str
    decision: Comparison | None


@dataclass(frozen=True)
class IdentityRow:
    """A person of a case. `listed`: whether the newest answers still list them."""

    person_id: str
    ref: str
    listed: bool
    card: Identity | None
    links: list[OtherCase] = field(default_factory=list)
    matches: list[OtherCase] = field(default_factory=list)
    apart: list[OtherCase] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        return self.card is not None and self.card.filled

    @property
    def compared(self) -> list[OtherCase]:
        """Everything that can be decided, or was."""
        return [*self.links, *self.matches, *self.apart]


def people_of(case: Case) -> dict[str, dict[str, Any]]:
    """Everybody of any version of the answers by id: those of the newest first."""
    people: dict[str, dict[str, Any]] = {}
    for version in sorted(case.assessments.all(), key=lambda one: -one.version):
        people |= {key: one for key, one in version.people.items() if key not in people}
    return people


def plain_name(name: str) -> str:
    """A name to compare by: accents, capitals and extra spaces do not tell two people apart."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())[:NAME_LENGTH]


def plain_number(number: str) -> str:
    """A pupil number as it is kept: without spaces, in capitals."""
    return "".join(number.split()).upper()


def likeness(one: Identity, other: Identity) -> str:
    """What makes two cards a likely match, in words; empty where nothing does."""
    if one.pupil_number and one.pupil_number == other.pupil_number:
        return "Same pupil number"
    if not one.match_name or one.match_name != other.match_name:
        return ""
    born = [card.date_of_birth for card in (one, other) if card.date_of_birth]
    if len(born) < 2:
        return "Same name"
    return "Same name and date of birth" if born[0] == born[1] else ""


def identity_rows(case: Case, user: User) -> list[IdentityRow]:
    """The people of a case for its page; however many cases there are, as many queries.

    Those of older answers are there if they have a card.
    """
    cards = {card.person_id: card for card in case.identities.all()}
    elsewhere = Elsewhere(case, cards.values(), user)
    listed = case.assessment.people
    return [
        elsewhere.row(person_id, person["ref"], person_id in listed, cards.get(person_id))
        for person_id, person in people_of(case).items()
        if person_id in listed or person_id in cards
    ]


def identity_row(case: Case, person_id: str, user: User) -> IdentityRow | None:
    """One person of any version of the answers; None if there never was such a person."""
    person = people_of(case).get(person_id)
    if person is None:
        return None
    card = case.identities.filter(person_id=person_id).first()
    elsewhere = Elsewhere(case, [card] if card else [], user)
    return elsewhere.row(person_id, person["ref"], person_id in case.assessment.people, card)


class Elsewhere:
    """The other cases with the people of these cards: those the user may see, newest first."""

    def __init__(self, case: Case, cards: Iterable[Identity], user: User) -> None:
        self.case, self.user = case, user
        self.cards = {card.pk: card for card in cards}
        self.decisions = newest_decisions(self.cards.values(), user) if self.cards else {}
        self.others = self._others() if self.cards else []

    def row(self, person_id: str, ref: str, listed: bool, card: Identity | None) -> IdentityRow:
        row = IdentityRow(person_id, ref, listed, card)
        linked = linked_with(card, self.decisions) if card else set()
        for other in self._compared(card) if card else ():
            if other.card.pk in linked:
                row.links.append(other)
            elif other.decision:
                row.apart.append(other)
            elif other.why:
                row.matches.append(other)
        return row

    def _compared(self, card: Identity) -> Iterator[OtherCase]:
        for other, case in self.others:
            person = people_of(case)[other.person_id]
            edition = case.assessment.edition.content()
            yield OtherCase(
                card=other,
                case=case,
                classification=edition.item(Kind.OUTCOME, case.classification).title,
                part=pages.line_for("roles", person["roles"]),
                why=likeness(card, other),
                decision=self.decisions.get(frozenset({card.pk, other.pk})),
            )

    def _others(self) -> list[tuple[Identity, Case]]:
        """Every card that could matter, with its case."""
        wanted = Q(pk__in={pk for pair in self.decisions for pk in pair})
        for card in self.cards.values():
            if card.pupil_number:
                wanted |= Q(pupil_number=card.pupil_number)
            if card.match_name:
                wanted |= Q(match_name=card.match_name)
        found = Identity.objects.filter(wanted, case__in=visible_cases(self.user))
        cards = list(found.exclude(case=self.case))
        cases = cases_of_organisation(self.user).filter(pk__in={card.case_id for card in cards})
        by_id = {case.pk: case for case in cases}
        pairs = [(card, by_id[card.case_id]) for card in cards]
        return sorted(pairs, key=lambda pair: (pair[1].submitted_at, pair[0].pk), reverse=True)


def linked_with(card: Identity, decisions: Decisions) -> set[int]:
    """The cards that lead from this one by decisions "the same", but for a direct "not"."""
    found, ahead = {card.pk}, [card.pk]
    while ahead:
        here = ahead.pop()
        for pair, decision in decisions.items():
            if decision.same and here in pair and not pair <= found:
                ahead += pair - found
                found |= pair
    apart = {
        pk for pair, one in decisions.items() if card.pk in pair and not one.same for pk in pair
    }
    return found - apart - {card.pk}


def newest_decisions(cards: Iterable[Identity], user: User) -> Decisions:
    """What holds between two cards, for these cards and all that were ever linked with them, where
    the user may see both cases."""
    cards = list(cards)
    pks = [card.pk for card in cards]
    known = {card.known_person_id for card in cards} - {None}
    visible = visible_cases(user)
    rows = Comparison.objects.filter(
        Q(one__known_person__in=known) | Q(one__in=pks) | Q(other__in=pks),
        one__case__in=visible,
        other__case__in=visible,
    )
    return {row.pair: row for row in rows.select_related("decided_by").order_by("pk")}
