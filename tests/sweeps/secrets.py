"""Who may read what was planted in a place. Whoever is not named here must never see it."""

LEADS = {"dsl", "deputy", "named"}
STAFF = {"owner", "colleague", *LEADS}

# Of one's own organisation, by how the name of the place begins; the first that fits.
READERS: dict[str, set[str]] = {
    "organisation": {*STAFF, "manager"},
    "local_note": {*STAFF, "manager"},
    "contact": {*STAFF, "manager"},
    "name_of_": {*STAFF, "manager"},
    "email_of_": {"manager"},
    # What was written before it was sent, and what whoever sent it was told and is asked to do.
    "draft_": {"owner", *LEADS},
    "case_": {"owner", *LEADS},
    "reference": {"owner", *LEADS},
    "step": {"owner", *LEADS},
    "": LEADS,
}
# No page for safeguarding leads shows these.
UNSEEN_BY_LEADS = ("email_of_", "name_of_colleague", "name_of_manager", "name_of_invited")


def readers(place: str) -> set[str]:
    """And everybody sees what is their own."""
    of = place.rpartition("_of_")[2]
    return {of, *next(who for start, who in READERS.items() if place.startswith(start))}
