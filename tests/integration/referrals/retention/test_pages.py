"""The pages: the rule, the list, hold, keep, delete, and what is said of a case afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from referrals.chronology import last_number
from referrals.models import Case, LegalHold, RetentionRule, Status, Tombstone
from referrals.retention import actions
from referrals.retention.dates import rule_of
from referrals.retention.listing import number_due, to_review
from referrals.retention.years import years_later
from tests.factories.accounts import UserFactory
from tests.factories.many_cases import make_closed_row, make_row
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, fresh, newest
from tests.integration.referrals.lead import restrict
from tests.integration.referrals.retention.setting import OLD_ENOUGH, card, closed, due, same

pytestmark = pytest.mark.django_db
LIST = "/cases/retention/"
RULE = "/organisation/retention/"
GONE = {"reason": "period_ended"}


@pytest.fixture
def manager(school):
    return UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    return due(closed(make_case(practitioner), dsl))


@pytest.fixture
def lead(client, dsl):
    client.force_login(dsl)
    return client


def text(client, path) -> str:
    return client.get(path).content.decode()


# The rule.


def test_a_manager_sets_the_rule(client, manager, guidance, school):
    client.force_login(manager)
    assert RULE in text(client, "/")
    assert 'value="25"' in text(client, RULE)
    response = client.post(RULE, {"birthday": "30", "years": " 10 "})
    assert response.url == "/"
    assert (rule_of(school).birthday, rule_of(school).years) == (30, 10)
    last = Entry.objects.order_by("pk").last()
    assert (last.action, last.actor_id) == ("retention.saved", manager.pk)


@pytest.mark.parametrize("value", ["", "17", "101", "25.5", "-25", "twenty", "²5", "9" * 10])
def test_a_wrong_number_is_told_and_nothing_saved(client, manager, guidance, value):
    client.force_login(manager)
    response = client.post(RULE, {"birthday": value, "years": "10"})
    assert response.status_code == 422
    assert "Enter a whole number from 18 to 100" in response.content.decode()
    assert not RetentionRule.objects.exists()


def test_only_managers_set_it(lead, guidance):
    assert lead.get(RULE).status_code == 403
    assert lead.post(RULE, {"birthday": "30", "years": "10"}).status_code == 403


# The list.


def rows(practitioner, **dates) -> dict[str, Case]:
    """Closed cases without a known age, so many days from their time."""
    today = timezone.localdate()
    made = {}
    for name, days in dates.items():
        start = years_later(today + timedelta(days=days), -25)
        made[name] = make_closed_row(practitioner, days=10, retention_from=start)
    return made


def test_the_list_has_closed_cases_whose_time_has_come_or_comes_within_90_days(
    dsl, practitioner, guidance
):
    made = rows(practitioner, far=93, soon=88, come=-3)
    kept = make_closed_row(
        practitioner,
        days=10,
        retention_from=OLD_ENOUGH,
        kept_until=timezone.localdate() + timedelta(days=200),
    )
    make_row(practitioner, retention_from=OLD_ENOUGH, status=Status.REVIEWED)
    assert to_review(dsl) == [made["come"].pk, made["soon"].pk]
    assert number_due(dsl) == 1
    Case.objects.filter(pk=kept.pk).update(kept_until=timezone.localdate())
    assert number_due(dsl) == 2


def test_the_list_says_what_to_do_with_each(lead, case):
    page = text(lead, LIST)
    for link in ("keep/", "delete/"):
        assert at(case, link) in page
    assert "1 closed" in text(lead, "/")
    Case.objects.update(retention_from=years_later(timezone.localdate() + timedelta(days=40), -25))
    page = text(lead, LIST)
    assert at(case, "keep/") in page
    assert at(case, "delete/") not in page
    assert "1 closed" not in text(lead, "/")


def test_a_held_case_is_on_the_list_and_not_in_the_number(lead, case, dsl):
    actions.set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    page = text(lead, LIST)
    assert "On legal hold" in page
    assert at(case, "delete/") not in page
    assert number_due(dsl) == 0


def test_a_restricted_case_is_in_the_list_and_number_of_those_named_alone(
    lead, case, dsl, second_dsl, strange_dsl
):
    without = text(lead, "/")
    assert number_due(second_dsl) == 1
    restrict(case, [dsl], dsl)
    assert (number_due(dsl), number_due(second_dsl), number_due(strange_dsl)) == (1, 0, 0)
    assert to_review(second_dsl) == []
    assert "1 closed" in without
    lead.force_login(second_dsl)
    assert case.reference not in text(lead, LIST)
    assert "1 closed" not in text(lead, "/")
    for page in ("hold/", "lift-hold/", "keep/", "delete/"):
        assert lead.get(at(case, page)).status_code == 404


# A hold, and keeping longer.


def test_a_hold_is_set_with_a_reason_and_lifted_with_one(lead, case, dsl):
    assert act(lead, case, "hold/").status_code == 422
    assert act(lead, case, "hold/", reason="A court asked for it").url == at(case)
    page = text(lead, at(case))
    assert "On legal hold" in page
    assert "A court asked for it" in page
    assert newest(case).kind == "held"
    assert act(lead, case, "hold/", reason="Again").status_code == 409
    refused = act(lead, case, "delete/", reference=case.reference, **GONE)
    assert refused.status_code == 409
    assert "on legal hold" in refused.content.decode()
    act(lead, case, "lift-hold/", reason="The court has finished")
    assert not LegalHold.objects.exists()
    assert newest(case).data == {"reason": "The court has finished"}
    assert act(lead, case, "lift-hold/", reason="Again").status_code == 409


def test_keeping_longer_takes_it_off_the_list(lead, case, dsl):
    wrong = act(lead, case, "keep/", until="1 1 2020", reason="A claim")
    assert wrong.status_code == 422
    until = timezone.localdate() + timedelta(days=400)
    act(lead, case, "keep/", until=until.isoformat(), reason="A claim")
    assert to_review(dsl) == []
    assert fresh(case).kept_until == until
    assert "A safeguarding lead’s own date" in text(lead, at(case))


@pytest.mark.parametrize("page", ["hold/", "keep/"])
def test_an_open_case_can_be_held_and_kept(lead, practitioner, guidance, page):
    case = make_case(practitioner)
    until = {"until": "1 1 2090"} if page == "keep/" else {}
    assert act(lead, case, page, reason="A claim", **until).status_code == 302


# Deleting.


def test_what_goes_and_what_stays_is_shown_first(lead, case, dsl, practitioner):
    other = make_case(practitioner)
    for one in (case, other):
        card(one, dsl, name="Zoe Example")
    same(case, other, dsl)
    due(case)
    page = text(lead, at(case, "delete/"))
    for line in (
        "the answers, in versions, and what the tool worked out: 1<",
        "entries of the chronology: 4<",
        "identity cards that are filled in: 1<",
        "decisions whether somebody is also in another case: 1<",
        f"other cases with the same people: {other.reference}",
    ):
        assert line in page
    assert "Zoe" not in page


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({**GONE, "reference": "CCCCC-CCCCC"}, "This is not the reference of this case"),
        (GONE, "Type the reference of this case"),
        ({"reference": "own"}, "Select why it is deleted"),
        ({"reference": "own", "reason": "I felt like it"}, "Select why it is deleted"),
    ],
)
def test_nothing_goes_without_the_reference_and_a_reason(lead, case, values, error):
    values = {key: case.reference if one == "own" else one for key, one in values.items()}
    response = act(lead, case, "delete/", **values)
    assert response.status_code == 422
    assert error in response.content.decode()
    assert fresh(case)


def test_deleting_leads_to_the_list_and_the_address_says_that_it_is_gone(
    lead, case, dsl, second_dsl, practitioner, strange_dsl, client
):
    typed = case.reference.replace("-", " ").lower()
    response = act(lead, case, "delete/", reference=typed, **GONE)
    assert response.url == LIST
    assert f"Case {case.reference} was deleted." in text(lead, LIST)
    for user in (dsl, second_dsl):
        client.force_login(user)
        for page in ("", "chronology/", "delete/", "people/p1/"):
            gone = client.get(at(case, page))
            assert gone.status_code == 410, page
            assert "under the retention rules, by Example Lead" in gone.content.decode()
        assert client.post(at(case, "delete/"), {"seen": "1"}).status_code == 410
        found = client.post("/cases/search/", {"words": typed}).content.decode()
        assert "under the retention rules" in found
        assert case.reference not in text(client, "/")
    for user in (practitioner, strange_dsl):
        client.force_login(user)
        assert client.get(at(case)).status_code == 404
    client.force_login(practitioner)
    assert client.get(at(case, "outcome/")).status_code == 404


def test_what_is_left_of_a_restricted_case_is_for_those_named_alone(
    lead, case, dsl, second_dsl, client
):
    restrict(case, [dsl], dsl)
    act(lead, case, "delete/", reference=case.reference, **GONE)
    assert Tombstone.objects.get().restricted
    assert client.get(at(case)).status_code == 410
    client.force_login(second_dsl)
    assert client.get(at(case)).status_code == 404
    found = client.post("/cases/search/", {"words": case.reference}).content.decode()
    assert "under the retention rules" not in found


def test_an_entry_written_meanwhile_is_told_before_anything_goes(lead, case, dsl):
    page = at(case, "delete/")
    before = last_number(case)
    actions.set_hold(case=case, reason="An inquiry", seen=before, by=dsl)
    actions.lift_hold(case=case, reason="It ended", seen=before + 1, by=dsl)
    values = {"seen": str(before), "reference": case.reference, **GONE}
    response = lead.post(page, values)
    assert response.status_code == 409
    assert "this case changed while you had this page open" in response.content.decode()
    assert fresh(case)
