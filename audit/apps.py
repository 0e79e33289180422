from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from audit.guards import Guard, count_replace_as_delete, install_after_migrate


class AuditConfig(AppConfig):
    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    # A row is never changed or deleted; a head moves on, but stays that of its own chain.
    guards = [Guard("audit_entry"), Guard("audit_head", columns=("chain",))]

    def ready(self) -> None:
        from audit import checks  # noqa: F401 - registers the system check

        post_migrate.connect(install_after_migrate, sender=self)
        connection_created.connect(count_replace_as_delete)
