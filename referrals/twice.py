"""Knowing a second click on a button from a second thing to save.

Without JavaScript nothing holds a second click back. It posts, to the same address, just what the
first one posted, the number of the newest entry that the page was opened with included. So a post
that is word for word what the same person saved last on the case, with nothing written since, is
saved already. Anything else is weighed as ever: whoever goes back and changes a word is told of
their own entry.
"""

import json

from django.utils.crypto import salted_hmac

from accounts.access import SignedInRequest
from referrals.chronology import last_number
from referrals.models import Case, LastSaved

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field


def remember(request: SignedInRequest, case: Case) -> None:
    """Keep what this post saved. Call it last, in the transaction that saved it.

    Nothing is kept of a post that deleted the case.
    """
    if not Case.objects.filter(pk=case.pk).exists():
        return
    values = {"digest": _digest(request), "number": last_number(case)}
    LastSaved.objects.update_or_create(case=case, by=request.user, defaults=values)


def saved_already(request: SignedInRequest, case: Case) -> bool:
    """Whether this very post is what the person saved last, and the case stands as it left it."""
    mine = LastSaved.objects.filter(case=case, by=request.user)
    return mine.filter(digest=_digest(request), number=last_number(case)).exists()


def _digest(request: SignedInRequest) -> str:
    """Keyed with the secret key, so that nobody can try out what the words were."""
    posted = sorted((key, values) for key, values in request.POST.lists() if key != TOKEN)
    value = json.dumps([request.path, posted])
    return salted_hmac("referrals.twice", value, algorithm="sha256").hexdigest()
