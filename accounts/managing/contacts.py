"""Whom staff are told to call, and the organisation's own note, for its managers."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.actions import move_contact, remove_contact, save_contact, save_local_note
from accounts.managing.base_forms import PlainForm
from accounts.managing.contact_forms import ContactForm, NoteForm
from accounts.managing.pages import form_page, posted
from accounts.models import Contact, Organisation
from accounts.people import lock_place
from accounts.queries import contacts_for
from accounts.roles import Permission

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, Organisation, P], HttpResponseBase]
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def managed(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For a view of the manager's own organisation, which is locked on a POST (see people_page)."""

    def inside(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        organisation = request.user.organisation
        if organisation is None:
            raise PermissionDenied
        if request.method != "POST":
            return view(request, organisation, *args, **kwargs)
        with transaction.atomic():
            lock_place(organisation)
            organisation.refresh_from_db()
            return view(request, organisation, *args, **kwargs)

    return permission_required(Permission.MANAGE_ORGANISATION)(inside)


@require_safe
@managed
def listing(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Each contact, and whether it can go up or down among those of its kind."""
    contacts = list(contacts_for(organisation))
    rows = [
        {
            "contact": contact,
            "up": place > 0 and contacts[place - 1].kind == contact.kind,
            "down": place + 1 < len(contacts) and contacts[place + 1].kind == contact.kind,
        }
        for place, contact in enumerate(contacts)
    ]
    return render(request, "accounts/contacts.html", {"rows": rows})


@form_methods
@managed
def add(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    contact = Contact(organisation=organisation, order=organisation.contacts.count())
    return _contact_page(request, contact, "Add a contact", "The contact was added.")


@form_methods
@managed
def change(request: SignedInRequest, organisation: Organisation, contact_id: int) -> HttpResponse:
    contact = get_object_or_404(organisation.contacts, pk=contact_id)
    return _contact_page(request, contact, "Change a contact", "The contact was changed.")


def _contact_page(
    request: SignedInRequest, contact: Contact, title: str, done: str
) -> HttpResponse:
    def save(form: ContactForm) -> None:
        for name in ContactForm.FIELDS:
            setattr(contact, name, form.cleaned_data[name])
        save_contact(contact=contact, by=request.user)

    form = ContactForm(posted(request), now=ContactForm.values_of(contact))
    url = reverse("contacts")
    return form_page(request, form, save=save, next_url=url, done=done, title=title)


@form_methods
@managed
def remove(request: SignedInRequest, organisation: Organisation, contact_id: int) -> HttpResponse:
    contact = get_object_or_404(organisation.contacts, pk=contact_id)
    return form_page(
        request,
        PlainForm(posted(request)),
        save=lambda form: remove_contact(contact=contact, by=request.user),
        next_url=reverse("contacts"),
        done="The contact was removed.",
        template="accounts/remove_contact.html",
        contact=contact,
    )


@require_POST
@managed
def move(
    request: SignedInRequest, organisation: Organisation, contact_id: int, way: str
) -> HttpResponse:
    contact = get_object_or_404(organisation.contacts, pk=contact_id)
    move_contact(contact=contact, up=way == "up", by=request.user)
    return redirect("contacts")


@form_methods
@managed
def note(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        NoteForm(posted(request), now={"local_note": organisation.local_note}),
        save=lambda form: save_local_note(
            organisation=organisation, note=form.cleaned_data["local_note"], by=request.user
        ),
        next_url=reverse("home"),
        done="The note was saved. Staff see it beside what to do.",
        title="How things are done here",
        intro=(
            "Staff see this note on the page that says what to do, below whom to call. It is for "
            "your organisation alone."
        ),
    )
