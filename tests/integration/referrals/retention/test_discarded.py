"""Discarded triages: put to the leads a year later, deleted by one of them, and not by a clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from audit.models import Entry
from audit.recorder import SYSTEM
from outbox.models import Message
from referrals.actions import amending
from referrals.chronology import last_number
from referrals.retention import lines
from referrals.retention.again import delete_again
from referrals.retention.discarded import discarded_due
from referrals.retention.years import years_later
from referrals.watching import watch
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ANSWERS, make_case
from tests.integration.referrals.retention.test_again import again, listed
from tests.integration.referrals.retention.test_deleting import WORD, tables_with
from triage.actions import discard_draft, start_draft
from triage.models import Draft

pytestmark = pytest.mark.django_db
LIST = "/cases/retention/"
PAGE = "/cases/retention/discarded/"
A_YEAR = 366


def discarded(by: User, days: int = A_YEAR, word: str = "A word") -> Draft:
    """Discarded so many days ago, with the word wherever something was typed."""
    draft = start_draft(by=by)
    draft.put({**ANSWERS, "people": [{**ANSWERS["people"][0], "ref": word}], "notes": word})
    draft.save(update_fields=["answers"])
    discard_draft(draft=draft, reason=f"{word} reason", by=by)
    at = timezone.now() - timedelta(days=days)
    Draft.objects.filter(pk=draft.pk).update(discarded_at=at)
    return Draft.objects.get(pk=draft.pk)


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


def text(client, path) -> str:
    return client.get(path).content.decode()


def post(client, *drafts, **values):
    return client.post(PAGE, {"drafts": [str(one.pk) for one in drafts], "sure": "on", **values})


def left() -> set:
    return set(Draft.objects.values_list("pk", flat=True))


def test_a_year_after_it_was_discarded_it_is_put_to_the_leads(lead, practitioner, dsl):
    today = timezone.localdate()
    days = (today - years_later(today, -1)).days
    discarded(practitioner, days - 1)
    assert PAGE not in text(lead, LIST)
    assert not discarded_due(dsl).exists()
    draft = discarded(practitioner, days)
    assert list(discarded_due(dsl)) == [draft]
    assert "1 discarded triage" in text(lead, "/")
    assert PAGE in text(lead, LIST)
    page = text(lead, PAGE)
    assert f"/triage/{draft.pk}/read/" in page
    assert "Started by Example Teacher" in page
    assert page.count('name="drafts"') == 1


def test_no_clock_deletes_it(practitioner, guidance):
    draft = discarded(practitioner, 9000)
    watch(now=timezone.now())
    assert left() == {draft.pk}


def test_those_that_are_ticked_go_and_the_others_stay(lead, practitioner, dsl):
    one, two, three = (discarded(practitioner) for _ in range(3))
    response = post(lead, one, three)
    assert response.url == LIST
    assert "2 discarded triages were deleted." in text(lead, LIST)
    assert left() == {two.pk}
    rows = Entry.objects.filter(action="draft.deleted")
    assert {row.object_id for row in rows} == {str(one.pk), str(three.pk)}
    assert {(row.actor_id, row.object_type) for row in rows} == {(dsl.pk, "triage.draft")}
    assert lead.get(f"/triage/{one.pk}/read/").status_code == 404


def test_nothing_that_was_typed_is_left_in_any_table(lead, practitioner):
    draft = discarded(practitioner, word=WORD)
    now, key = timezone.now(), f"draft:{draft.pk}:urgent:x"
    Message.objects.create(to=practitioner, key=key, queued_at=now, try_at=now)
    assert tables_with(WORD) == {"triage_draft"}
    assert tables_with(str(draft.pk)) >= {"outbox_message", "audit_entry"}
    post(lead, draft)
    assert tables_with(WORD) == set()
    assert tables_with(str(draft.pk)) == {"audit_entry"}


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"sure": ""}, "Tick this box if you are sure"),
        ({"drafts": []}, "Tick each triage that is to be deleted"),
        ({"drafts": "nonsense"}, "Tick each triage that is to be deleted"),
    ],
)
def test_nothing_goes_unless_it_is_ticked_and_confirmed(lead, practitioner, values, error):
    draft = discarded(practitioner)
    response = post(lead, draft, **values)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(error) == 2  # above, and at the field
    assert left() == {draft.pk}
    assert ("checked" in page) == ("drafts" not in values or "sure" not in values)


def test_what_somebody_else_deleted_meanwhile_is_told(lead, practitioner):
    one, two = discarded(practitioner), discarded(practitioner)
    post(lead, one)
    post(lead, one, two)
    page = text(lead, LIST)
    assert "1 discarded triage was deleted." in page
    assert "1 that you ticked was not there any more." in page
    post(lead, one)
    assert "Nothing was deleted" in text(lead, LIST)


def test_what_is_not_due_or_not_discarded_or_of_others_stays(
    lead, practitioner, dsl, stranger, strange_dsl
):
    kept = [
        discarded(practitioner, 100),
        start_draft(by=practitioner),
        make_case(practitioner).draft,
        discarded(stranger),
    ]
    post(lead, *kept)
    assert left() == {draft.pk for draft in kept}
    assert list(discarded_due(strange_dsl)) == [kept[-1]]


def test_a_change_of_a_case_goes_with_its_case_alone(lead, practitioner, dsl):
    case = make_case(practitioner)
    change = amending.start_amendment(case=case, reason="A word", seen=last_number(case), by=dsl)
    discard_draft(draft=change, reason="A word", by=dsl)
    restricted = discarded(practitioner)
    Draft.objects.filter(pk=change.pk).update(discarded_at=timezone.now() - timedelta(days=A_YEAR))
    Draft.objects.filter(pk=restricted.pk).update(restricted=True)
    assert not discarded_due(dsl).exists()
    post(lead, change, restricted)
    assert {change.pk, restricted.pk} <= left()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGER])
def test_others_have_no_such_page(client, practitioner, school, guidance, role):
    draft = discarded(practitioner)
    client.force_login(UserFactory(organisation=school, roles=[role]))
    assert client.get(PAGE).status_code == 403
    assert post(client, draft).status_code == 403
    assert left() == {draft.pk}
    assert "discarded triage" not in text(client, "/")


def test_of_many_the_oldest_fifty_are_shown(lead, practitioner):
    start = start_draft(by=practitioner)
    rows = []
    for number in range(52):
        values = {
            "organisation": start.organisation,
            "owner": practitioner,
            "edition": start.edition,
            "started_at": start.started_at,
            "saved_at": start.saved_at,
            "discarded_at": timezone.now() - timedelta(days=900 - number),
            "discarded_by": practitioner,
            "discard_reason": "A word",
        }
        rows.append(Draft(**values))
    Draft.objects.bulk_create(rows)
    page = text(lead, PAGE)
    assert page.count('name="drafts"') == 50
    assert str(rows[0].pk) in page
    assert str(rows[51].pk) not in page
    assert "The oldest 50 of 52" in page


# After a restore.


def test_it_is_deleted_again_after_a_restore(lead, practitioner, dsl):
    draft = discarded(practitioner)
    post(lead, draft)
    line = listed()
    assert str(draft.pk) in line
    draft.save(force_insert=True)
    assert f"Discarded triage {draft.pk} deleted again." in again(line)
    assert left() == set()
    assert "was deleted here already" in again(line)
    last = Entry.objects.order_by("pk").last()
    assert (last.action, last.actor_id) == ("draft.deleted", None)


@pytest.mark.parametrize(
    ("values", "became"),
    [({"discarded_at": None}, "was not discarded yet"), ({"organisation_id": 0}, "is another one")],
)
def test_not_one_that_is_open_there_or_of_others(lead, practitioner, values, became):
    draft = start_draft(by=practitioner) if "discarded_at" in values else discarded(practitioner)
    organisation = values.get("organisation_id", draft.organisation_id)
    line = lines.signed({"draft_id": str(draft.pk), "organisation_id": organisation})
    assert became in delete_again(lines.read([line])[0], by=SYSTEM)
    assert left() == {draft.pk}
