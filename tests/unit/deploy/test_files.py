"""What deploy/ names is there: commands, files, environment variables, units."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "systemd"
UNITS = sorted(path for path in SYSTEMD.iterdir() if path.is_file())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
SANDBOX = SYSTEMD / "triage-.service.d" / "sandbox.conf"
CURRENT = "/opt/triage/current/"
PYTHON = f"{CURRENT}.venv/bin/python"
# A variable: how it is read in config/, and how it is given in a file of settings.
READ = re.compile(r'\b(?:env\.)?(?:text|flag|words)\(\s*"([A-Z][A-Z_]+)"|text\(\'([A-Z_]+)\'')
GIVEN = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)


def read_by_config() -> set[str]:
    """Every environment variable that config/ reads."""
    text = "\n".join(path.read_text() for path in sorted((ROOT / "config").glob("*.py")))
    return {name for found in READ.findall(text) for name in found if name}


def values(unit: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


def test_the_variables_read_by_config_are_found():
    assert {"SECRET_KEY", "BIND", "PORT", "THREADS", "DATABASE_URL", "HTTPS"} <= read_by_config()


def test_every_setting_of_the_machine_is_one_that_config_reads():
    given = GIVEN.findall((DEPLOY / "triage.env").read_text())
    assert "DATABASE_URL" in given
    assert {name.removesuffix("_FILE") for name in given} - read_by_config() == set()


def test_every_line_of_the_settings_is_read_alike_by_systemd_and_a_shell():
    for line in (DEPLOY / "triage.env").read_text().splitlines():
        assert re.fullmatch(r"# .*|#?[A-Z_]+=[A-Za-z0-9_@%:/.,-]+", line), line


def started_by(unit: Path) -> list[str]:
    """What it starts, and what it starts after that."""
    (first,) = values(unit, "ExecStart")
    return [first, *values(unit, "ExecStartPost")]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_what_a_service_starts_is_there(unit):
    for command in started_by(unit):
        python, *rest = command.split()
        assert python == PYTHON
        if rest[0] == "-m":
            assert find_spec(rest[1]) is not None
            assert (ROOT / rest[rest.index("-c") + 1]).is_file()
        else:
            assert rest[0] == "manage.py"
            assert rest[1] in get_commands()


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_the_options_of_a_command_are_ones_it_knows(unit):
    from django.core.management import load_command_class

    for words in (command.split()[1:] for command in started_by(unit)):
        if words[0] == "manage.py":
            command = load_command_class(get_commands()[words[1]], words[1])
            command.create_parser("manage.py", words[1]).parse_args(words[2:])


@pytest.mark.parametrize("command", ["backup", "list_deletions", "verify_audit", "clearsessions"])
def test_what_is_to_be_done_every_day_is_done_by_a_timer(command):
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    daily = [unit.stem for unit in timers if values(unit, "OnCalendar")[0].startswith("*-*-* ")]
    found = [one for name in daily for one in started_by(SYSTEMD / f"{name}.service")]
    assert [one.split()[2] for one in found].count(command) == 1


def test_the_list_of_deletions_is_written_beside_the_backups():
    """Where the unit may write, and where the settings of the machine have the backups."""
    unit = SYSTEMD / "triage-backup.service"
    file = Path(started_by(unit)[1].split("--file ")[1])
    assert values(unit, "ReadWritePaths") == [str(file.parent)]
    assert f"BACKUP_DIR={file.parent}\n" in (DEPLOY / "triage.env").read_text()


def test_every_timer_has_its_service_and_is_enabled_and_so_is_every_service():
    installer = (DEPLOY / "install.sh").read_text()
    timers = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    assert timers <= {unit.stem for unit in SERVICES}
    enabled = {*re.findall(r"triage-[a-z-]+\.(?:service|timer|socket)", installer)}
    for unit in SERVICES:
        assert f"{unit.stem}.timer" in enabled or unit.name in enabled, unit.name
    assert enabled <= {unit.name for unit in UNITS}


@pytest.mark.parametrize(
    "line",
    [
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "MemoryDenyWriteExecute=yes",
        "UMask=0077",
        "User=triage",
        "EnvironmentFile=/etc/triage/triage.env",
    ],
)
def test_every_service_is_boxed_in(line):
    assert line in SANDBOX.read_text().splitlines()
    # A drop-in for the prefix "triage-" is one for every service there is.
    assert all(unit.name.startswith("triage-") for unit in SERVICES)
    key = line.split("=")[0]
    assert [unit.name for unit in SERVICES if values(unit, key)] == []


def test_files_that_are_named_are_there():
    named = {
        path
        for file in [*UNITS, SANDBOX, DEPLOY / "nginx" / "triage.conf"]
        for path in re.findall(rf"{CURRENT}([\w./-]+)", file.read_text())
        if not path.startswith(".venv")
    }
    assert "docs/operations.md" in named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    box = tmp_path / SANDBOX.parent.name / SANDBOX.name
    box.parent.mkdir()
    for source, target in [*((unit, tmp_path / unit.name) for unit in UNITS), (SANDBOX, box)]:
        target.write_text(source.read_text().replace(PYTHON, str(program)))
    names = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True
    )
    ours = [line for line in done.stderr.splitlines() if "triage" in line or str(tmp_path) in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@pytest.mark.parametrize("name", ["install.sh", "triage-manage"])
def test_scripts_can_be_read_by_the_shell_they_name(name):
    script = DEPLOY / name
    assert script.stat().st_mode & 0o111
    assert script.read_text().startswith("#!/bin/sh\n")
    assert "\nset -eu\n" in script.read_text()
    done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_shellcheck_finds_no_fault():
    scripts = [str(DEPLOY / name) for name in ("install.sh", "triage-manage")]
    done = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), "--external-sources", *scripts],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_no_page_of_nginx_needs_anything_else():
    for page in (DEPLOY / "nginx").glob("*.html"):
        text = page.read_text()
        assert re.findall(r"<(script|style|link|img)|style=|https?://", text) == [], page.name
    assert "call 999" in (DEPLOY / "nginx" / "unavailable.html").read_text()
