from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from web.noimage import checks  # noqa: F401 - registers the system check
