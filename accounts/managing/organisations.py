"""The organisations of the service and their managers, for operators. No case is shown here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.actions import create_organisation, rename_organisation
from accounts.managing.forms import OrganisationForm, OrganisationNameForm
from accounts.managing.pages import form_page, posted
from accounts.managing.people import link_to_hand_over
from accounts.managing.places import Place, people_page
from accounts.models import Organisation
from accounts.queries import organisations_with_managers
from accounts.roles import Permission

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(Permission.RUN_SERVICE)
@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    shown = {"organisations": organisations_with_managers()}
    return render(request, "accounts/organisations.html", shown)


@permission_required(Permission.RUN_SERVICE)
@form_methods
def add(request: SignedInRequest) -> HttpResponse:
    made: list[Organisation] = []

    def save(form: OrganisationForm) -> None:
        made.append(create_organisation(name=form.cleaned_data["name"], by=request.user))

    return form_page(
        request,
        OrganisationForm(posted(request)),
        save=save,
        next_url=lambda: reverse("organisation", kwargs={"organisation_id": made[0].pk}),
        back_url=reverse("organisations"),
        done="The organisation was added. Invite its first manager now.",
        title="Add an organisation",
        button="Add the organisation",
    )


@require_safe
@people_page
def organisation(request: SignedInRequest, place: Place) -> HttpResponse:
    """`place` is that of its managers."""
    shown = {"place": place, "managers": place.people, **link_to_hand_over(request, place)}
    return render(request, "accounts/organisation.html", shown)


@form_methods
@people_page
def rename(request: SignedInRequest, place: Place) -> HttpResponse:
    organisation = place.organisation
    assert organisation is not None  # noqa: S101 - for the type checker: managers are of one
    return form_page(
        request,
        OrganisationNameForm(posted(request), now={"name": organisation.name}),
        save=lambda form: rename_organisation(
            organisation=organisation, name=form.cleaned_data["name"], by=request.user
        ),
        next_url=place.list_url,
        done="The name was changed.",
        title="Change the name of the organisation",
    )
