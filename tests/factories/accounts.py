"""Organisations, people and contacts for tests. They go round the actions and audit nothing."""

from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Contact, ContactKind, Organisation, RoleHeld, User
from accounts.roles import Role

PASSWORD = "a-password-for-tests-1"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Example School {number}")


class UserFactory(DjangoModelFactory[User]):
    """`UserFactory(roles=[Role.DSL], password="...")`; without `roles` the person has none."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@school.example")
    name = factory.Sequence(lambda number: f"Example Person {number}")
    organisation = factory.SubFactory(OrganisationFactory)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: Iterable[Role] | None, **kwargs: Any) -> None:
        for role in extracted or ():
            RoleHeld.objects.create(user=self, role=role)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    kind = ContactKind.DSL
    name = factory.Sequence(lambda number: f"Example Contact {number}")
    telephone = "01632 960000"
