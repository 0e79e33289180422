"""Markup that somebody typed, in a real browser and on paper: letters, and nothing else."""

import io

from pypdf import PdfReader

from referrals.actions.recording import add_record
from referrals.chronology import last_number
from referrals.models import EventKind
from tests.factories.referrals import PERSON, REFER_NOW, make_case
from tests.hostile.html import ATTRIBUTE, MARKUP, TAG

RUNS = "<script>document.title = 'zz-ran'</script><img src=x onerror=\"document.title='zz-ran'\">"
ALIVE = f"document.querySelectorAll('{TAG}, [{ATTRIBUTE}], main script, main img, main svg').length"


def test_what_was_typed_is_letters_on_every_page_and_sheet(open_browser, site, practitioner, dsl):
    texts = [*MARKUP, RUNS]
    people = [{**PERSON, "ref": f"<{TAG}>"}]
    case = make_case(by=practitioner, people=people, notes="\n".join(texts), **REFER_NOW)
    for text in texts:
        add_record(
            case=case,
            kind=EventKind.NOTE,
            data={"facts": text},
            happened_at=case.submitted_at,
            seen=last_number(case),
            by=dsl,
        )
    page = open_browser(dsl)
    for name in ("", "chronology/", "outcome/"):
        page.goto(f"/cases/{case.reference}/{name}")
        assert page.evaluate(ALIVE) == 0
        assert "zz-ran" not in page.title()
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        words = "".join("".join(sheet.extract_text().split()) for sheet in sheets.pages)
        assert f"<{TAG}>" in words, name
        if name == "chronology/":
            for text in texts:
                assert "".join(text.split()) in words, text
