"""From when a case's retention counts, and how the organisation's rule makes a date of it."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from referrals.actions import amending, deciding
from referrals.chronology import last_number
from referrals.models import Basis, Case, RetentionRule
from referrals.retention import actions
from referrals.retention.dates import retention_of, rule_of
from referrals.retention.years import years_later
from referrals.states import NotNow
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import fresh, newest
from tests.integration.referrals.lead import agree, close
from tests.integration.referrals.retention.setting import card, closed

pytestmark = pytest.mark.django_db
BORN = date(2012, 2, 29)


@pytest.fixture
def case(guidance, practitioner) -> Case:
    return make_case(practitioner)


@pytest.fixture
def ageless(guidance, practitioner) -> Case:
    people = [{**PERSON, "age": "unknown"}]
    return make_case(practitioner, people=people, position_of_trust="unknown")


def counted(case) -> tuple[date, str]:
    now = fresh(case)
    return now.retention_from, now.retention_basis


def review_on(case) -> date:
    now = fresh(case)
    return retention_of(now, rule_of(now.organisation)).review_on


def years_ago(years: int) -> date:
    return years_later(timezone.localdate(), -years)


@pytest.fixture
def mixed(guidance, practitioner) -> Case:
    """A child of 15, and somebody whose age nobody knows."""
    people = [PERSON, {**PERSON, "id": "p2", "age": "unknown"}]
    return make_case(practitioner, people=people, position_of_trust="unknown")


def test_a_new_case_counts_from_the_youngest_age(case):
    assert counted(case) == (years_ago(15), Basis.AGE)
    assert review_on(case) == years_later(years_ago(15), 25)


def test_a_card_changes_it_and_taking_the_date_away_changes_it_back(case, dsl):
    card(case, dsl, name="A name", born=BORN)
    assert counted(case) == (BORN, Basis.BORN)
    assert review_on(case) == date(2037, 3, 1)
    card(case, dsl, name="A name")
    assert counted(case) == (years_ago(15), Basis.AGE)


def test_changed_answers_change_it(case, dsl):
    draft = amending.start_amendment(case=case, reason="Known now", seen=last_number(case), by=dsl)
    draft.put({**draft.answers, "people": [{**draft.people[0], "age": 9}]})
    draft.save(update_fields=["answers"])
    amending.save_amendment(draft=draft, seen=1, by=dsl)
    assert counted(case) == (years_ago(9), Basis.AGE)


def test_without_any_age_it_counts_from_when_it_was_closed(ageless, dsl):
    long_ago = timezone.now() - timedelta(days=400)
    assert counted(ageless) == (timezone.localdate(), Basis.NONE)
    Case.objects.filter(pk=ageless.pk).update(retention_from=long_ago)
    closed(ageless, dsl)
    assert counted(ageless) == (timezone.localdate(), Basis.NONE)
    card(ageless, dsl, name="A name")
    assert counted(ageless) == (timezone.localdate(), Basis.NONE)
    card(ageless, dsl, born=BORN)
    assert counted(ageless) == (BORN, Basis.BORN)


def test_whoever_is_of_unknown_age_may_be_the_youngest(mixed, school, dsl):
    assert counted(mixed) == (timezone.localdate(), Basis.UNKNOWN)
    assert review_on(mixed) == years_later(timezone.localdate(), 25)
    for birthday, years, longer in ((26, 7, 26), (20, 40, 40)):
        actions.save_rule(organisation=school, birthday=birthday, years=years, by=dsl)
        assert review_on(mixed) == years_later(timezone.localdate(), longer)


def test_a_card_of_theirs_says_how_old_they_are(mixed, dsl):
    card(mixed, dsl, person_id="p2", name="A name", born=date(1980, 1, 1))
    assert counted(mixed) == (years_ago(15), Basis.AGE)
    card(mixed, dsl, person_id="p2", name="A name")
    assert counted(mixed) == (timezone.localdate(), Basis.UNKNOWN)


def test_the_rule_holds_at_once_for_every_case_of_the_organisation_alone(
    case, ageless, stranger, school, dsl
):
    theirs = make_case(stranger)
    before = review_on(theirs)
    actions.save_rule(organisation=school, birthday=30, years=7, by=dsl)
    assert review_on(case) == years_later(years_ago(15), 30)
    assert review_on(ageless) == years_later(timezone.localdate(), 7)
    assert review_on(theirs) == before
    actions.save_rule(organisation=school, birthday=26, years=7, by=dsl)
    assert RetentionRule.objects.count() == 1


def test_a_lead_keeps_a_case_longer_never_shorter(case, dsl):
    before = review_on(case)
    with pytest.raises(NotNow):
        keep(case, before, dsl)
    keep(case, before + timedelta(days=1), dsl)
    assert review_on(case) == before + timedelta(days=1)
    assert newest(case).data["reason"] == "A claim"
    actions.save_rule(organisation=case.organisation, birthday=60, years=1, by=dsl)
    assert review_on(case) == years_later(years_ago(15), 60)


def keep(case, until, by):
    actions.keep_longer(case=case, until=until, reason="A claim", seen=last_number(case), by=by)


def test_cases_from_before_are_filled_in_as_new_ones_are(case, ageless, mixed, dsl, practitioner):
    with_card = make_case(practitioner)
    card(with_card, dsl, born=BORN)
    agree(ageless, dsl)
    close(ageless, dsl, timezone.localdate() + timedelta(days=1))
    deciding.reopen(case=ageless, reason="More", seen=last_number(ageless), by=dsl)
    cases = (case, ageless, mixed, with_card)
    right = [counted(one) for one in cases]
    Case.objects.update(retention_from=date(2000, 1, 1), retention_basis="")
    import_module("referrals.migrations.0008_fill_retention").fill(apps, None)
    assert [counted(one) for one in cases] == right
