"""Who gets which answer from which address. A new address is one more line in TABLE."""

from dataclasses import dataclass

OWN, OTHER, RESTRICTED = "own", "other", "restricted"
# Everybody who asks. `owner` started the draft and reported the cases, the restricted one too;
# `named` is the one deputy named on that; `gone` is deactivated, in a session that was live.
WHO = (
    *("anonymous", "owner", "colleague", "dsl", "deputy", "named"),
    *("manager", "editor", "operator", "gone"),
)
# Who is asked of objects of their own organisation, of the other, and of a restricted case. To
# those in no organisation every object is another's; what has no object is asked of all, once.
ASKED = {
    OWN: {*WHO} - {"named"},
    OTHER: {"owner", "dsl", "deputy", "manager"},
    RESTRICTED: {"owner", "colleague", "dsl", "deputy", "named", "manager"},
}
OK = 0  # whatever the address answers to those who may: the number in TABLE
Gate = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Row:
    """Who comes to an address by GET and what those who may get, and the same by an empty POST."""

    get: Gate
    got: int
    post: Gate
    posted: int

    def expected(self, method: str, whose: str, who: str) -> int:
        gate, ok = (self.get, self.got) if method == "GET" else (self.post, self.posted)
        return gate[whose][who] or ok


def gate(own: str, other: str = "", restricted: str = "") -> Gate:
    """A status for each of WHO, "-" for those not asked. One line alone holds of every object."""
    first = _line(own)
    alike = {**first, "named": first["deputy"]}
    lines = {
        OWN: first,
        OTHER: _line(other) if other else {who: alike[who] for who in ASKED[OTHER]},
        RESTRICTED: _line(restricted) if restricted else {w: alike[w] for w in ASKED[RESTRICTED]},
    }
    assert {whose: set(line) for whose, line in lines.items()} == ASKED
    return lines


def _line(text: str) -> dict[str, int]:
    said = dict(zip(WHO, text.split(), strict=True)).items()
    return {who: OK if word == "ok" else int(word) for who, word in said if word != "-"}


#                   anonymous owner colleague dsl deputy named manager editor operator gone
ANYBODY = gate("    ok        ok    ok        ok  ok     -     ok      ok     ok       ok")
SIGNED_IN = gate("  302       ok    ok        ok  ok     -     ok      ok     ok       302")
SIGNED_OUT = gate(" ok        302   302       302 302    -     302     302    302      ok")
# An invitation, in a session in which no link to one was opened.
NOT_OPENED = gate(" 404       ok    ok        ok  ok     -     ok      ok     ok       404")
STAFF = gate("      302       ok    ok        ok  ok     -     403     403    403      302")
# A person, a contact or whatever else the manager looks after.
MANAGED = gate(
    "               302       403   403       403 403    -     ok      403    403      302",
    "               -         403   -         403 403    -     404     -      -        -",
)
OPERATORS = gate("  302       403   403       403 403    -     403     403    ok       302")
# A second factor of the owner's, and their recovery codes: nobody else has any.
FACTOR = gate(
    "               302       ok    404       404 404    -     404     404    404      302",
    "               -         404   -         404 404    -     404     -      -        -",
)
# Setting up an app: the owner has one.
NO_APP_YET = gate(" 302       302   ok        ok  ok     -     ok      ok     ok       302")
NO_PICTURE = gate(" 302       404   ok        ok  ok     -     ok      ok     ok       302")
NOT_THERE = gate("  404       404   404       404 404    -     404     404    404      404")
LEADS = gate("      302       403   403       ok  ok     -     403     403    403      302")
MANAGERS = gate("   302       403   403       403 403    -     ok      403    403      302")
# A draft: whoever started it.
DRAFT = gate(
    "               302       ok    404       404 404    -     403     403    403      302",
    "               -         404   -         404 404    -     403     -      -        -",
    "               -         404   404       404 404    404   403     -      -        -",
)
# A draft, or what became of it, as the safeguarding leads read it.
READ_DRAFT = gate(
    "               302       404   404       ok  ok     -     403     403    403      302",
    "               -         404   -         404 404    -     403     -      -        -",
    "               -         404   404       404 404    404   403     -      -        -",
)
# A case: the safeguarding leads, or of a restricted one whoever is named on it.
CASE = gate(
    "               302       404   404       ok  ok     -     403     403    403      302",
    "               -         404   -         404 404    -     403     -      -        -",
    "               -         404   404       404 404    ok    403     -      -        -",
)
# Lifting a restriction that there is, or is not.
LIFTED = gate(
    "               302       404   404       409 409    -     403     403    403      302",
    "               -         404   -         404 404    -     403     -      -        -",
    "               -         404   404       404 404    ok    403     -      -        -",
)
# What it came to: whoever reported it, too, but not once it is restricted.
OUTCOME = gate(
    "               302       ok    404       ok  ok     -     403     403    403      302",
    "               -         404   -         404 404    -     403     -      -        -",
    "               -         404   404       404 404    ok    403     -      -        -",
)

