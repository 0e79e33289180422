"""A restricted case does not exist for anybody who is not named on it, whatever page they open."""

import re
import uuid

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from outbox.models import Message
from referrals.actions import amending, deciding, planning
from referrals.actions.identities import save_identity
from referrals.chronology import last_number
from referrals.models import Case, EventKind, Identity
from referrals.queries import leads_of, suggests_restriction
from referrals.recipients import Recipients
from referrals.states import NotNow
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import act, at, fresh, newest
from triage.actions import discard_draft, mark_submitted
from triage.models import Draft

pytestmark = pytest.mark.django_db
UNKNOWN = "CCCCC-CCCCC"
PEOPLE = [{**PERSON, "ref": "Quokka"}]
NAME = "Unusual Name"
UNNAMED = ["unnamed_dsl", "unnamed_deputy", "practitioner", "colleague", "manager", "strange_dsl"]
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
# How long one stays signed in, and the address that was asked for.
TIME_LEFT = re.compile(r'<p class="app-footer__time">.*?</dialog>', re.DOTALL)


@pytest.fixture
def unnamed_dsl(dsl):
    return dsl


@pytest.fixture
def unnamed_deputy(school):
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


@pytest.fixture
def named(school):
    return UserFactory(name="Example Named Deputy", organisation=school, roles=[Role.DEPUTY])


@pytest.fixture
def manager(school):
    return UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def everybody(request, guidance) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in [*UNNAMED, "named"]}


def restrict(case: Case, *named: User, by: User) -> Case:
    deciding.restrict(case=case, named=named, reason="A colleague", seen=last_number(case), by=by)
    return fresh(case)


@pytest.fixture
def made(everybody, practitioner, unnamed_dsl, unnamed_deputy) -> Case:
    """A case with all that could leak: an assignee, steps, drafts, a card, e-mail, words."""
    case = make_case(practitioner, people=PEOPLE, notes="An unusualword")
    seen = {"case": case, "by": unnamed_dsl}
    deciding.assign(to=unnamed_deputy, seen=last_number(case), **seen)
    for helper in (practitioner, unnamed_dsl):
        planning.add_step(
            text="An unusualstep", responsible=helper, due=None, seen=last_number(case), **seen
        )
    save_identity(
        person_id="p1",
        full_name=NAME,
        date_of_birth=None,
        pupil_number="",
        seen=last_number(case),
        **seen,
    )
    discarded = amend(case, unnamed_dsl)
    discard_draft(draft=discarded, reason="An unusualreason", by=unnamed_dsl)
    mark_submitted(amend(case, unnamed_dsl), by=unnamed_dsl)
    amend(case, unnamed_deputy)
    return case


def amend(case: Case, by: User) -> Draft:
    amending.start_amendment(case=case, reason="An unusualreason", seen=last_number(case), by=by)
    return Draft.objects.filter(amends=case.reference, owner=by).latest("started_at")


@pytest.fixture
def hidden(made, named, unnamed_dsl) -> Case:
    return restrict(made, named, by=unnamed_dsl)


def as_(user: User) -> FormClient:
    client = FormClient()
    client.force_login(user)
    return client


def plain(response) -> tuple[int, str]:
    return response.status_code, TIME_LEFT.sub("", TOKEN.sub(r"\1", response.content.decode()))


def lists_of(user: User) -> dict[str, tuple[int, str]]:
    """Every page that lists, counts or finds cases, as this person sees it."""
    client = as_(user)
    pages = {path: plain(client.get(path)) for path in ("/", "/cases/", "/cases/?status=any")}
    for words in ("quokka", "unusualword", "unusualstep", NAME):
        pages[words] = plain(client.post("/cases/search/", {"words": words}))
    return pages


def test_lists_counts_and_searches_are_as_if_it_were_not_there(
    everybody, request, practitioner, named
):
    other = make_case(practitioner)
    Identity.objects.create(case=other, person_id="p1", full_name=NAME, match_name=NAME.lower())
    without = {name: lists_of(user) for name, user in everybody.items()}
    made = request.getfixturevalue("made")
    before = {name: lists_of(user) for name, user in everybody.items()}
    for name in ("unnamed_dsl", "unnamed_deputy", "practitioner", "named"):
        assert before[name] != without[name], name
    case = restrict(made, named, by=everybody["unnamed_dsl"])
    for name in UNNAMED:
        assert lists_of(fresh_user(everybody[name])) == without[name], name
    assert case.reference in lists_of(named)["/cases/"][1]
    for words in ("quokka", "unusualword", "unusualstep", NAME):
        assert case.reference in lists_of(named)[words][1], words


def fresh_user(user: User) -> User:
    return User.objects.get(pk=user.pk)


