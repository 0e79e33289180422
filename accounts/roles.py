"""Roles, and what each may do. The one place that says so."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    START_TRIAGE = "start_triage"  # and resume one's own drafts, and hand one to the DSL
    SEE_OWN_CASES = "see_own_cases"  # receipt, outcome, what is asked of them
    SEE_ORGANISATION_CASES = "see_organisation_cases"  # and drafts; review, decide, record
    EXPORT_CASES = "export_cases"
    SEE_STATISTICS = "see_statistics"  # numbers without a case behind them
    MANAGE_ORGANISATION = "manage_organisation"  # people, roles, contacts, local notes
    EDIT_GUIDANCE = "edit_guidance"
    RUN_SERVICE = "run_service"  # create organisations, invite their first manager


class Role(StrEnum):
    PRACTITIONER = "practitioner"
    DSL = "dsl"
    DEPUTY = "deputy"
    MANAGER = "manager"
    GUIDANCE_EDITOR = "guidance_editor"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Declared:
    """What people are told a role is, what it may do, and whether it is held in an organisation."""

    title: str
    description: str
    permissions: frozenset[Permission]
    in_organisation: bool = True


_OWN_WORK = frozenset({Permission.START_TRIAGE, Permission.SEE_OWN_CASES})
_LEAD = _OWN_WORK | {
    Permission.SEE_ORGANISATION_CASES,
    Permission.EXPORT_CASES,
    Permission.SEE_STATISTICS,
}

ROLES: dict[Role, Declared] = {
    Role.PRACTITIONER: Declared(
        "Member of staff",
        "Starts a triage, and sees the cases they started.",
        _OWN_WORK,
    ),
    Role.DSL: Declared(
        "Designated safeguarding lead",
        "Reviews every case and draft of the organisation, decides, and records what was done.",
        _LEAD,
    ),
    Role.DEPUTY: Declared(
        "Deputy safeguarding lead",
        "Does what the designated safeguarding lead does.",
        _LEAD,
    ),
    Role.MANAGER: Declared(
        "Manager",
        "Looks after the organisation's people, roles, contacts and local notes. Sees no case.",
        frozenset({Permission.MANAGE_ORGANISATION, Permission.SEE_STATISTICS}),
    ),
    Role.GUIDANCE_EDITOR: Declared(
        "Guidance editor",
        "Writes and publishes the guidance for everyone. Sees no case.",
        frozenset({Permission.EDIT_GUIDANCE}),
        in_organisation=False,
    ),
    Role.OPERATOR: Declared(
        "Operator",
        "Creates organisations and invites their first manager. Sees no case.",
        frozenset({Permission.RUN_SERVICE}),
        in_organisation=False,
    ),
}

ROLE_CHOICES = [(role.value, declared.title) for role, declared in ROLES.items()]


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(ROLES[role].permissions for role in roles))
