"""Organisations, the people in them, their roles, and whom to call."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.roles import ROLE_CHOICES, ROLES, Declared, Permission, Role, permissions_of


class Organisation(models.Model):
    """A school or other setting. Everything about a case belongs to one."""

    name = models.CharField(max_length=200)
    local_note = models.TextField(blank=True, max_length=4000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password nobody can sign in as this person until one is set."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in, by e-mail address. In one organisation, or in none."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    # Invited, and not active until they take it up (accounts/invitations.py).
    is_invited = models.BooleanField(default=False, db_default=False)
    # Counting it up ends every live session (accounts/sessions.py).
    session_epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Anyone can read the password of a demo account: see accounts/demo.py.
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            # With `unique`, this makes one address one person in whatever case it is typed.
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="accounts_email_in_small_letters"
            ),
            models.CheckConstraint(
                condition=Q(is_invited=False) | Q(is_active=False),
                name="accounts_invited_is_not_active_yet",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that count, read once for each request.

        A role held in an organisation does not count for somebody who is in none.
        """
        held = (Role(each.role) for each in self.roles_held.all())
        inside = self.organisation_id is not None
        return frozenset(role for role in held if inside or not ROLES[role].in_organisation)

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in permissions_of(self.roles)

    @property
    def declared_roles(self) -> list[Declared]:
        """What they hold, for people to read, in the order in which roles are declared."""
        return [ROLES[role] for role in Role if role in self.roles]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds this and is over as soon as it differs (django.contrib.auth.get_user)."""
        kept = f"{self.session_epoch}:{self.password}"
        return salted_hmac("accounts.session", kept, secret=secret, algorithm="sha256").hexdigest()


class HeldNow(models.Manager["RoleHeld"]):
    def get_queryset(self) -> models.QuerySet["RoleHeld"]:
        return super().get_queryset().filter(ended_at=None)


class RoleHeld(models.Model):
    """A role that a person holds; a person may hold several.

    One that was taken away stays, ended, so that the audit's rows about it still say which it was.
    `objects` and `user.roles_held` are those held now.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = HeldNow()
    ever: models.Manager["RoleHeld"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at=None),
                name="accounts_role_held_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="accounts_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def clean(self) -> None:
        known = self.role in list(Role)
        if known and ROLES[Role(self.role)].in_organisation and self.user.organisation_id is None:
            raise ValidationError(
                "Put this person in an organisation before giving them this role."
            )


class Invitation(models.Model):
    """A link that lets somebody in once. They are a `User` from when it is made, not yet active.

    The link's token is made from `seed` and SECRET_KEY and is stored nowhere: only its SHA-256 is,
    to find the invitation by. `seed` is emptied when the link is over (accounts/invitations.py).
    """

    VALID_FOR = timedelta(days=7)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    seed = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Null where the command line invited them, or whoever did was erased.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="accounts_one_live_invitation",
            ),
            models.CheckConstraint(
                condition=Q(seed="") | Q(used_at=None, withdrawn_at=None),
                name="accounts_over_has_no_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()


class ContactKind(models.TextChoices):
    """In the order in which contacts are listed."""

    DSL = "dsl", "Designated safeguarding lead"
    DEPUTY = "deputy", "Deputy safeguarding lead"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"
    CHILDRENS_SERVICES = "childrens_services", "Children's social care"
    POLICE = "police", "Police"
    LADO = "lado", "Local authority designated officer (LADO)"
    OTHER = "other", "Other"


class Contact(models.Model):
    """Somebody to call. A page that says "tell the DSL" names a person and a number instead."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    name = models.CharField(max_length=200)
    role_title = models.CharField("job title", max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    when_available = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(telephone="") | ~Q(email=""),
                name="accounts_contact_can_be_reached",
                violation_error_message="Enter a telephone number or an e-mail address.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="accounts_contact_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"
