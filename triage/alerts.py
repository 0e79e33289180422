"""What safeguarding leads are told by e-mail about a triage that is still open."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from accounts.queries import leads
from accounts.roles import Role
from outbox.actions import Notice, queue, withdraw
from outbox.actions import forget as forget_messages
from outbox.models import Message
from outbox.text import letter
from triage.model.route import replay
from triage.model.urgent import urgent_answers
from triage.models import Draft
from triage.queries import UNTOUCHED

SUBJECT = "Urgent answer in an unfinished triage"
TEXT = (
    "Somebody gave an urgent answer in a triage that they have not finished. "
    "Read it now: do not wait for them to send it."
)
UNTOUCHED_SUBJECT = "A triage that nobody finished"
UNTOUCHED_TEXT = (
    f"Nobody has touched an unfinished triage for {UNTOUCHED.days} days. Read it, and decide: "
    "finish it, or discard it with a reason."
)


def tell_of_urgent(draft: Draft, before: Mapping[str, Any]) -> None:
    """Tell what is newly urgent in a draft whose stored answers were `before`: one message a save.

    Each kind of urgent answer is told once for each draft. Not of a draft that changes a case, nor
    of one whose case is restricted.
    """
    if draft.amends or draft.restricted:
        return
    now = urgent_answers(draft.route.answers)
    if now:
        known = {*urgent_answers(replay(before).answers)}
        kinds = [slugify(text) for text in now if text not in known]
        told = _told(draft) if kinds else set()
        _tell(draft, [kind for kind in kinds if kind not in told])


def _tell(draft: Draft, kinds: list[str]) -> None:
    """To the safeguarding leads; to the deputies where there is no lead but the writer."""
    if kinds:
        others = leads(draft.organisation, Role.DSL).exclude(pk=draft.owner_id)
        deputies = leads(draft.organisation, Role.DEPUTY).exclude(pk=draft.owner_id)
        body = letter(TEXT, reverse("triage_read", kwargs={"draft_id": draft.pk}))
        to = tuple(others) or tuple(deputies)
        queue(Notice(to, SUBJECT, body, _key(draft) + "+".join(kinds)))


def _told(draft: Draft) -> set[str]:
    """The kinds that somebody was told already."""
    keys = Message.objects.filter(key__startswith=_key(draft)).values_list("key", flat=True)
    return {kind for key in keys for kind in key.split(":")[3].split("+")}


def withdraw_urgent(draft: Draft) -> None:
    """Do not send what still waits about this draft: something newer says it."""
    withdraw(key=_key(draft))


def forget(draft: Draft) -> None:
    """Every message about a draft that is deleted with its case."""
    forget_messages(key=f"draft:{draft.pk}:")


def untouched_notices(drafts: Iterable[Draft]) -> list[Notice]:
    """That nobody goes on with these: to the safeguarding leads, the deputies where there is none.

    Told once for each time that one was left.
    """
    known: dict[int, tuple[User, ...]] = {}
    for draft in (drafts := list(drafts)):
        if draft.organisation_id not in known:
            first = tuple(leads(draft.organisation, Role.DSL))
            known[draft.organisation_id] = first or tuple(leads(draft.organisation, Role.DEPUTY))
    return [_untouched(draft, known[draft.organisation_id]) for draft in drafts]


def _untouched(draft: Draft, to: tuple[User, ...]) -> Notice:
    body = letter(UNTOUCHED_TEXT, reverse("triage_read", kwargs={"draft_id": draft.pk}))
    key = f"draft:{draft.pk}:untouched:{draft.version}"
    return Notice(to, UNTOUCHED_SUBJECT, body, key)


def _key(draft: Draft) -> str:
    return f"draft:{draft.pk}:urgent:"
