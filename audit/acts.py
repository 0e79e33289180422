"""Every act the audit knows. A closed vocabulary: what is not named here cannot be recorded.

The values are stored for ever. Add to them; never rename one and never use one for something else.
"""

from enum import StrEnum


class Act(StrEnum):
    # Sign-in.
    SIGNED_IN = "signed.in"
    SIGNED_OUT = "signed.out"
    SIGN_IN_FAILED = "sign_in.failed"
    # Organisations and people.
    ORGANISATION_CREATED = "organisation.created"
    USER_CREATED = "user.created"
    ROLE_GRANTED = "role.granted"
    CONTACT_SAVED = "contact.saved"
    ORGANISATION_RENAMED = "organisation.renamed"
    LOCAL_NOTE_SAVED = "local_note.saved"
    CONTACT_REMOVED = "contact.removed"
    USER_INVITED = "user.invited"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_USED = "invitation.used"
    USER_RENAMED = "user.renamed"
    USER_DEACTIVATED = "user.deactivated"
    USER_REACTIVATED = "user.reactivated"
    ROLE_REVOKED = "role.revoked"
    # Drafts. Saving a page is not an act: a row for every page would bury the ones that matter.
    DRAFT_STARTED = "draft.started"
    DRAFT_SUBMITTED = "draft.submitted"
    DRAFT_DISCARDED = "draft.discarded"
    DRAFT_READ_BY_DSL = "draft.read_by_dsl"
    DRAFT_TAKEN_OVER = "draft.taken_over"
    DRAFT_DELETED = "draft.deleted"
    # Cases.
    CASE_RECORDED = "case.recorded"
    CASE_READ = "case.read"
    OUTCOME_READ = "outcome.read"
    OUTCOME_COPIED = "outcome.copied"
    # The safeguarding lead's work: one for each kind of entry in a case's chronology.
    CASE_ACKNOWLEDGED = "case.acknowledged"
    CASE_ESCALATED = "case.escalated"
    CASE_ASSIGNED = "case.assigned"
    CASE_REVIEWED = "case.reviewed"
    CASE_AMENDED = "case.amended"
    CASE_PLAN = "case.plan"
    CASE_REFERRAL = "case.referral"
    CASE_REFERRAL_NEWS = "case.referral_news"
    CASE_NOT_REFERRED = "case.not_referred"
    CASE_MEETING = "case.meeting"
    CASE_PARENTS = "case.parents"
    CASE_SUPPORT = "case.support"
    CASE_DEVICE = "case.device"
    CASE_VIEWING = "case.viewing"
    CASE_DELETION = "case.deletion"
    CASE_SHARING = "case.sharing"
    CASE_NOTE = "case.note"
    CASE_ADDENDUM = "case.addendum"
    CASE_IDENTITY = "case.identity"
    CASE_LINKED = "case.linked"
    CASE_RESTRICTED = "case.restricted"
    CASE_UNRESTRICTED = "case.unrestricted"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_HELD = "case.held"
    CASE_HOLD_LIFTED = "case.hold_lifted"
    CASE_KEPT = "case.kept"
    CASE_DELETED = "case.deleted"
    CHRONOLOGY_READ = "chronology.read"
    IDENTITY_READ = "identity.read"
    TRAIL_READ = "trail.read"
    CASES_SEARCHED = "cases.searched"
    REVIEW_TIMES_SAVED = "review_times.saved"
    RETENTION_SAVED = "retention.saved"
    # All that is held on one person: on a page, or as a file. One row for each case it is from.
    HELD_READ = "held.read"
    HELD_EXPORTED = "held.exported"
    ACCOUNT_READ = "account.read"
    ACCOUNT_EXPORTED = "account.exported"
    # The service.
    GUIDANCE_LOADED = "guidance.loaded"
    GUIDANCE_PUBLISHED = "guidance.published"
    DEMO_LOADED = "demo.loaded"
    # The whole database, and so about no one row.
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"
    # How people sign in: second factors, passwords, accounts elsewhere, sessions.
    SESSION_RAN_OUT = "session.ran_out"
    SIGNED_OUT_EVERYWHERE = "signed.out_everywhere"
    WHO_CONFIRMED = "who.confirmed"
    SECOND_STEP_FAILED = "second_step.failed"
    FACTOR_ADDED = "factor.added"
    FACTOR_REMOVED = "factor.removed"
    FACTORS_RESET = "factors.reset"
    RECOVERY_CODES_MADE = "recovery_codes.made"
    RECOVERY_CODES_READ = "recovery_codes.read"
    RECOVERY_CODE_USED = "recovery_code.used"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105
    PASSWORD_RESET_ASKED = "password.reset_asked"  # noqa: S105
    PASSWORD_RESET = "password.reset"  # noqa: S105
    PROVIDER_LINKED = "provider.linked"
    PROVIDER_UNLINKED = "provider.unlinked"
    PROVIDER_REFUSED = "provider.refused"


# Acts that are about no one row. A failed sign-in names no account: the address that was typed may
# be a mistyped password, or belong to somebody who has no account here.
WITHOUT_OBJECT = frozenset(
    {
        Act.SIGN_IN_FAILED,
        Act.PASSWORD_RESET_ASKED,
        Act.PROVIDER_REFUSED,
        Act.BACKUP_MADE,
        Act.BACKUP_RESTORED,
    }
)
