"""Where the throw-away server's programs are run from."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from scripts import with_postgres

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root steps down to another user")


@pytest.fixture
def folder():
    """The folder of the server, which the user it runs as owns."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        os.chown(name, *with_postgres.unprivileged().values() or (-1, -1))
        yield Path(name)


def package(home: Path) -> Path:
    """What the wheel installs, in small: programs that need a library next to the package."""
    binaries = home / "site" / "pg" / "pginstall" / "bin"
    binaries.mkdir(parents=True)
    libraries = home / "site" / "pg.libs"
    libraries.mkdir()
    (libraries / "needed").write_text("found")
    program = binaries / "initdb"
    program.write_text('#!/bin/sh\nexec cat "$(dirname "$0")/../../../pg.libs/needed"\n')
    program.chmod(0o700)
    return binaries


@as_root
def test_programs_in_a_private_home_are_copied_to_where_the_server_can_reach_them(folder):
    with tempfile.TemporaryDirectory(dir="/tmp") as home:  # made with mode 0700
        binaries = package(Path(home))
        reachable = with_postgres.within_reach(binaries, folder)
    assert reachable.is_relative_to(folder)
    said = subprocess.run(
        [reachable / "initdb"],
        cwd=folder,
        capture_output=True,
        check=True,
        **with_postgres.unprivileged(),
    )
    assert said.stdout == b"found"


def test_programs_that_can_be_reached_are_used_where_they_are(folder):
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        binaries = package(Path(home))
        Path(home).chmod(0o755)
        (binaries / "initdb").chmod(0o755)
        assert with_postgres.within_reach(binaries, folder) == binaries
    assert list(folder.iterdir()) == []
