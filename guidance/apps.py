from django.apps import AppConfig

from audit.guards import Guard
from audit.triggers import Once

EDITION_FIXED = ("id", "number", "title", "note", "dated", "published_at")


class GuidanceConfig(AppConfig):
    name = "guidance"
    default_auto_field = "django.db.models.BigAutoField"
    # Cases show the words of the edition they were given, so those words must stay. The status may
    # still change: an edition is archived when the next is published.
    guards = [
        Guard("guidance_edition", EDITION_FIXED, once=Once("published_at")),
        Guard("guidance_item", once=Once("published_at", "guidance_edition", "edition_id")),
    ]

    def ready(self) -> None:
        from guidance.queries import has_published_guidance
        from web.health import readiness

        readiness["guidance"] = has_published_guidance
