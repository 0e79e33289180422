"""Who may read what was planted in a place. Whoever is not named here must never see it."""

from tests.sweeps.table import OTHER, OWN, RESTRICTED

LEADS = {"dsl", "deputy", "named"}
STAFF = {"owner", "colleague", *LEADS}

# Of one's own organisation, by how the name of the place begins; the first that fits.
READERS: dict[str, set[str]] = {
    "organisation": {*STAFF, "manager"},
    "local_note": {*STAFF, "manager"},
    "contact": {*STAFF, "manager"},
    "name_of_": {*STAFF, "manager"},
    "email_of_": {"manager"},
    "secret_of_": set(),
    "code_of_": set(),
    "account_of_": set(),
    # What was written before it was sent, and what whoever sent it was told and is asked to do.
    "draft_": {"owner", *LEADS},
    "case_": {"owner", *LEADS},
    "reference": {"owner", *LEADS},
    "step": {"owner", *LEADS},
    "": LEADS,
}
# Operators make organisations and invite their managers.
OPERATORS_READ = ("organisation", "name_of_manager", "email_of_manager")
# Who sees all that there is to see of the other organisation, and of the restricted case.
STRANGER = "stranger"
SEES_ALL = {OWN: "dsl", OTHER: STRANGER, RESTRICTED: "named"}
# Of which no page for safeguarding leads shows anything; secrets, no page at all.
NOT_FOR_LEADS = (
    *("email_of_", "name_of_colleague", "name_of_manager", "name_of_invited"),
    *("secret_of_", "code_of_", "account_of_"),
)


def readers(whose: str, place: str) -> set[str]:
    """Those of the table, and STRANGER. Everybody sees what is their own."""
    operator = {"operator"} if whose != RESTRICTED and place in OPERATORS_READ else set()
    if whose != OWN:
        return {SEES_ALL[whose], *operator}
    of = place.rpartition("_of_")[2]
    return {of, *operator, *next(who for start, who in READERS.items() if place.startswith(start))}
