"""Ending somebody's live sessions, wherever they are signed in."""

from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from accounts.models import User


def end_sessions(*, user: User, keep: HttpRequest | None = None) -> None:
    """End every session of `user` at once, but that of `keep`, which gets a new key.

    Each session holds a hash that is made from the person's session epoch (`accounts.models.User`)
    and is compared at every request. So one number counted up is enough: no session has to be
    found, and one that is being made meanwhile ends, too. Call it in the transaction of what it is
    for; that has the audit record.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    if keep is not None:
        update_session_auth_hash(keep, user)