def addresses(field: str) -> list[URLPattern]:
    """Every address of the product that has this part."""
    found: list[URLPattern] = []
    ahead = list(get_resolver().url_patterns)
    while ahead:
        pattern = ahead.pop()
        if isinstance(pattern, URLPattern):
            found += [pattern] if field in pattern.pattern.converters else []
        else:
            ahead += pattern.url_patterns
    return found


def test_there_are_addresses_to_look_at():
    assert len(addresses("reference")) > 15
    assert len(addresses("draft_id")) > 8


def answers(client: FormClient, pattern: URLPattern, **known: object) -> list[tuple[int, str]]:
    """What the address says to a GET and to a POST."""
    others = {
        "slug": "note",
        "person_id": "p1",
        "card_id": Identity.objects.get().pk,
        "number": 1,
        "version": 1,
        "step_id": 1,
        "step": "audience",
    }
    wanted = {key: {**others, **known}[key] for key in pattern.pattern.converters}
    address = reverse(pattern.name, kwargs=wanted)
    return [plain(client.get(address)), plain(client.post(address, {"seen": "99"}))]


@pytest.mark.parametrize("who", UNNAMED)
def test_its_reference_is_answered_like_one_that_does_not_exist(hidden, everybody, who):
    client = as_(everybody[who])
    for pattern in addresses("reference"):
        theirs = answers(client, pattern, reference=hidden.reference)
        assert theirs == answers(client, pattern, reference=UNKNOWN), pattern
        assert {status for status, _ in theirs} <= {404 if who != "manager" else 403, 405}


@pytest.mark.parametrize("who", UNNAMED)
def test_its_drafts_are_answered_like_ones_that_do_not_exist(hidden, everybody, who):
    client = as_(everybody[who])
    drafts = Draft.objects.exclude(amends="", submitted_at=None)
    assert drafts.filter(restricted=True).count() == 4
    for draft in drafts:
        for pattern in addresses("draft_id"):
            theirs = answers(client, pattern, draft_id=draft.pk)
            assert theirs == answers(client, pattern, draft_id=uuid.uuid4()), (pattern, draft)


def test_the_named_deputy_finds_all_of_it(hidden, named):
    client = as_(named)
    assert client.get(at(hidden)).status_code == 200
    assert client.get(at(hidden, "outcome/")).status_code == 200
    assert NAME in client.get(at(hidden, "people/p1/")).content.decode()
    assert "unusualstep" in client.get(at(hidden)).content.decode()


def test_what_others_held_of_it_is_taken_from_them(hidden, named):
    assert hidden.assignee is None
    assert not hidden.recommendations.exclude(responsible=None).exists()
    assert not Draft.objects.filter(amends=hidden.reference, submitted_at=None, discarded_at=None)
    assert set(Draft.objects.values_list("restricted", flat=True)) == {True}
    waiting = Message.objects.filter(sent_at=None, dropped_at=None)
    assert waiting.filter(key__startswith=f"case:{hidden.reference}").exclude(to=named).count() == 0


def test_e_mail_did_wait_before(made, named):
    waiting = Message.objects.filter(key__startswith=f"case:{made.reference}", sent_at=None)
    assert waiting.exclude(to=named).exists()


def test_nobody_else_is_told_of_it_from_now_on(hidden, named, practitioner, unnamed_dsl):
    before = set(Message.objects.values_list("pk", flat=True))
    planning.add_step(
        case=hidden,
        text="A step",
        responsible=practitioner,
        due=None,
        seen=last_number(hidden),
        by=named,
    )
    with pytest.raises(NotNow):
        deciding.assign(case=hidden, to=unnamed_dsl, seen=last_number(hidden), by=named)
    assert set(Message.objects.values_list("pk", flat=True)) == before
    assert list(leads_of(hidden)) == [named]
    assert Recipients().first(hidden) == Recipients().deputies(hidden) == [named]


def test_a_named_lead_who_is_one_no_longer_sees_and_hears_nothing(hidden, named):
    named.roles_held.all().delete()
    assert as_(fresh_user(named)).get(at(hidden)).status_code in (403, 404)
    assert list(leads_of(hidden)) == []


# Restricting.


@pytest.fixture
def case(everybody, practitioner) -> Case:
    return make_case(practitioner, people=PEOPLE)


def test_a_lead_restricts_a_case_to_herself_and_another(case, unnamed_dsl, named):
    client = as_(unnamed_dsl)
    page = client.get(at(case, "restrict/")).content.decode()
    for name in ("Example Lead", "Example Deputy", "Example Named Deputy"):
        assert name in page
    for name in ("Example Colleague", "Example Manager", "Example Strange Lead"):
        assert name not in page
    response = act(
        client, case, "restrict/", named=[unnamed_dsl.pk, named.pk], reason="A colleague"
    )
    assert response.url == at(case)
    assert set(fresh(case).named.all()) == {unnamed_dsl, named}
    event = newest(case)
    assert event.kind == EventKind.RESTRICTED
    assert event.data == {
        "named": ["Example Lead", "Example Named Deputy"],
        "reason": "A colleague",
    }


