"""Production refuses to start with anything of the demo. Real processes, real files."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.integration.web.processes import OWN_KEY, prepare, run
from web.checks import demo_is_served_here_alone

KEY = {"SECRET_KEY": OWN_KEY}
READY = ("migrate", "collectstatic --no-input")


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    """A database with the demo's accounts in it."""
    folder = tmp_path_factory.mktemp("demo")
    url = {"DATABASE_URL": f"sqlite:///{folder}/triage.sqlite3"}
    return prepare(folder, *READY, "load_guidance", "load_demo", DEMO="yes", **url)


START = ("-W", "ignore", "-c", "import config.wsgi")


def test_the_demo_starts_in_demo_mode(demo_folder):
    url = f"sqlite:///{demo_folder}/triage.sqlite3"
    done = run(demo_folder, *START, DEMO="yes", DATABASE_URL=url)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "[::]:8000", "192.0.2.1:80", ":80", "127.evil:1"])
def test_the_demo_refuses_to_serve_other_machines(demo_folder, bind):
    url = f"sqlite:///{demo_folder}/triage.sqlite3"
    done = run(demo_folder, *START, DEMO="yes", DATABASE_URL=url, BIND=bind)
    assert done.returncode != 0
    assert "web.E003" in done.stderr


@pytest.mark.parametrize("bind", ["127.0.0.1:1", "localhost:80", "[::1]:80", "unix:/run/x"])
def test_the_demo_may_serve_this_machine_by_any_name(settings, bind):
    settings.BIND = bind
    assert demo_is_served_here_alone() == []


def test_production_refuses_demo_accounts(demo_folder):
    done = run(demo_folder, *START, **KEY)
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr
    assert "accounts.E001" in done.stderr


@pytest.mark.parametrize(
    "key", ["", "demo-only-not-a-secret-anyone-can-read-this-in-the-source-code"]
)
def test_production_refuses_no_key_and_the_demos(tmp_path, key):
    done = run(tmp_path, *START, SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY is not set, or is the demo's" in done.stderr


@pytest.mark.parametrize("length", [1, 49])
def test_production_refuses_a_short_key(tmp_path, length):
    done = run(tmp_path, *START, SECRET_KEY=OWN_KEY[:length])
    assert done.returncode != 0
    assert f"SECRET_KEY has {length} characters" in done.stderr


def test_production_starts_with_a_key_of_its_own_and_no_demo(tmp_path):
    prepare(tmp_path, *READY, SECRET_KEY=OWN_KEY[:50])
    done = run(tmp_path, *START, SECRET_KEY=OWN_KEY[:50])
    assert done.returncode == 0, done.stderr


def test_nothing_starts_before_the_static_files_are_collected(tmp_path):
    prepare(tmp_path, "migrate", **KEY)
    done = run(tmp_path, *START, **KEY)
    assert done.returncode != 0
    assert "manage.py collectstatic" in done.stderr


def test_an_empty_database_url_means_the_embedded_database(tmp_path):
    prepare(tmp_path, *READY, DATABASE_URL="", **KEY)
    assert (tmp_path / "triage.sqlite3").exists()


def test_djangos_own_check_of_a_deployment_has_nothing_to_say(tmp_path):
    prepare(tmp_path, *READY, **KEY)
    deploy = ("manage.py", "check", "--deploy", "--fail-level=DEBUG")
    done = run(tmp_path, *deploy, ALLOWED_HOSTS="triage.example.org", **KEY)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_demo_accounts_are_not_made_outside_the_demo(tmp_path):
    prepare(tmp_path, "migrate", **KEY)
    done = run(tmp_path, "manage.py", "load_demo", **KEY)
    assert done.returncode != 0
    assert "not a demo" in done.stderr


@pytest.mark.django_db
def test_demo_accounts_are_not_made_among_real_people(practitioner):
    assert practitioner.is_demo is False
    with pytest.raises(CommandError, match="people who are not of the demo"):
        call_command("load_demo")
    assert list(User.objects.all()) == [practitioner]


def test_missing_guards_are_refused(tmp_path):
    prepare(tmp_path, *READY, **KEY)
    drop = (
        "import django; django.setup();"
        "from django.db import connection; from audit import guards; guards.drop(connection)"
    )
    assert run(tmp_path, "-c", drop, **KEY).returncode == 0
    done = run(tmp_path, *START, **KEY)
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr
    assert "collectstatic" not in done.stderr


def test_the_command_line_classifies_with_no_settings_at_all(tmp_path):
    file = tmp_path / "one.json"
    file.write_text('{"people": [{"ref": "A", "age": 15, "roles": ["pictured"]}]}')
    done = run(tmp_path, "manage.py", "classify", str(file), DATABASE_URL="sqlite:////none/none")
    assert done.returncode == 0, done.stderr
    assert '"category": "undetermined"' in done.stdout
