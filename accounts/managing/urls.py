"""Invitations; organisations, their people and contacts; the people of the service."""

from django.urls import URLPattern, path

from accounts.managing import contacts, invited, organisations, people
from accounts.signin.views.reset import reset_factor

MANAGERS = "service/organisations/<int:organisation_id>/"


def _people(start: str, where: str) -> list[URLPattern]:
    """Everything there is to do with people of one place (accounts/managing/places.py)."""
    views = [
        ("", people.listing, "list"),
        ("invite/", people.invite_person, "invite"),
        ("<int:user_id>/", people.person, "person"),
        ("<int:user_id>/name/", people.rename, "rename"),
        ("<int:user_id>/roles/", people.roles, "roles"),
        ("<int:user_id>/deactivate/", people.deactivate, "deactivate"),
        ("<int:user_id>/reactivate/", people.reactivate, "reactivate"),
        ("<int:user_id>/invite-again/", people.again, "again"),
        ("<int:user_id>/withdraw/", people.withdraw, "withdraw"),
        ("<int:user_id>/second-factor/", reset_factor, "reset_factor"),
    ]
    here = {"where": where}
    return [path(start + end, view, here, name=f"{where}_{name}") for end, view, name in views]


urlpatterns = [
    path("invitation/", invited.accept, name="accept_invitation"),
    path("invitation/<str:token>/", invited.open_link, name="open_invitation"),
    *_people("organisation/people/", "people"),
    path("organisation/contacts/", contacts.listing, name="contacts"),
    path("organisation/contacts/add/", contacts.add, name="add_contact"),
    path("organisation/contacts/<int:contact_id>/", contacts.change, name="contact"),
    path("organisation/contacts/<int:contact_id>/remove/", contacts.remove, name="remove_contact"),
    path(
        "organisation/contacts/<int:contact_id>/up/",
        contacts.move,
        {"way": "up"},
        name="contact_up",
    ),
    path(
        "organisation/contacts/<int:contact_id>/down/",
        contacts.move,
        {"way": "down"},
        name="contact_down",
    ),
    path("organisation/note/", contacts.note, name="local_note"),
    *_people("service/people/", "service"),
    path("service/organisations/", organisations.listing, name="organisations"),
    path("service/organisations/add/", organisations.add, name="add_organisation"),
    path(MANAGERS, organisations.organisation, {"where": "managers"}, name="organisation"),
    path(
        MANAGERS + "name/",
        organisations.rename,
        {"where": "managers"},
        name="rename_organisation",
    ),
    path(
        MANAGERS + "managers/invite/",
        people.invite_person,
        {"where": "managers"},
        name="managers_invite",
    ),
    path(
        MANAGERS + "managers/<int:user_id>/invite-again/",
        people.again,
        {"where": "managers"},
        name="managers_again",
    ),
    path(
        MANAGERS + "managers/<int:user_id>/withdraw/",
        people.withdraw,
        {"where": "managers"},
        name="managers_withdraw",
    ),
    path(
        MANAGERS + "managers/<int:user_id>/second-factor/",
        reset_factor,
        {"where": "managers"},
        name="managers_reset_factor",
    ),
]
