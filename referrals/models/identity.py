"""Who the people of a case are: kept apart from the answers, for safeguarding leads alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class KnownPerson(models.Model):
    """The cards that leads ever found to be one person's: where to look for links. Holds nothing.

    Which of them are linked follows from the comparisons that the reader may see.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="known_people"
    )

    def __str__(self) -> str:
        return f"Known person {self.pk}"


class Identity(models.Model):
    """The identity card of one person of one case. `person_id` is the assessment's id of them."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="identities")
    person_id = models.CharField(max_length=20)
    full_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True)
    pupil_number = models.CharField(max_length=40, blank=True, db_index=True)
    match_name = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="The name, plain, to compare by."
    )
    known_person = models.ForeignKey(
        KnownPerson, null=True, on_delete=models.PROTECT, related_name="identities"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person_id"], name="identity_once"),
        ]

    def __str__(self) -> str:
        return f"Identity card of {self.person_id} in {self.case}"

    @property
    def filled(self) -> bool:
        return bool(self.full_name or self.date_of_birth or self.pupil_number)


class Comparison(models.Model):
    """A lead's decision whether two cards are one person's. Never changes: the newest of two cards
    holds.

    It names two cases, so it stands in the chronology of neither: it is there for who may see both
    cases, and for nobody else (docs/decisions/0006).
    """

    one = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="comparison_of_two_cards", condition=~Q(one=F("other"))),
        ]

    def __str__(self) -> str:
        return f"Comparison {self.pk}"

    @property
    def pair(self) -> frozenset[int]:
        return frozenset({self.one_id, self.other_id})
