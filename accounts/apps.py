from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import checks  # noqa: F401 - registers the system check
        from accounts.invitations import LINK, path_of
        from accounts.signin import hooks
        from outbox import links

        links.register(LINK, path_of)
        hooks.connect()
