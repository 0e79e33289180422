"""Who the people of a case are: kept apart from the answers, for safeguarding leads alone."""

from django.db import models


class KnownPerson(models.Model):
    """One person whom safeguarding leads found in more than one case. Holds nothing itself."""

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
    pupil_number = models.CharField(max_length=40, blank=True)
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
