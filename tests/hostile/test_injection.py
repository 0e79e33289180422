"""Words that are commands elsewhere: to a spreadsheet, a mail server, a log, a renderer."""

import csv
import io
import json
import logging
from dataclasses import replace

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.invitations import invite
from accounts.models import Organisation, User
from accounts.roles import Role
from outbox.actions import Notice, queue
from outbox.models import Message
from outbox.sending import drain
from referrals.actions.identities import save_identity
from referrals.chronology import last_number
from referrals.export.files import csv_file
from referrals.models import Case
from tests.factories.guidance import complete_items, make_edition, publish
from tests.factories.referrals import PERSON, make_case
from tests.hostile.html import LETTERS, MARKUP, Page
from tests.integration.outbox.conftest import smtp
from web.logs import JsonFormatter

__all__ = ["smtp"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "＝1+1"),
    *("=cmd|' /C calc'!A0", '"=1+1', '";=1+1', "x\n=1+1", "\u00a0=1+1", "'=1+1", ";=1+1", ",=1+1"),
    *("%0A=1+1", '=HYPERLINK("https://x.example","x")'),
)
BCC = "\r\nBcc: spy@elsewhere.example\r\n\r\nOther words"


# --- Spreadsheets -------------------------------------------------------------------------------


@pytest.fixture
def exported(client, dsl, practitioner, guidance) -> list[list[str]]:
    """The cells of the table of all that is held on a child, each text of it a formula."""
    people = [{**PERSON, "ref": FORMULAS[0]}]
    case = make_case(practitioner, people=people, notes=FORMULAS[9], services=[FORMULAS[0]])
    for number, formula in enumerate(FORMULAS):
        written(case, dsl, formula, number)
    client.force_login(dsl)
    given = {"reference": case.reference, "person_id": "p1"}
    answer = client.get(reverse("held_csv", kwargs=given))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def written(case: Case, dsl: User, formula: str, number: int) -> None:
    save_identity(
        case=case,
        person_id="p1",
        full_name=formula,
        date_of_birth=None,
        pupil_number=f"={number}",
        seen=last_number(case),
        by=dsl,
    )


def test_no_cell_of_an_export_is_a_formula(exported):
    cells = [cell for row in exported for cell in row]
    assert any("1+1" in cell for cell in cells)
    for cell in cells:
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), cell


def test_no_text_makes_a_cell_or_a_row_of_its_own(exported):
    assert len({len(row) for row in exported}) == 1


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_kept_to_the_letter_behind_an_apostrophe(formula):
    body = csv_file("x", ["Head"], [[formula]]).content.decode("utf-8-sig")
    _, [cell] = csv.reader(io.StringIO(body, newline=""))
    assert cell.removeprefix("'") == formula.removeprefix("'")
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


# --- E-mail -------------------------------------------------------------------------------------


def test_no_name_makes_a_header_of_an_invitation(smtp, settings, school):
    """As if a form had let it through."""
    settings.SITE_URL = "https://triage.example"
    Organisation.objects.filter(pk=school.pk).update(name=f"School{BCC}")
    school.refresh_from_db()
    manager = User.objects.create_user("manager@school.example", name=f"Boss{BCC}")
    name = f"New{BCC}"
    invite(
        email="new@school.example",
        name=name,
        roles=[Role.PRACTITIONER],
        organisation=school,
        by=manager,
    )
    drain()
    assert smtp.to == ["new@school.example"]
    assert_one_envelope(smtp)


@pytest.mark.parametrize("place", ["subject", "address"])
def test_what_would_make_a_header_is_not_sent_and_stops_nobody_else(smtp, practitioner, dsl, place):
    if place == "address":
        User.objects.filter(pk=dsl.pk).update(email=f"lead@school.example{BCC}".lower())
    subject = f"Subject{BCC}" if place == "subject" else "Subject"
    queue(Notice((dsl,), subject, "Words", "a"), Notice((practitioner,), "Subject", "Words", "b"))
    assert drain() == {"failed": 1, "sent": 1}
    assert smtp.to == [practitioner.email]
    assert_one_envelope(smtp)
    assert Message.objects.get(sent_at=None).tries == 1, "it waits, and is not lost"


