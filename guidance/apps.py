from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "guidance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guidance.queries import has_published_guidance
        from web.health import readiness

        readiness["guidance"] = has_published_guidance
