"""Somebody of unknown age beside a child counts; whoever deleted a case may be in no restored copy."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit import guards

BASIS = [
    ("born", "The date of birth of the youngest child, from an identity card"),
    ("age", "The age of the youngest child, from the answers"),
    ("unknown", "The day somebody was listed whose age is not known, beside a child"),
    ("none", "The day the case was closed or recorded: no child’s age is known"),
]


def without_guards(apps, schema_editor):
    """SQLite makes the tombstones' table anew, and cannot while triggers of other tables name it.

    They are put back after every migrate; where this fails it is as if it had not been.
    """
    if schema_editor.connection.vendor == "sqlite":
        guards.drop(schema_editor.connection)


def fill(apps, schema_editor):
    import_module("referrals.migrations.0008_fill_retention").fill(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0008_fill_retention"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(without_guards, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="case",
            name="retention_basis",
            field=models.CharField(choices=BASIS, default="none", max_length=10),
        ),
        migrations.AlterField(
            model_name="tombstone",
            name="basis",
            field=models.CharField(choices=BASIS, max_length=10),
        ),
        migrations.AlterField(
            model_name="tombstone",
            name="deleted_by",
            field=models.ForeignKey(
                help_text="Empty where a restored database does not have them.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        # The other way round it begins here.
        migrations.RunPython(fill, without_guards),
    ]
