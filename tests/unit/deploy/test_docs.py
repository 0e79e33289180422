"""What docs/operations.md and the README say of settings and commands is so."""

import re

import pytest
from django.core.management import get_commands, load_command_class

from tests.unit.deploy.test_files import DEPLOY, ROOT, UNITS, read_by_config

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
README = (ROOT / "README.md").read_text()
ROW = re.compile(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", re.MULTILINE)


def in_table(text: str) -> set[str]:
    return {name for cell in ROW.findall(text) for name in re.findall(r"[A-Z_]+", cell)}


def test_the_table_of_settings_is_complete_and_has_nothing_else():
    assert in_table(OPERATIONS) == read_by_config()


def test_the_readme_tells_of_no_setting_that_there_is_not():
    named = {*re.findall(r"`([A-Z]{3,}[A-Z_]*)`", README)}
    assert "SECRET_KEY" in named
    assert named - read_by_config() == set()


def test_every_variable_that_is_set_anywhere_in_the_text_is_one_of_them():
    # Those of the installer and of triage-manage, which never reach the product.
    own = {"TRIAGE_HOST", "TRIAGE_DATABASE", "CASES"}
    given = {*re.findall(r"\b([A-Z][A-Z_]{3,})=", OPERATIONS)} - {"NAME"}
    assert {name.removesuffix("_FILE") for name in given} - read_by_config() - own == set()
    scripts = "".join((DEPLOY / name).read_text() for name in ("install.sh", "triage-manage"))
    assert all(name in scripts for name in own - {"CASES"})


def commands() -> list[str]:
    """What is typed after `triage-manage`, in the text and in the scripts."""
    texts = [OPERATIONS, (DEPLOY / "install.sh").read_text()]
    found = re.findall(
        r'(?:triage-manage|"\$MANAGE"|with_release)\s+([a-z_]+(?: [^`\n>;]*)?)', "\n".join(texts)
    )
    return sorted({line.strip() for line in found})


@pytest.mark.parametrize("line", commands())
def test_every_command_that_is_named_is_there_and_takes_these_options(line):
    name, *options = line.split()
    assert name in get_commands()
    command = load_command_class(get_commands()[name], name)
    known = command.create_parser("manage.py", name)._option_string_actions
    given = {option.split("=")[0] for option in options if option.startswith("--")}
    assert given <= set(known)


def test_every_unit_is_told_of():
    for unit in UNITS:
        told = unit.name if unit.suffix in (".timer", ".socket") else unit.stem
        assert f"`{told}`" in OPERATIONS or f"`{unit.stem}.timer`" in OPERATIONS, unit.name


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)", OPERATIONS)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_titles_that_are_referred_to_are_there():
    titles = {title.strip() for title in re.findall(r"^#+ (.*)$", OPERATIONS, re.MULTILINE)}
    referred = re.findall(r'operations\.md, "([^"]+)"', (DEPLOY / "install.sh").read_text())
    assert referred
    assert set(referred) <= titles
