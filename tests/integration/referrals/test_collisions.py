"""Two leads on one case: the second is told what changed, and nothing is silently overwritten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.roles import Role
from referrals.models import Recommendation
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, fresh, newest, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def first(dsl):
    client = FormClient()
    client.force_login(dsl)
    return client


@pytest.fixture
def second(school):
    client = FormClient()
    deputy = UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])
    client.force_login(deputy)
    return client


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("review/", {"decision": "agree", "reason": "My own words."}),
        ("record/note/", {"facts": "My own words.", "on": "1 11 2026", "at": "10:00"}),
        ("plan/add/", {"text": "My own words."}),
    ],
)
def test_the_second_is_told_and_keeps_what_was_typed(case, first, second, page, typed):
    stale = seen(second, at(case, page))
    act(first, case, "record/note/", facts="From the first.", on="2 11 2026", at="09:15")
    response = second.post(at(case, page), {"seen": stale, **typed})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Not saved yet: this case changed" in text
    assert "Note, by Example Lead" in text
    assert "From the first." in text
    assert "My own words." in text
    assert newest(case).data["facts"] == "From the first."


def test_pressing_again_goes_through(case, first, second):
    page = at(case, "record/note/")
    typed = {"facts": "Mine.", "on": "1 11 2026", "at": "10:00"}
    stale = seen(second, page)
    act(first, case, "acknowledge/")
    told = second.post(page, {"seen": stale, **typed}).content.decode()
    assert 'name="seen" id="seen" value="2"' in told
    assert second.post(page, {"seen": "2", **typed}).status_code == 302
    assert newest(case).data == {"facts": "Mine."}


def test_one_step_of_the_plan_is_not_overwritten(case, first, second):
    step = case.recommendations.filter(kind="next_step").first()
    page = f"plan/{step.pk}/"
    stale = seen(second, at(case, page))
    act(first, case, page, progress="done", reason="Done at noon.", responsible="", due="")
    posted = {"seen": stale, "progress": "not_needed", "reason": "No need."}
    told = second.post(at(case, page), posted).content.decode()
    assert "Done at noon." in told
    assert case.assessment.edition.content().item("next_step", step.key).title in told
    assert Recommendation.objects.get(pk=step.pk).progress == "done"


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999999999999", "1.5"])
def test_a_tampered_number_is_no_error(case, first, number):
    response = first.post(at(case, "acknowledge/"), {"seen": number})
    assert response.status_code in (302, 409)


@pytest.mark.django_db(transaction=True)
def test_of_five_leads_at_once_one_acknowledges(school, practitioner, guidance):
    case = make_case(practitioner)
    leads = [UserFactory(organisation=school, roles=[Role.DSL]) for _ in range(5)]
    assert at_once(case, leads) == [302] + [409] * 4
    assert fresh(case).events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_leave_one_acknowledgement(practitioner, dsl, guidance):
    case = make_case(practitioner)
    assert at_once(case, [dsl] * 10) == [302] * 10
    assert fresh(case).events.count() == 2


def at_once(case, people):
    """What each is answered who acknowledges the case at the same moment, sorted."""
    clients = []
    for user in people:
        clients.append(FormClient())
        clients[-1].force_login(user)

    def acknowledge(client):
        try:
            return client.post(at(case, "acknowledge/"), {"seen": "1"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return sorted(pool.map(acknowledge, clients))