def test_a_line_with_one_dot_does_not_end_a_message(smtp, practitioner):
    words = f"First\n.\n{BCC}\n.\nRCPT TO:<spy@elsewhere.example>\nLast"
    queue(Notice((practitioner,), "Subject", words, "a"))
    drain()
    assert smtp.to == [practitioner.email]
    assert smtp.received[0].body.replace("\r", "").strip().endswith("Last")


def assert_one_envelope(smtp):
    for mail in smtp.received:
        assert "Bcc" not in mail.message
        assert "spy@" not in str(mail.message.items())


@pytest.mark.parametrize("name", ["From", "Reply-To", "To"])
def test_the_mailer_itself_refuses_a_second_line(name):
    """What the others rest on: that Django goes on refusing."""
    message = EmailMessage("Subject", "Words", to=["a@b.example"], headers={name: f"x{BCC}"})
    with pytest.raises(ValueError, match="newlines"):
        message.message()


# --- Pages made from Markdown -------------------------------------------------------------------


@pytest.fixture
def poisoned(db):
    """Guidance of which every text holds markup, as if an editor meant harm."""
    body = "\n\n".join(MARKUP)
    items = [replace(item, title=MARKUP[0], body=body) for item in complete_items()]
    return publish(make_edition(*items))


def test_no_guidance_comes_alive(client, poisoned, practitioner, dsl):
    case = make_case(practitioner, notes=MARKUP[1])
    client.force_login(dsl)
    for path in ("/guidance/", f"/cases/{case.reference}/", f"/cases/{case.reference}/outcome/"):
        page = Page(client.get(path).content.decode())
        assert page.alive == [], path
        assert all(letters in page.words for letters in LETTERS), path


def test_no_local_note_comes_alive(client, guidance, school, practitioner):
    Organisation.objects.filter(pk=school.pk).update(local_note="\n\n".join(MARKUP))
    case = make_case(practitioner)
    client.force_login(practitioner)
    page = Page(client.get(f"/cases/{case.reference}/outcome/").content.decode())
    assert page.alive == []
    assert all(letters in page.words for letters in LETTERS)


# --- Logs ---------------------------------------------------------------------------------------


@pytest.fixture
def log(monkeypatch):
    """All that could be logged, as the server writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    monkeypatch.setattr(root.manager, "disable", logging.NOTSET)
    monkeypatch.setattr(root, "handlers", [handler])
    for name in ("django", "django.request", "django.security", "web.requests"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    root.manager._clear_cache()  # type: ignore[attr-defined]
    yield written
    root.manager._clear_cache()  # type: ignore[attr-defined]


FORGED = '{"level": "INFO", "message": "forged"}'


@pytest.mark.parametrize("path", [f"/x%0a{FORGED}", f"/x%0d%0a{FORGED}", "/x%1b[2J%e2%80%a8forged"])
def test_nothing_asked_for_makes_a_line_in_the_log(client, log, path):
    headers = {"HTTP_USER_AGENT": f"x\n{FORGED}", "HTTP_X_REQUEST_ID": f"x\n{FORGED}"}
    headers |= {"HTTP_REFERER": f"x\n{FORGED}", "HTTP_X_FORWARDED_FOR": f"x\n{FORGED}"}
    assert client.get(path.replace(" ", "%20"), **headers).status_code == 404
    assert client.post(path, {"x": FORGED}, **headers).status_code == 404
    lines = log.getvalue().splitlines()
    assert lines != []
    for line in lines:
        assert json.loads(line)["message"] != "forged"
    assert "forged" not in log.getvalue()
    assert "\x1b" not in log.getvalue()
