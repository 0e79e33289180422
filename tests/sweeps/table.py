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
    # For everybody.
    "home": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    "guidance": Row(SIGNED_IN, 200, ANYBODY, 405),
    "how_it_decides": Row(SIGNED_IN, 200, SIGNED_IN, 405),
    # For the manager.
    "review_times": Row(MANAGERS, 200, MANAGERS, 422),
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
    # A case.
    "outcome": Row(OUTCOME, 200, STAFF, 405),
    "outcome_text": Row(OUTCOME, 200, STAFF, 405),
    "cases": Row(LEADS, 200, LEADS, 405),
    "case_search": Row(LEADS, 200, LEADS, 422),
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
}

# Asked for with the address, where that shows more.
QUERIES = {
    "home": "?discarded=all",
    "cases": "?status=any&drafts=all",
    "chronology": "?order=newest",
}
