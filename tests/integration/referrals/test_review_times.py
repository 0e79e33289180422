"""How soon a case is reviewed: set by the manager, counted from then on, shown to leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from referrals.deadlines import DEFAULTS, review_times
from referrals.models import ReviewTime, Within
from tests.factories.accounts import UserFactory
from tests.factories.referrals import EMERGENCY, make_case
from tests.integration.referrals.queue_page import read

pytestmark = pytest.mark.django_db
URL = "/organisation/review-times/"
ALL_IN_AN_HOUR = dict.fromkeys(DEFAULTS, "one_hour")


@pytest.fixture
def manager(school):
    return UserFactory(organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def here(client, manager, guidance):
    client.force_login(manager)
    return client


def saves():
    rows = Entry.objects.filter(action="review_times.saved")
    return list(rows.values_list("actor_id", "object_type", "object_id"))


def test_the_defaults_are_shown_first_and_home_leads_there(here):
    assert f'href="{URL}"' in read(here, "/")
    page = read(here, URL)
    for response, within in DEFAULTS.items():
        select = page[page.index(f'name="{response}"') :]
        assert f'<option value="{within}" selected>' in select[: select.index("</select>")]
    assert "counts for cases recorded from then on" in page


def test_what_is_saved_holds_for_this_organisation_and_is_audited(here, manager, school, stranger):
    response = here.post(URL, {**ALL_IN_AN_HOUR, "dsl_judgement": "five_working_days"}, follow=True)
    assert "The times were saved" in response.content.decode()
    wanted = {**dict.fromkeys(DEFAULTS, Within.ONE_HOUR), "dsl_judgement": "five_working_days"}
    assert review_times(school) == wanted
    assert review_times(stranger.organisation) == DEFAULTS
    assert saves() == [(manager.pk, "accounts.organisation", str(school.pk))]
    here.post(URL, ALL_IN_AN_HOUR)
    assert review_times(school)["dsl_judgement"] == Within.ONE_HOUR
    assert ReviewTime.objects.count() == len(DEFAULTS)


def test_it_counts_for_cases_recorded_from_then_on(here, practitioner, client, dsl):
    before = make_case(practitioner, **EMERGENCY)
    here.post(URL, ALL_IN_AN_HOUR)
    after = make_case(practitioner, **EMERGENCY)
    before.refresh_from_db()
    assert before.review_due_at - before.submitted_at == timedelta(minutes=15)
    assert after.review_due_at - after.submitted_at == timedelta(hours=1)
    client.force_login(dsl)
    due = timezone.localtime(after.review_due_at)
    assert f"To be reviewed by {due:%-d %B %Y, %H:%M}" in read(client)


@pytest.mark.parametrize("wrong", ["", "never", "\x00"])
def test_what_is_not_offered_is_refused_whole(here, school, wrong):
    response = here.post(URL, {**ALL_IN_AN_HOUR, "emergency": wrong})
    assert response.status_code == 422
    assert "Select how soon: Emergency" in response.content.decode()
    assert review_times(school) == DEFAULTS
    assert saves() == []


def test_managers_alone_may_open_it(client, dsl, practitioner, guidance, school):
    for user in (dsl, practitioner, UserFactory(organisation=school, roles=[Role.OPERATOR])):
        client.force_login(user)
        assert client.get(URL).status_code == client.post(URL, ALL_IN_AN_HOUR).status_code == 403
        assert URL not in read(client, "/")
    assert review_times(school) == DEFAULTS
    client.logout()
    assert client.get(URL).url == f"/sign-in/?next={URL}"


def test_somebody_in_no_organisation_manages_none(client, guidance):
    client.force_login(UserFactory(organisation=None, roles=[Role.MANAGER]))
    assert client.get(URL).status_code == 403
