"""Production refuses to start with anything of the demo. Real processes, real files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OWN_KEY = "a-key-made-for-this-test-alone-" + "x" * 40


def run(folder, *command, **environment):
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/startup.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **environment,
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    """A database with the demo's accounts in it."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "static").mkdir()
    for command in ("migrate", "load_guidance", "load_demo"):
        done = run(folder, "manage.py", command, DEMO="yes")
        assert done.returncode == 0, done.stderr
    return folder


START = ("-W", "ignore", "-c", "import config.wsgi")


def test_the_demo_starts_in_demo_mode(demo_folder):
    done = run(demo_folder, *START, DEMO="yes")
    assert done.returncode == 0, done.stderr


def test_production_refuses_demo_accounts(demo_folder):
    done = run(demo_folder, *START, SECRET_KEY=OWN_KEY)
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr
    assert "demo" in done.stderr


@pytest.mark.parametrize(
    "key", ["", "demo-only-not-a-secret-anyone-can-read-this-in-the-source-code"]
)
def test_production_refuses_no_key_and_the_demos(tmp_path, key):
    done = run(tmp_path, *START, SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY is not set, or is the demo's" in done.stderr


def test_production_starts_with_a_key_of_its_own_and_no_demo(tmp_path):
    (tmp_path / "static").mkdir()
    assert run(tmp_path, "manage.py", "migrate", SECRET_KEY=OWN_KEY).returncode == 0
    done = run(tmp_path, *START, SECRET_KEY=OWN_KEY)
    assert done.returncode == 0, done.stderr


def test_demo_accounts_are_not_made_outside_the_demo(tmp_path):
    assert run(tmp_path, "manage.py", "migrate", SECRET_KEY=OWN_KEY).returncode == 0
    done = run(tmp_path, "manage.py", "load_demo", SECRET_KEY=OWN_KEY)
    assert done.returncode != 0


def test_missing_guards_are_refused(tmp_path):
    assert run(tmp_path, "manage.py", "migrate", SECRET_KEY=OWN_KEY).returncode == 0
    drop = (
        "import django; django.setup();"
        "from django.db import connection; from audit import guards; guards.drop(connection)"
    )
    assert run(tmp_path, "-c", drop, SECRET_KEY=OWN_KEY).returncode == 0
    done = run(tmp_path, *START, SECRET_KEY=OWN_KEY)
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr


def test_the_command_line_classifies_with_no_settings_at_all(tmp_path):
    file = tmp_path / "one.json"
    file.write_text('{"people": [{"ref": "A", "age": 15, "roles": ["pictured"]}]}')
    done = run(tmp_path, "manage.py", "classify", str(file), DATABASE_URL="sqlite:////none/none")
    assert done.returncode == 0, done.stderr
    assert '"category": "undetermined"' in done.stdout
