"""A server opens the database that is there, and makes none that is not."""

import sqlite3
from types import SimpleNamespace

import pytest

from web import startup

pytestmark = pytest.mark.once


@pytest.fixture
def named(monkeypatch):
    """What a database is called from now on."""

    def name_of(engine, name):
        database = {"ENGINE": engine, "NAME": name}
        monkeypatch.setattr(startup, "settings", SimpleNamespace(DATABASES={"default": database}))
        startup.make_no_database()
        return database["NAME"]

    return name_of


@pytest.fixture
def opened(named, tmp_path):
    """Opens a file of this name as the server would."""

    def open_file(name):
        file = named("django.db.backends.sqlite3", tmp_path / name)
        connection = sqlite3.connect(file, uri=True)
        try:
            return connection.execute("SELECT * FROM one").fetchall()
        finally:
            connection.close()

    return open_file


@pytest.mark.parametrize("name", ["triage.sqlite3", "a b.sqlite3", "100%?#&.sqlite3", "é.sqlite3"])
def test_the_file_that_is_there_is_opened(opened, tmp_path, name):
    real = sqlite3.connect(tmp_path / name)
    real.execute("CREATE TABLE one AS SELECT 1")
    real.close()
    assert opened(name) == [(1,)]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_where_there_is_none_none_is_made(opened, tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        opened("triage.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_another_database_is_let_be(named):
    assert named("web.postgresql", "triage") == "triage"
