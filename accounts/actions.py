"""Everything that changes accounts. Each action keeps its own audit record."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Contact, Organisation, RoleHeld, User
from accounts.notices import lead_added
from accounts.queries import contacts_for
from accounts.roles import Role
from audit.acts import Act
from audit.recorder import Actor, record

EMAIL_TAKEN = (
    "This e-mail address cannot be invited, because somebody here has it already. If it is one of "
    "your people, look in the list: an account that is closed can be opened again."
)


@transaction.atomic
def create_organisation(*, name: str, by: Actor, local_note: str = "") -> Organisation:
    """Raises ValidationError. Its creation is the first row of the organisation's own chain."""
    organisation = Organisation(name=name, local_note=local_note)
    organisation.full_clean()
    organisation.save()
    record(by=by, action=Act.ORGANISATION_CREATED, obj=organisation, organisation=organisation)
    return organisation


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str,
    by: Actor,
    organisation: Organisation | None = None,
    password: str | None = None,
    is_demo: bool = False,
    invited: bool = False,
) -> User:
    """Raises ValidationError, for an e-mail address already in use among others.

    Without a password the person cannot sign in. How good a password is, forms judge. `invited`:
    not active before they take an invitation up (accounts/invitations.py).
    """
    user = User(email=email, name=name, organisation=organisation, is_demo=is_demo)
    user.is_invited, user.is_active = invited, not invited
    user.set_password(password)
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        # Somebody else took the address between the check and now.
        raise ValidationError({"email": EMAIL_TAKEN}) from error
    record(by=by, action=Act.USER_CREATED, obj=user, organisation=organisation)
    return user


@transaction.atomic
def grant_role(*, user: User, role: Role, by: Actor) -> RoleHeld:
    """Raises ValidationError if the role needs an organisation. Granting it again does nothing."""
    held = RoleHeld.objects.filter(user=user, role=role).first()
    if held is not None:
        return held
    held = RoleHeld(user=user, role=role)
    held.full_clean()
    held.save()
    # What this object remembers of its roles is now out of date.
    user.__dict__.pop("roles", None)
    lead_added(held, by)
    record(by=by, action=Act.ROLE_GRANTED, obj=held, organisation=user.organisation)
    return held


@transaction.atomic
def save_contact(*, contact: Contact, by: Actor) -> Contact:
    """Keep a new or changed contact. Raises ValidationError."""
    contact.full_clean()
    contact.save()
    record(by=by, action=Act.CONTACT_SAVED, obj=contact, organisation=contact.organisation)
    return contact


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, by: Actor) -> Organisation:
    """Raises ValidationError."""
    locked = _locked(organisation)
    locked.name = name
    locked.full_clean()
    locked.save(update_fields=["name"])
    record(by=by, action=Act.ORGANISATION_RENAMED, obj=locked, organisation=locked)
    return locked


@transaction.atomic
def save_local_note(*, organisation: Organisation, note: str, by: Actor) -> Organisation:
    """Raises ValidationError."""
    locked = _locked(organisation)
    locked.local_note = note
    locked.full_clean()
    locked.save(update_fields=["local_note"])
    record(by=by, action=Act.LOCAL_NOTE_SAVED, obj=locked, organisation=locked)
    return locked


@transaction.atomic
def remove_contact(*, contact: Contact, by: Actor) -> None:
    """Staff are not told to call them any more. Gone already, it is not recorded again."""
    _locked(contact.organisation)
    held = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if held is not None:
        record(by=by, action=Act.CONTACT_REMOVED, obj=held, organisation=held.organisation)
        held.delete()


@transaction.atomic
def move_contact(*, contact: Contact, up: bool, by: Actor) -> None:
    """One place up or down among the contacts of its kind. At the end of them it stays there."""
    organisation = _locked(contact.organisation)
    listed = list(contacts_for(organisation).filter(kind=contact.kind))
    if contact not in listed:
        return
    place = listed.index(contact)
    listed.insert(max(place - 1, 0) if up else place + 1, listed.pop(place))
    for number, each in enumerate(listed):
        each.order = number
    Contact.objects.bulk_update(listed, ["order"])
    record(by=by, action=Act.CONTACT_SAVED, obj=contact, organisation=organisation)


def _locked(organisation: Organisation) -> Organisation:
    """As it is now. "No key": what has the audit locked may see meanwhile that the row is there."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
