"""Whose people somebody looks after, and who they may look after there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.access import SignedInRequest, permission_required
from accounts.models import Organisation, RoleHeld, User
from accounts.people import lock_place
from accounts.roles import ROLES, Permission, Role


@dataclass(frozen=True)
class Place:
    """`name` begins the names of its addresses; `roles` are those that can be given there."""

    name: str
    organisation: Organisation | None
    roles: tuple[Role, ...]
    title: str

    @property
    def people(self) -> QuerySet[User]:
        everybody = User.objects.filter(organisation=self.organisation)
        return everybody.prefetch_related("roles_held").order_by("name", "email", "pk")

    @property
    def list_url(self) -> str:
        return self.url("list")

    @property
    def invite_url(self) -> str:
        return self.url("invite")

    def url(self, page: str, user: User | None = None) -> str:
        kwargs = self._kwargs() | ({} if user is None else {"user_id": user.pk})
        return reverse(f"{self.name}_{page}", kwargs=kwargs)

    def _kwargs(self) -> dict[str, int]:
        return {}


class ManagersOfOrganisation(Place):
    """What an operator sees of an organisation's people: its managers, and no more."""

    @property
    def people(self) -> QuerySet[User]:
        managing = RoleHeld.objects.filter(user=OuterRef("pk"), role=Role.MANAGER)
        return super().people.filter(Exists(managing))

    @property
    def list_url(self) -> str:
        return reverse("organisation", kwargs=self._kwargs())

    def _kwargs(self) -> dict[str, int]:
        assert self.organisation is not None  # noqa: S101 - for the type checker
        return {"organisation_id": self.organisation.pk}


def _roles(*, in_organisation: bool) -> tuple[Role, ...]:
    return tuple(role for role in Role if ROLES[role].in_organisation == in_organisation)


def own_people(request: SignedInRequest) -> Place:
    organisation = request.user.organisation
    if organisation is None:
        raise PermissionDenied
    return Place("people", organisation, _roles(in_organisation=True), "People")


def service_people(request: SignedInRequest) -> Place:
    return Place("service", None, _roles(in_organisation=False), "People who run the service")


def managers(request: SignedInRequest, organisation_id: int) -> Place:
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    return ManagersOfOrganisation("managers", organisation, (Role.MANAGER,), organisation.name)


FINDERS: dict[str, tuple[Permission, Callable[..., Place]]] = {
    "people": (Permission.MANAGE_ORGANISATION, own_people),
    "service": (Permission.RUN_SERVICE, service_people),
    "managers": (Permission.RUN_SERVICE, managers),
}


def people_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a view of (request, place) or of (request, place, user): who is not of the place, 404.

    The address says which place it is by `where`, a key of FINDERS. On a POST the place is locked
    from before anything of it is read, so that what a form compares with is still so when it saves.
    """

    def opened(
        request: HttpRequest, where: str, user_id: int | None = None, **of_place: Any
    ) -> HttpResponseBase:
        permission, find = FINDERS[where]

        def inside(request: SignedInRequest) -> HttpResponseBase:
            place = find(request, **of_place)
            if request.method != "POST":
                return shown(request, place)
            with transaction.atomic():
                lock_place(place.organisation)
                return shown(request, place)

        def shown(request: SignedInRequest, place: Place) -> HttpResponseBase:
            if user_id is None:
                return view(request, place)
            return view(request, place, get_object_or_404(place.people, pk=user_id))

        return permission_required(permission)(inside)(request)

    return opened
