"""Give cases recorded before casework what a new one gets: flags, classification, first entry."""

from django.db import migrations


def fill(apps, schema_editor):
    Case = apps.get_model("referrals", "Case")
    CaseFlag = apps.get_model("referrals", "CaseFlag")
    Event = apps.get_model("referrals", "Event")
    for case in Case.objects.filter(classification=""):
        assessment = case.assessments.get(version=1)
        result, people = assessment.result, assessment.answers["people"]
        case.classification = result["subtype"] or result["category"]
        case.review_due_at = case.submitted_at
        refs = [person["ref"] for person in people]
        case.words = "\n".join([*refs, case.notes]).casefold()
        case.save(update_fields=["classification", "review_due_at", "words"])
        CaseFlag.objects.bulk_create(CaseFlag(case=case, flag=flag) for flag in result["flags"])
        at = case.submitted_at
        Event.objects.create(
            case=case, number=1, kind="received", happened_at=at, entered_at=at,
            entered_by_id=case.submitted_by_id,
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_casework")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
