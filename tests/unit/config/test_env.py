"""How environment variables are read: as they are, from a file, or not given at all."""

import os
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

GUNICORN = Path(__file__).resolve().parents[3] / "config" / "gunicorn.py"


@pytest.fixture
def file(tmp_path):
    def write(content: str) -> str:
        path = tmp_path / "value"
        path.write_text(content)
        return str(path)

    return write


def test_a_file_holds_the_value(monkeypatch, file):
    monkeypatch.setenv("THING", "not this")
    monkeypatch.setenv("THING_FILE", file("this\n"))
    assert env.text("THING") == "this"


def test_a_file_with_nothing_in_it_is_a_mistake_and_not_the_default(monkeypatch, file):
    monkeypatch.setenv("THING_FILE", file("\n"))
    with pytest.raises(ImproperlyConfigured, match="THING_FILE"):
        env.text("THING", "default")


def test_an_empty_variable_is_as_if_not_given(monkeypatch):
    monkeypatch.setenv("THING", "")
    assert env.text("THING", "default") == "default"
    assert env.words("THING", "a,b") == ["a", "b"]
    assert env.flag("THING", default=True) is True
    assert env.flag("THING") is False


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("NO", False), ("1", True)])
def test_a_flag_may_be_in_a_file_too(monkeypatch, file, said, meant):
    monkeypatch.setenv("THING_FILE", file(said))
    assert env.flag("THING", default=not meant) is meant


def test_a_flag_that_is_neither_is_a_mistake(monkeypatch):
    monkeypatch.setenv("THING", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="perhaps"):
        env.flag("THING")


def server(monkeypatch, **given: str) -> dict:
    for name in ("BIND", "PORT", "THREADS"):
        for variable in (name, f"{name}_FILE"):
            monkeypatch.delenv(variable, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(GUNICORN))


def test_the_server_listens_on_this_machine_unless_told(monkeypatch):
    assert server(monkeypatch)["bind"] == "127.0.0.1:8000"
    assert server(monkeypatch, PORT="9000")["bind"] == "127.0.0.1:9000"
    assert server(monkeypatch, PORT="9000", BIND="[::1]:1")["bind"] == "[::1]:1"


def test_the_server_reads_files_too(monkeypatch, file):
    assert server(monkeypatch, BIND_FILE=file("10.0.0.1:80\n"))["bind"] == "10.0.0.1:80"
    assert server(monkeypatch, THREADS_FILE=file("3"))["threads"] == 3


def test_the_server_is_one_process_whatever_the_host_suggests(monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    assert server(monkeypatch)["workers"] == 1
    assert os.environ["WEB_CONCURRENCY"] == "4"
