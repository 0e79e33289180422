"""The acts of the audit in words, for the person whom they are about."""

from datetime import datetime
from typing import NamedTuple

from audit.acts import Act
from audit.models import Entry
from referrals.trail import WORDS as OF_A_CASE

# Who did it may be the person, somebody else, or the system: so the words name nobody.
OF_AN_ACCOUNT: dict[str, str] = {
    Act.SIGNED_IN: "Signed in",
    Act.SIGNED_OUT: "Signed out",
    Act.SIGNED_OUT_EVERYWHERE: "Signed out everywhere",
    Act.SESSION_RAN_OUT: "Signed out, because the time was up",
    Act.WHO_CONFIRMED: "Showed again who they are",
    Act.SECOND_STEP_FAILED: "A second step that was not right",
    Act.FACTOR_ADDED: "Second factor set up",
    Act.FACTOR_REMOVED: "Second factor removed",
    Act.FACTORS_RESET: "Second factor reset",
    Act.RECOVERY_CODES_MADE: "Recovery codes made",
    Act.RECOVERY_CODES_READ: "Recovery codes opened",
    Act.RECOVERY_CODE_USED: "Recovery code used",
    Act.PASSWORD_CHANGED: "Password changed",
    Act.PASSWORD_RESET: "Password set by a link from an e-mail",
    Act.PROVIDER_LINKED: "Account elsewhere linked",
    Act.PROVIDER_UNLINKED: "Account elsewhere no longer linked",
    Act.USER_CREATED: "Account made",
    Act.USER_INVITED: "Invited",
    Act.INVITATION_WITHDRAWN: "Invitation withdrawn",
    Act.INVITATION_USED: "Invitation used",
    Act.USER_RENAMED: "Name changed",
    Act.USER_DEACTIVATED: "Account closed",
    Act.USER_REACTIVATED: "Account opened again",
    Act.ROLE_GRANTED: "Role given",
    Act.ROLE_REVOKED: "Role taken away",
    Act.ACCOUNT_READ: "What is held on the account was opened",
    Act.ACCOUNT_EXPORTED: "What is held on the account was downloaded",
}
OF_AN_ORGANISATION: dict[str, str] = {
    Act.ORGANISATION_CREATED: "Organisation added",
    Act.ORGANISATION_RENAMED: "Name of the organisation changed",
    Act.CONTACT_SAVED: "Contact saved",
    Act.CONTACT_REMOVED: "Contact removed",
    Act.LOCAL_NOTE_SAVED: "Note on how things are done here saved",
    Act.REVIEW_TIMES_SAVED: "How soon a case is reviewed saved",
    Act.RETENTION_SAVED: "How long cases are kept saved",
    Act.CASES_SEARCHED: "Searched the cases",
    Act.DRAFT_DELETED: "Deleted a discarded triage",
    Act.GUIDANCE_LOADED: "Guidance loaded",
    Act.GUIDANCE_PUBLISHED: "Guidance published",
}
# Where the words of a case's own page would not do here.
ELSEWHERE: dict[str, str] = {
    Act.DRAFT_STARTED: "Started a triage",
    Act.DRAFT_READ_BY_DSL: "Opened a triage of somebody else",
    Act.TRAIL_READ: "Opened who has opened a case",
    Act.HELD_READ: "Opened all that is held on a person of a case",
    Act.HELD_EXPORTED: "Downloaded all that is held on a person of a case",
}
WORDS = OF_A_CASE | OF_AN_ACCOUNT | OF_AN_ORGANISATION | ELSEWHERE
THINGS = {
    "accounts.user": "Account",
    "accounts.roleheld": "Role",
    "accounts.invitation": "Invitation",
    "accounts.organisation": "Organisation",
    "accounts.contact": "Contact",
    "mfa.authenticator": "Second factor",
    "socialaccount.socialaccount": "Account elsewhere",
    "guidance.edition": "Edition of the guidance",
    "referrals.case": "Case",
    "triage.draft": "Triage",
}


class Line(NamedTuple):
    """A row of the audit in words. What nobody has given words stands as it is recorded."""

    at: datetime
    what: str
    on_what: str
    number: str


def line_of(row: Entry) -> Line:
    what = WORDS.get(row.action, row.action)
    return Line(row.at, what, THINGS.get(row.object_type, row.object_type), row.object_id)
