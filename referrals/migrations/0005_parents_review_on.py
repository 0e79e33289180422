"""When withholding from parents is looked at again: on the case, so that lists can ask for it."""

from datetime import date

from django.db import migrations, models


def fill(apps, schema_editor):
    """From the last entry about each person of a case."""
    Case = apps.get_model("referrals", "Case")
    Event = apps.get_model("referrals", "Event")
    last = {}
    for event in Event.objects.filter(kind="parents").order_by("case", "number"):
        last[event.case_id, event.data.get("person")] = event.data
    days = {}
    for (case, _), data in last.items():
        if data.get("done") == "withheld" and data.get("review_on"):
            days.setdefault(case, []).append(date.fromisoformat(data["review_on"]))
    for case, found in days.items():
        Case.objects.filter(pk=case).update(parents_review_on=min(found))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_comparisons")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="parents_review_on",
            field=models.DateField(
                help_text="When withholding from parents is looked at again; the first such day.",
                null=True,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
