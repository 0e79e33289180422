"""How passwords are kept. The tests themselves use a quick way, so this looks at the product's."""

from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from config import settings


def test_a_stolen_database_gives_no_password_away_quickly():
    """PBKDF2 with SHA-256, Django's own choice, and no fewer rounds than are advised (600,000)."""
    chosen = getattr(settings, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    assert chosen[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert PBKDF2PasswordHasher.algorithm == "pbkdf2_sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000
