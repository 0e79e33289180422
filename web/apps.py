from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from web import checks  # noqa: F401 - registers the system check
        from web.noimage import checks as noimage_checks  # noqa: F401 - likewise
