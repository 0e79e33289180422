"""Work out from when the retention counts of cases that were recorded before there was any."""

from django.db import migrations
from django.utils import timezone

from referrals.retention.youngest import youngest


def people_of(assessment):
    people = assessment.answers["people"]
    ids = assessment.person_ids or [str(number) for number in range(len(people))]
    return dict(zip(ids, people))


def fill(apps, schema_editor):
    Case = apps.get_model("referrals", "Case")
    for case in Case.objects.order_by("pk").iterator(chunk_size=500):
        recorded = timezone.localdate(case.submitted_at)
        versions = [
            (timezone.localdate(one.made_at), people_of(one))
            for one in case.assessments.order_by("version")
        ]
        cards = case.identities.exclude(date_of_birth=None)
        child = youngest(versions, dict(cards.values_list("person_id", "date_of_birth")), recorded)
        if child is not None:
            case.retention_from = child.born
            case.retention_basis = child.basis
        else:
            closed = case.events.filter(kind="closed").order_by("-number").first()
            case.retention_from = timezone.localdate(closed.entered_at) if closed else recorded
            case.retention_basis = "none"
        case.save(update_fields=["retention_from", "retention_basis"])


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_retention")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
