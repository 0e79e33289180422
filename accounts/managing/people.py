"""The people of an organisation, for its managers, and those of the service, for operators."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people as actions
from accounts.access import SignedInRequest
from accounts.invitations import (
    InvitationOver,
    invite,
    invite_again,
    path_of,
    withdraw_invitation,
)
from accounts.managing.base_forms import PlainForm
from accounts.managing.forms import InviteForm, PersonNameForm, RolesForm
from accounts.managing.pages import form_page, posted
from accounts.managing.places import Place, people_page
from accounts.models import Contact, Invitation, User
from accounts.people import Refused
from accounts.roles import Role

HAND_OVER = "invitation_to_hand_over"
SENT = "The invitation is on its way by e-mail. The link works once, for seven days."
OVER = "This person is not waiting for an invitation any more."
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@people_page
def listing(request: SignedInRequest, place: Place) -> HttpResponse:
    everybody = list(place.people)
    groups = [
        ("Can sign in", [user for user in everybody if user.is_active]),
        ("Invited, not here yet", [user for user in everybody if user.is_invited]),
        ("Account closed", [u for u in everybody if not (u.is_active or u.is_invited)]),
    ]
    shown = {"place": place, "groups": groups, **link_to_hand_over(request, place)}
    return render(request, "accounts/people.html", shown)


@form_methods
@people_page
def invite_person(request: SignedInRequest, place: Place) -> HttpResponse:
    form = InviteForm(posted(request), roles=place.roles)

    def save(form: InviteForm) -> None:
        invitation = invite(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            roles=form.chosen,
            organisation=place.organisation,
            by=request.user,
        )
        hand_over(request, invitation)

    return form_page(
        request,
        form,
        save=save,
        next_url=place.list_url,
        title="Invite a manager" if place.name == "managers" else "Invite a person",
        button="Invite",
        template="accounts/invite.html",
        place=place,
        mails=bool(settings.EMAIL_HOST),
    )


def hand_over(request: SignedInRequest, invitation: Invitation) -> None:
    """Where no mail is sent, the next page shows the link, once, to whoever invited."""
    if settings.EMAIL_HOST:
        messages.success(request, SENT)
    else:
        # Its id, not the link: sessions are kept in the database.
        request.session[HAND_OVER] = invitation.pk


def link_to_hand_over(request: SignedInRequest, place: Place) -> dict[str, str]:
    """`link` and `link_for`, the first time the page is shown after an invitation."""
    key = request.session.pop(HAND_OVER, None)
    invitation = Invitation.objects.filter(pk=key, user__in=place.people).first()
    path = path_of(invitation.pk) if invitation else None
    if invitation is None or path is None:
        return {}
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    return {"link": site + path, "link_for": invitation.user.name}


@require_safe
@people_page
def person(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    invitation = user.invitations.order_by("-pk").first() if user.is_invited else None
    pages = ("rename", "roles", "deactivate", "reactivate", "again", "withdraw", "reset_factor")
    urls = {page: place.url(page, user) for page in pages}
    if not (user.is_active or user.is_invited):
        del urls["roles"]  # they count for nothing until the account is open again
    context = {"place": place, "person": user, "invitation": invitation, "urls": urls}
    return render(request, "accounts/person.html", context)


@form_methods
@people_page
def rename(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    form = PersonNameForm(posted(request), now={"name": user.name})
    return form_page(
        request,
        form,
        save=lambda form: actions.rename_person(
            user=user, name=form.cleaned_data["name"], by=request.user
        ),
        next_url=place.url("person", user),
        done="The name was changed.",
        title="Change the name",
    )


@form_methods
@people_page
def roles(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    form = RolesForm(posted(request), user=user, roles=place.roles)
    keeps = actions.kept_by(place.organisation).value in request.POST.getlist("roles")
    return form_page(
        request,
        form,
        save=lambda form: actions.set_roles(user=user, roles=form.chosen, by=request.user),
        next_url=_next(request, place, user, keeps),
        back_url=place.url("person", user),
        done="The roles were changed. They count at once.",
        title=f"What {user.name} does here",
        page_title="What a person does here",
        template="accounts/roles.html",
        is_lead=_is_lead(user),
    )


@form_methods
@people_page
def deactivate(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    """Says what becomes of everything, and does it when told so."""
    return form_page(
        request,
        PlainForm(posted(request)),
        save=lambda form: actions.deactivate(user=user, by=request.user),
        next_url=_next(request, place, user, False),
        back_url=place.url("person", user),
        done="The account is closed, and signed out everywhere.",
        template="accounts/deactivate.html",
        person=user,
        refused=actions.is_last(user),
        is_lead=_is_lead(user),
        last_dsl=actions.is_last_dsl(user),
        contacts=_contacts_named(user),
    )


def _next(request: SignedInRequest, place: Place, user: User, keeps: bool) -> str:
    """Home for whoever took from themselves what the page needs."""
    return place.url("person", user) if keeps or user != request.user else reverse("home")


def _is_lead(user: User) -> bool:
    return user.is_active and bool(user.roles & {Role.DSL, Role.DEPUTY})


def _contacts_named(user: User) -> list[Contact]:
    """Contacts that seem to be this person: staff would go on being told to call them."""
    if user.organisation is None:
        return []
    same = Q(email__iexact=user.email) | Q(name__iexact=user.name)
    return list(user.organisation.contacts.filter(same))


@require_POST
@people_page
def reactivate(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    try:
        actions.reactivate(user=user, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The account is open again, with the roles it had.")
    return redirect(place.url("person", user))


@require_POST
@people_page
def again(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    """A new link; the old one works no more."""
    try:
        hand_over(request, invite_again(user=user, by=request.user))
    except InvitationOver:
        messages.warning(request, OVER)
    return redirect(place.list_url)


@form_methods
@people_page
def withdraw(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    def save(form: PlainForm) -> None:
        try:
            withdraw_invitation(user=user, by=request.user)
        except InvitationOver as over:
            raise Refused(OVER) from over

    return form_page(
        request,
        PlainForm(posted(request)),
        save=save,
        next_url=place.list_url,
        done="The invitation was withdrawn. Its link works no more.",
        template="accounts/withdraw.html",
        person=user,
        refused="" if user.is_invited else OVER,
    )