def test_whoever_leaves_herself_out_is_sent_home(case, unnamed_dsl, named):
    client = as_(unnamed_dsl)
    response = act(client, case, "restrict/", named=named.pk, reason="A colleague")
    assert response.url == "/"
    home = client.get("/").content.decode()
    assert "You did not name yourself" in home
    assert case.reference not in home
    assert client.get(at(case)).status_code == 404


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"reason": "A colleague"}, "Select at least one person"),
        ({"named": "own"}, "Enter why this case is restricted"),
        ({"named": "practitioner", "reason": "A colleague"}, "Select at least one person"),
        ({"named": "strange_dsl", "reason": "A colleague"}, "Select at least one person"),
    ],
)
def test_what_is_missing_is_said(case, everybody, unnamed_dsl, values, error):
    people = {"own": unnamed_dsl, **everybody}
    if "named" in values:
        values = {**values, "named": people[values["named"]].pk}
    response = act(as_(unnamed_dsl), case, "restrict/", **values)
    assert response.status_code == 422
    assert error in response.content.decode()
    assert not fresh(case).restricted


@pytest.mark.parametrize("who", ["practitioner", "manager", "strange_dsl", "gone", "nobody"])
def test_the_action_itself_names_active_leads_of_the_organisation_alone(
    case, everybody, unnamed_dsl, school, who
):
    gone = UserFactory(organisation=school, roles=[Role.DSL], is_active=False)
    people = {"gone": [gone], "nobody": []}
    named = people[who] if who in people else [everybody[who]]
    with pytest.raises(NotNow, match="Name at least one"):
        restrict(case, *(named and [unnamed_dsl, *named]), by=unnamed_dsl)
    assert not fresh(case).restricted


def test_naming_others_replaces_those_named_before(hidden, named, unnamed_dsl, unnamed_deputy):
    client = as_(named)
    page = client.get(at(hidden, "restrict/")).content.decode()
    assert "Change who may see this case" in page
    assert re.findall(r'value="(\d+)"[^>]*checked', page) == [str(named.pk)]
    act(client, hidden, "restrict/", named=[named.pk, unnamed_deputy.pk], reason="Two now")
    assert as_(unnamed_deputy).get(at(hidden)).status_code == 200
    assert as_(unnamed_dsl).get(at(hidden)).status_code == 404


def test_lifting_gives_it_back_to_everybody(hidden, named, unnamed_dsl, practitioner):
    response = act(as_(named), hidden, "lift-restriction/", reason="It was a mistake")
    assert response.url == at(hidden)
    assert newest(hidden).data == {"reason": "It was a mistake"}
    assert as_(unnamed_dsl).get(at(hidden)).status_code == 200
    assert as_(practitioner).get(at(hidden, "outcome/")).status_code == 200
    assert not fresh(hidden).named.exists()
    assert not Draft.objects.filter(restricted=True).exists()


def test_lifting_what_is_not_restricted_is_refused(case, unnamed_dsl):
    response = act(as_(unnamed_dsl), case, "lift-restriction/", reason="Why not")
    assert response.status_code == 409
    assert "This case is not restricted." in response.content.decode()


def test_restricting_under_somebodys_hands(case, unnamed_dsl, unnamed_deputy, named, monkeypatch):
    """Between opening the page and saving it, the case is gone: 404, and nothing is saved."""
    from referrals.views import casework

    real = casework.save_once

    def late(request, of, save):
        restrict(case, named, by=unnamed_dsl)
        real(request, of, save)

    monkeypatch.setattr(casework, "save_once", late)
    now = timezone.localtime()
    response = act(
        as_(unnamed_deputy),
        case,
        "record/note/",
        facts="A note",
        on=f"{now.day} {now.month} {now.year}",
        at="00:00",
    )
    assert response.status_code == 404
    assert newest(case).kind == EventKind.RESTRICTED


@pytest.mark.parametrize(
    ("answers", "suggested"),
    [
        ({}, False),
        ({"adult_contact": "yes", "position_of_trust": "yes"}, True),
        ({"adult_contact": "yes", "position_of_trust": "unknown"}, True),
        ({"adult_contact": "yes", "position_of_trust": "no"}, False),
    ],
)
def test_an_adult_in_a_position_of_trust_suggests_it(
    practitioner, guidance, named, answers, suggested
):
    case = make_case(practitioner, **answers)
    assert suggests_restriction(case) is suggested
    assert not suggests_restriction(restrict(case, named, by=named))
