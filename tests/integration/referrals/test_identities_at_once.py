"""Identity cards while somebody else is at work on another case with the same person."""

import pytest

from referrals.actions import deciding, identities
from referrals.chronology import last_number
from referrals.models import Comparison, Identity, KnownPerson
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(practitioner, guidance, dsl):
    """Two, with the same name on a card of each."""
    made = [make_case(practitioner), make_case(practitioner)]
    for case in made:
        fill(case, dsl)
    return made


def fill(case, by, name="Example Child"):
    return identities.save_identity(
        case=case,
        person_id="p1",
        full_name=name,
        date_of_birth=None,
        pupil_number="",
        seen=last_number(case),
        by=by,
    )


def meanwhile(monkeypatch, name, happens):
    """Let this happen once, when the action that is under way comes to what has this name."""
    real = getattr(identities, name)

    def first(*args, **kwargs):
        monkeypatch.setattr(identities, name, real)
        happens()
        return real(*args, **kwargs)

    monkeypatch.setattr(identities, name, first)


def test_saving_a_card_does_not_undo_a_link_that_was_made_meanwhile(cases, dsl, monkeypatch):
    """The link is made on the other case, so no lock of this one holds it up."""
    person = KnownPerson.objects.create(organisation=dsl.organisation)
    meanwhile(monkeypatch, "plain_number", lambda: Identity.objects.update(known_person=person.pk))
    fill(cases[0], dsl, "Example Other")
    assert cases[0].identities.get().full_name == "Example Other"
    assert set(Identity.objects.values_list("known_person", flat=True)) == {person.pk}


def test_comparing_with_a_case_that_is_just_being_restricted_is_a_404(
    client, cases, dsl, deputy, monkeypatch
):
    case, other = cases
    client.force_login(dsl)
    address = at(case, f"people/p1/compare/{other.identities.get().pk}/")
    number = seen(client, address)

    def restrict():
        number = last_number(other)
        deciding.restrict(case=other, named=[deputy], reason="Staff", seen=number, by=deputy)

    meanwhile(monkeypatch, "lock_case", restrict)
    posted = {"seen": number, "known": "0", "same": "yes", "reason": ""}
    assert client.post(address, posted).status_code == 404
    assert not Comparison.objects.exists()
