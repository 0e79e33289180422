"""Identity cards: kept apart, read with a trace, compared with other cases of the organisation."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from audit.acts import Act
from audit.models import Entry
from referrals.actions import identities as actions
from referrals.actions.deciding import restrict
from referrals.chronology import Changed, last_number
from referrals.identities import identity_rows, plain_name
from referrals.models import Case, Comparison, EventKind, Identity, KnownPerson
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import act, at, fresh, newest, seen

pytestmark = pytest.mark.django_db
BORN = date(2012, 3, 27)
CARD = "people/p1/"


@pytest.fixture
def other_dsl(school):
    return UserFactory(name="Example Second Lead", organisation=school, roles=[Role.DSL])


@pytest.fixture
def case(practitioner, guidance) -> Case:
    return make_case(practitioner)


@pytest.fixture
def lead(client, dsl):
    client.force_login(dsl)
    return client


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def card_of(case, by, name="Example Child", born=BORN, number="", person_id="p1") -> Identity:
    return actions.save_identity(
        case=case,
        person_id=person_id,
        full_name=name,
        date_of_birth=born,
        pupil_number=number,
        seen=last_number(case),
        by=by,
    )


def decide(card: Identity, other: Identity, by, same=True, known=0) -> Comparison:
    return actions.compare(
        case=card.case,
        card=card,
        other=other,
        same=same,
        reason="",
        known=known,
        seen=last_number(card.case),
        by=by,
    )


def row(case, user):
    return next(row for row in identity_rows(fresh(case), user) if row.person_id == "p1")


def linked(case, user) -> list[Case]:
    return [other.case for other in row(case, user).links]


def matched(case, user) -> list[Case]:
    return [other.case for other in row(case, user).matches]


def hide(case, *named, by):
    restrict(case=case, named=named, reason="A test", seen=last_number(case), by=by)


def acts(act: Act) -> list[str]:
    return list(Entry.objects.filter(action=act).values_list("object_id", flat=True))


# The card.


def test_a_card_is_filled_in_and_the_chronology_says_what_not_the_values(lead, dsl, case):
    response = act(
        lead, case, CARD, full_name=" Zoë  Example ", date_of_birth="27 3 2012", pupil_number="b 12"
    )
    assert response.url == at(case, CARD)
    card = Identity.objects.get()
    assert (card.full_name, card.date_of_birth, card.pupil_number) == ("Zoë Example", BORN, "B12")
    assert card.match_name == "zoe example"
    event = newest(case)
    assert event.kind == EventKind.IDENTITY
    assert event.entered_by == dsl
    assert event.data == {"person": "A", "changed": ["name", "date of birth", "pupil number"]}
    chronology = page(lead, at(case, "chronology/"))
    assert "Identity card changed" in chronology
    for value in ("Zoë", "2012", "B12"):
        assert value not in chronology
        assert value not in page(lead, at(case))
    assert "Zoë Example" in page(lead, at(case, CARD))
    assert acts(Act.CASE_IDENTITY) == [str(case.pk)]


def test_only_what_changed_is_named_and_nothing_where_nothing_did(dsl, case):
    card_of(case, dsl)
    card_of(case, dsl, name="Example Other")
    assert newest(case).data == {"person": "A", "changed": ["name"]}
    entries = case.events.count()
    card_of(case, dsl, name="Example Other")
    assert case.events.count() == entries


def test_opening_a_card_is_audited(lead, dsl, case):
    page(lead, at(case, CARD))
    assert acts(Act.IDENTITY_READ) == [str(case.pk)]
    assert Entry.objects.get(action=Act.IDENTITY_READ).actor_id == dsl.pk
    lead.post(at(case, CARD), {"seen": "1", "date_of_birth": "soon"})
    assert len(acts(Act.IDENTITY_READ)) == 2


@pytest.mark.parametrize("born", ["27 3 2999", "27 3 1790", "31 2 2012", "soon"])
def test_a_date_of_birth_that_cannot_be_is_refused(lead, case, born):
    response = act(lead, case, CARD, date_of_birth=born, full_name="Example Child")
    assert response.status_code == 422
    assert "Error:" in response.content.decode()
    assert not Identity.objects.exists()


def test_a_second_writer_is_told_and_sees_what_the_card_says_now(lead, case, other_dsl):
    number = seen(lead, at(case, CARD))
    card_of(case, other_dsl, name="", born=BORN)
    posted = {"seen": number, "full_name": "Example Child"}
    response = lead.post(at(case, CARD), posted)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Example Second Lead" in text
    assert "Date of birth: 27 March 2012" in text
    assert 'value="Example Child"' in text
    assert Identity.objects.get().full_name == ""
    again = {**posted, "seen": str(last_number(case)), "date_of_birth": "27 3 2012"}
    assert lead.post(at(case, CARD), again).status_code == 302
    assert Identity.objects.get().full_name == "Example Child"


def test_the_action_itself_refuses_a_second_writer(case, dsl, other_dsl):
    number = last_number(case)
    card_of(case, other_dsl)
    with pytest.raises(Changed):
        actions.save_identity(
            case=case,
            person_id="p1",
            full_name="Example Other",
            date_of_birth=None,
            pupil_number="",
            seen=number,
            by=dsl,
        )


@pytest.mark.parametrize("who", ["practitioner", "colleague", "strange_dsl"])
def test_nobody_else_opens_a_card(client, request, case, dsl, who):
    card_of(case, dsl)
    client.force_login(request.getfixturevalue(who))
    assert client.get(at(case, CARD)).status_code == 404
    assert client.post(at(case, CARD), {"full_name": "X"}).status_code == 404
    assert acts(Act.IDENTITY_READ) == []


def test_there_is_no_card_of_somebody_who_is_not_in_the_case(lead, case):
    assert lead.get(at(case, "people/p9/")).status_code == 404


def test_somebody_of_older_answers_keeps_their_card(lead, dsl, case):
    card_of(case, dsl)
    first = case.first_assessment
    answers = {**first.answers, "people": [{**first.answers["people"][0], "ref": "B"}]}
    case.assessments.create(
        version=2,
        answers=answers,
        result=first.result,
        open_effects=[],
        person_ids=["p2"],
        reason="Another child",
        edition=first.edition,
        made_by=dsl,
        made_at=first.made_at,
    )
    rows = {row.ref: row for row in identity_rows(fresh(case), dsl)}
    assert [(r.listed, r.filled) for r in (rows["B"], rows["A"])] == [(True, False), (False, True)]
    assert "No longer" not in page(lead, at(case, "people/p2/"))
    text = page(lead, at(case, CARD))
    assert "no longer among the people" in text
    assert "Example Child" in text


# The same person in another case.


@pytest.mark.parametrize(
    ("mine", "theirs", "likely"),
    [
        (("Zoë Example", BORN, ""), ("ZOE  example", BORN, ""), True),
        (("Zoe Example", BORN, ""), ("Zoe Example", None, ""), True),
        (("Zoe Example", None, ""), ("Zoe Example", None, ""), True),
        (("Zoe Example", BORN, ""), ("Zoe Example", date(2012, 3, 28), ""), False),
        (("Zoe Example", BORN, "b 12"), ("Zo Example", None, "B12"), True),
        (("Zoe Example", BORN, "B12"), ("Zo Example", BORN, "B13"), False),
        (("", BORN, ""), ("", BORN, ""), False),
        (("Zoe Example", None, ""), ("Zoe Exampel", None, ""), False),
    ],
)
def test_what_is_a_likely_match(practitioner, dsl, case, mine, theirs, likely):
    other = make_case(practitioner)
    card_of(case, dsl, *mine)
    card_of(other, dsl, *theirs)
    assert matched(case, dsl) == ([other] if likely else [])
    assert matched(other, dsl) == ([case] if likely else [])


def test_two_people_of_one_case_are_no_match(practitioner, guidance, dsl):
    case = make_case(practitioner, people=[PERSON, {**PERSON, "id": "p2", "ref": "B"}])
    card_of(case, dsl)
    card_of(case, dsl, person_id="p2")
    assert [row.matches for row in identity_rows(case, dsl)] == [[], []]


def test_another_organisations_cases_are_no_match(stranger, strange_dsl, dsl, case):
    strange = make_case(stranger)
    card_of(strange, strange_dsl)
    card_of(case, dsl)
    assert matched(case, dsl) == []
    assert matched(strange, strange_dsl) == []


def test_a_lead_confirms_a_match_in_the_browser(lead, dsl, case, practitioner):
    other = make_case(practitioner)
    card_of(case, dsl)
    theirs = card_of(other, dsl)
    address = f"{CARD}compare/{theirs.pk}/"
    assert address in page(lead, at(case, CARD))
    entries = [case.events.count(), other.events.count()]
    response = act(lead, case, address, same="yes", reason="Same <b>form</b>", known="0")
    assert response.url == at(case, CARD)
    card = page(lead, at(case, CARD))
    assert other.reference in card
    assert "Experimental: Romantic" in card
    assert "Is in the image" in card
    assert "Same &lt;b&gt;form&lt;/b&gt;" in card
    assert case.reference in page(lead, at(other, CARD))
    assert acts(Act.CASE_LINKED) == [str(case.pk)]
    # It names two cases, so it is in the chronology of neither.
    assert entries == [case.events.count(), other.events.count()]
    reads = acts(Act.IDENTITY_READ)
    assert {str(case.pk), str(other.pk)} <= set(reads)


def test_comparing_is_a_reading_of_both_cards(lead, dsl, case, practitioner):
    other = make_case(practitioner)
    card_of(case, dsl)
    theirs = card_of(other, dsl, number="77")
    text = page(lead, at(case, f"{CARD}compare/{theirs.pk}/"))
    assert "77" in text
    assert acts(Act.IDENTITY_READ) == [str(case.pk), str(other.pk)]


def test_a_card_that_is_no_match_is_not_shown_beside(lead, dsl, case, practitioner):
    other = make_case(practitioner)
    card_of(case, dsl)
    theirs = card_of(other, dsl, name="Somebody Else")
    assert lead.get(at(case, f"{CARD}compare/{theirs.pk}/")).status_code == 404
    assert lead.get(at(case, f"people/p9/compare/{theirs.pk}/")).status_code == 404


def test_a_match_that_was_turned_down_is_not_offered_again_but_can_be_compared(
    lead, dsl, case, practitioner
):
    other = make_case(practitioner)
    card = card_of(case, dsl)
    theirs = card_of(other, dsl)
    decide(card, theirs, dsl, same=False)
    assert matched(case, dsl) == matched(other, dsl) == []
    assert linked(case, dsl) == []
    card_of(case, dsl, number="1")
    assert matched(case, dsl) == []
    text = page(lead, at(case, CARD))
    assert "Not the same person" in text
    decide(card, theirs, dsl, known=Comparison.objects.get().pk)
    assert linked(case, dsl) == [other]


def test_three_cases_are_one_pattern_and_joined_groups_become_one(dsl, practitioner, guidance):
    cases = [make_case(practitioner) for _ in range(4)]
    one, two, three, four = (card_of(case, dsl) for case in cases)
    decide(one, two, dsl)
    decide(three, four, dsl)
    assert linked(cases[0], dsl) == [cases[1]]
    decide(two, three, dsl)
    for case in cases:
        assert set(linked(case, dsl)) == {*cases} - {case}
        assert matched(case, dsl) == []
    assert KnownPerson.objects.count() == 1


def test_not_the_same_after_all_takes_the_card_out(lead, dsl, practitioner, guidance):
    cases = [make_case(practitioner) for _ in range(3)]
    one, two, three = (card_of(case, dsl) for case in cases)
    decide(one, two, dsl)
    decide(one, three, dsl)
    decide(two, three, dsl)
    address = f"{CARD}compare/{two.pk}/"
    assert "is taken out" in page(lead, at(cases[0], address))
    known = Comparison.objects.get(one=one, other=two).pk
    act(lead, cases[0], address, same="no", known=known)
    assert linked(cases[0], dsl) == []
    assert linked(cases[1], dsl) == [cases[2]]
    assert matched(cases[0], dsl) == []


def test_a_link_by_way_of_a_third_is_undone_too(dsl, practitioner, guidance):
    cases = [make_case(practitioner) for _ in range(3)]
    one, two, three = (card_of(case, dsl) for case in cases)
    decide(one, two, dsl)
    decide(two, three, dsl)
    decide(one, three, dsl, same=False)
    assert linked(cases[0], dsl) == []
    assert linked(cases[1], dsl) == [cases[2]]


def test_turning_down_a_match_leaves_the_links_as_they_are(dsl, practitioner, guidance):
    cases = [make_case(practitioner) for _ in range(3)]
    one, two, three = (card_of(case, dsl) for case in cases)
    decide(one, two, dsl)
    decide(one, three, dsl, same=False)
    assert linked(cases[0], dsl) == [cases[1]]
    assert linked(cases[1], dsl) == [cases[0]]
    assert linked(cases[2], dsl) == []


def test_two_leads_who_decide_at_once(lead, dsl, other_dsl, case, practitioner):
    other = make_case(practitioner)
    card, theirs = card_of(case, dsl), card_of(other, dsl)
    address = at(case, f"{CARD}compare/{theirs.pk}/")
    posted = {"seen": seen(lead, address), "known": "0", "same": "yes", "reason": "Twins?"}
    made = decide(card, theirs, other_dsl, same=False)
    response = lead.post(address, posted)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Example Second Lead decided on these two meanwhile: not the same person" in text
    assert "Twins?" in text
    assert linked(case, dsl) == []
    assert f'value="{made.pk}"' in text
    assert lead.post(address, {**posted, "known": made.pk}).status_code == 302
    assert linked(case, dsl) == [other]


def test_a_decision_never_changes(dsl, case, practitioner):
    decide(card_of(case, dsl), card_of(make_case(practitioner), dsl), dsl)
    for change in (lambda rows: rows.update(same=False), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="Refused"), transaction.atomic():
            change(Comparison.objects.all())


def test_as_many_queries_for_one_case_as_for_many(dsl, practitioner, guidance):
    def queries(case):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert row(case, dsl).links
        return len(caught)

    first, second = make_case(practitioner), make_case(practitioner)
    mine = card_of(first, dsl)
    decide(mine, card_of(second, dsl), dsl)
    few = queries(first)
    for _ in range(6):
        card = card_of(make_case(practitioner), dsl)
        decide(mine, card, dsl)
    card_of(make_case(practitioner), dsl)
    assert queries(first) == few


def test_names_are_compared_plainly():
    assert plain_name("  ÉLODIE  O’Neill-Strauß ") == "elodie o’neill-strauss"
    assert len(plain_name("ﷺ" * 200)) == 200


# A restricted case is there for nobody who is not named on it.


@pytest.fixture
def hidden(case, practitioner, dsl, other_dsl):
    """A case linked with `case`, another that looks like it; both then hidden from `dsl`."""
    twins = [make_case(practitioner), make_case(practitioner)]
    card, first, _ = (card_of(each, dsl) for each in (case, *twins))
    decide(card, first, dsl)
    for twin in twins:
        hide(twin, other_dsl, by=dsl)
    return twins


def test_a_restricted_case_is_no_match_no_link_and_no_number(lead, dsl, other_dsl, case, hidden):
    assert linked(case, other_dsl) == [hidden[0]]
    assert matched(case, other_dsl) == [hidden[1]]
    assert row(case, dsl).compared == []
    for address in (at(case), at(case, CARD), at(case, "chronology/")):
        text = page(lead, address)
        for twin in hidden:
            assert twin.reference not in text
    text = page(lead, at(case, CARD))
    for word in ("Likely match", "Confirmed by", "may be the same person", "Compare"):
        assert word not in text
    for twin in hidden:
        theirs = Identity.objects.get(case=twin)
        assert lead.get(at(case, f"{CARD}compare/{theirs.pk}/")).status_code == 404
        with pytest.raises(Identity.DoesNotExist):
            decide(Identity.objects.get(case=case), theirs, dsl)


def test_the_chronology_holds_no_trace_of_a_hidden_link(dsl, case, hidden):
    for event in case.events.all():
        assert not {"other_case", "decision"} & set(event.data)
        assert all(twin.reference.casefold() not in event.words for twin in hidden)


def test_a_hidden_case_joins_no_two_others_for_who_cannot_see_it(
    dsl, other_dsl, case, hidden, practitioner
):
    third = make_case(practitioner)
    theirs = card_of(third, other_dsl, name="Another Spelling")
    middle = Identity.objects.get(case=hidden[0])
    middle.match_name = "another spelling"
    middle.save()
    decide(theirs, middle, other_dsl)
    assert set(linked(third, other_dsl)) == {hidden[0], case}
    assert linked(third, dsl) == linked(case, dsl) == []


def test_undoing_what_one_sees_leaves_what_one_does_not(dsl, other_dsl, case, hidden, practitioner):
    third = make_case(practitioner)
    card, theirs = Identity.objects.get(case=case), card_of(third, dsl)
    made = decide(card, theirs, dsl)
    decide(card, theirs, dsl, same=False, known=made.pk)
    assert linked(case, dsl) == []
    assert linked(case, other_dsl) == [hidden[0]]


# The part of the case page.


def part(case, user) -> str:
    rows = identity_rows(fresh(case), user)
    return render_to_string("referrals/_identities.html", {"case": case, "identities": rows})


def test_the_case_page_says_filled_in_or_not_and_names_nobody(dsl, case):
    assert "Identity card not filled in" in part(case, dsl)
    card_of(case, dsl, number="B12")
    text = part(case, dsl)
    assert "Identity card filled in" in text
    assert at(case, CARD) in text
    for value in ("Example Child", "2012", "B12"):
        assert value not in text


def test_the_case_page_shows_the_pattern_as_far_as_the_reader_may_see(dsl, other_dsl, case, hidden):
    text = part(case, other_dsl)
    assert hidden[0].reference in text
    assert "1 other case may have this person" in text
    assert hidden[1].reference not in text
    assert "No other case known" in part(case, dsl)
