"""The tests' settings: the product's own, in demo mode, with what makes tests quick or strict."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "yes")
# A file, not memory: browser tests and concurrency tests use many connections at once.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_folder = Path(tempfile.gettempdir()) / f"triage-tests-{os.getuid()}-{os.getpid()}"
os.environ.setdefault("VAR_DIR", str(_folder))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES  # noqa: E402

VAR_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - WhiteNoise warns about a missing folder
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / f"test-{_worker}.sqlite3")}
    # Nothing of a test has to outlive this machine's power. Tests that kill a server start their
    # own, with the product's settings.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
