"""Backups of a test go into a folder of its own."""

from pathlib import Path

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def backups(settings, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    cache.clear()  # the limits on signing in
    return settings.BACKUP_DIR