# By the address's name: who comes to it by GET, what they get; by POST, what they get.
TABLE: dict[str, Row] = {
    "healthz": Row(ANYBODY, 200, ANYBODY, 405),
    "readyz": Row(ANYBODY, 200, ANYBODY, 405),
    # Signing in and out.
    "account_login": Row(SIGNED_OUT, 200, SIGNED_OUT, 200),
    "account_logout": Row(ANYBODY, 302, ANYBODY, 302),
    "open_invitation": Row(ANYBODY, 302, ANYBODY, 405),
    "accept_invitation": Row(NOT_OPENED, 200, NOT_OPENED, 200),
    "sign_in_with_passkey": Row(SIGNED_OUT, 200, SIGNED_OUT, 200),
    "mfa_authenticate": Row(ANYBODY, 302, ANYBODY, 302),
    "give_up_second_step": Row(ANYBODY, 405, ANYBODY, 302),
    "time_left": Row(ANYBODY, 200, ANYBODY, 200),
    "forgotten": Row(ANYBODY, 200, ANYBODY, 200),
    "reset_sent": Row(ANYBODY, 200, ANYBODY, 405),
    "open_reset": Row(ANYBODY, 302, ANYBODY, 405),
    "new_password": Row(NOT_THERE, 200, NOT_THERE, 200),
    "continue_with": Row(ANYBODY, 405, NOT_THERE, 302),
    "provider_answer": Row(NOT_THERE, 302, ANYBODY, 405),
    # How one signs in oneself.
    "security": Row(SIGNED_IN, 200, ANYBODY, 405),
    "sign_out_everywhere": Row(SIGNED_IN, 200, ANYBODY, 302),
    "confirm_who": Row(SIGNED_IN, 200, SIGNED_IN, 200),
    "change_password": Row(SIGNED_IN, 200, SIGNED_IN, 200),
    "set_up_app": Row(NO_APP_YET, 200, NO_APP_YET, 422),
    "app_picture": Row(NO_PICTURE, 200, ANYBODY, 405),
    "add_passkey": Row(SIGNED_IN, 200, SIGNED_IN, 200),
    "remove_factor": Row(FACTOR, 200, FACTOR, 302),
    "recovery_codes": Row(FACTOR, 200, ANYBODY, 405),
    "download_recovery_codes": Row(FACTOR, 200, ANYBODY, 405),
    "new_recovery_codes": Row(SIGNED_IN, 302, SIGNED_IN, 302),
    "unlink_provider": Row(FACTOR, 200, FACTOR, 302),
    # For everybody.
    "home": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    "guidance": Row(SIGNED_IN, 200, ANYBODY, 405),
    "how_it_decides": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    "held_on_me": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    "held_on_me_csv": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    # For the manager.
    "review_times": Row(MANAGERS, 200, MANAGERS, 422),
    "retention_rule": Row(MANAGERS, 200, MANAGERS, 422),
    "people_list": Row(MANAGERS, 200, ANYBODY, 405),
    "people_invite": Row(MANAGERS, 200, MANAGERS, 422),
    "people_person": Row(MANAGED, 200, ANYBODY, 405),
    "people_rename": Row(MANAGED, 200, MANAGED, 422),
    "people_roles": Row(MANAGED, 200, MANAGED, 422),
    "people_deactivate": Row(MANAGED, 200, MANAGED, 302),
    "people_reactivate": Row(ANYBODY, 405, MANAGED, 302),
    "people_again": Row(ANYBODY, 405, MANAGED, 302),
    "people_withdraw": Row(MANAGED, 200, MANAGED, 422),
    "people_reset_factor": Row(MANAGED, 200, MANAGED, 422),
    "held_on_user": Row(MANAGED, 200, MANAGERS, 405),
    "held_on_user_csv": Row(MANAGED, 200, MANAGERS, 405),
    "contacts": Row(MANAGERS, 200, ANYBODY, 405),
    "add_contact": Row(MANAGERS, 200, MANAGERS, 422),
    "contact": Row(MANAGED, 200, MANAGED, 422),
    "remove_contact": Row(MANAGED, 200, MANAGED, 302),
    "contact_up": Row(ANYBODY, 405, MANAGED, 302),
    "contact_down": Row(ANYBODY, 405, MANAGED, 302),
    "local_note": Row(MANAGERS, 200, MANAGERS, 422),
    # For the operator.
    "service_list": Row(OPERATORS, 200, ANYBODY, 405),
    "service_invite": Row(OPERATORS, 200, OPERATORS, 422),
    "service_person": Row(OPERATORS, 200, ANYBODY, 405),
    "service_rename": Row(OPERATORS, 200, OPERATORS, 422),
    "service_roles": Row(OPERATORS, 200, OPERATORS, 422),
    "service_deactivate": Row(OPERATORS, 200, OPERATORS, 302),
    "service_reactivate": Row(ANYBODY, 405, OPERATORS, 302),
    "service_again": Row(ANYBODY, 405, OPERATORS, 302),
    "service_withdraw": Row(OPERATORS, 200, OPERATORS, 422),
    "service_reset_factor": Row(OPERATORS, 200, OPERATORS, 422),
    "organisations": Row(OPERATORS, 200, OPERATORS, 405),
    "add_organisation": Row(OPERATORS, 200, OPERATORS, 422),
    "organisation": Row(OPERATORS, 200, ANYBODY, 405),
    "rename_organisation": Row(OPERATORS, 200, OPERATORS, 422),
    "managers_invite": Row(OPERATORS, 200, OPERATORS, 422),
    "managers_again": Row(ANYBODY, 405, OPERATORS, 302),
    "managers_withdraw": Row(OPERATORS, 200, OPERATORS, 422),
    "managers_reset_factor": Row(OPERATORS, 200, OPERATORS, 422),
    # The wizard.
    "blank_form": Row(STAFF, 200, STAFF, 405),
    "triage_start": Row(STAFF, 200, STAFF, 302),
    "triage_step": Row(DRAFT, 200, DRAFT, 422),
    "triage_person": Row(DRAFT, 200, DRAFT, 200),
    "triage_remove_person": Row(DRAFT, 200, DRAFT, 302),
    "triage_which_is_right": Row(DRAFT, 302, DRAFT, 302),
    "triage_check": Row(DRAFT, 200, DRAFT, 405),
    "triage_discard": Row(DRAFT, 200, DRAFT, 200),
    "triage_read": Row(READ_DRAFT, 200, STAFF, 405),
    "submit": Row(DRAFT, 302, DRAFT, 302),
    "send_now": Row(DRAFT, 302, DRAFT, 302),
    "send_now_person": Row(DRAFT, 302, DRAFT, 302),
    "outcome_of_draft": Row(OUTCOME, 302, STAFF, 405),
    # A draft that nobody has touched for weeks, which this one is not.
    "draft_take_over": Row(READ_DRAFT, 302, READ_DRAFT, 302),
    "draft_end": Row(READ_DRAFT, 302, READ_DRAFT, 302),
    # A case.
    "outcome": Row(OUTCOME, 200, STAFF, 405),
    "outcome_text": Row(OUTCOME, 200, STAFF, 405),
    "cases": Row(LEADS, 200, LEADS, 405),
    "case_search": Row(LEADS, 200, LEADS, 422),
    "retention_list": Row(LEADS, 200, LEADS, 405),
    "delete_discarded": Row(LEADS, 200, LEADS, 422),
    "case": Row(CASE, 200, STAFF, 405),
    "acknowledge": Row(CASE, 200, CASE, 409),
    "review": Row(CASE, 200, CASE, 422),
    "amend": Row(CASE, 200, CASE, 422),
    "changes": Row(CASE, 200, CASE, 405),
    "assign": Row(CASE, 200, CASE, 422),
    "restrict": Row(CASE, 200, CASE, 422),
    "lift_restriction": Row(CASE, 200, LIFTED, 422),
    "identity": Row(CASE, 200, CASE, 409),
    "identity_compare": Row(CASE, 200, CASE, 422),
    "close": Row(CASE, 200, CASE, 409),
    "reopen": Row(CASE, 200, CASE, 409),
    "add_step": Row(CASE, 200, CASE, 422),
    "step": Row(CASE, 200, CASE, 422),
    "record": Row(CASE, 200, CASE, 422),
    "chronology": Row(CASE, 200, ANYBODY, 405),
    "addendum": Row(CASE, 200, CASE, 422),
    "news": Row(CASE, 200, CASE, 422),
    "trail": Row(CASE, 200, ANYBODY, 405),
    "held": Row(CASE, 200, CASE, 405),
    "held_csv": Row(CASE, 200, CASE, 405),
    "held_json": Row(CASE, 200, CASE, 405),
    "hold": Row(CASE, 200, CASE, 422),
    "lift_hold": Row(CASE, 200, CASE, 409),
    "keep": Row(CASE, 200, CASE, 422),
    "delete": Row(CASE, 200, CASE, 409),
}

# Asked for with the address, where that shows more.
QUERIES = {
    "home": "?discarded=all",
    "cases": "?status=any&drafts=all",
    "chronology": "?order=newest",
}
