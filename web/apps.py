from django.apps import AppConfig
from django.core.signals import request_finished


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from web import checks  # noqa: F401 - registers the system check
        from web.logs import forget_request
        from web.noimage import checks as noimage_checks  # noqa: F401 - likewise

        request_finished.connect(forget_request)
