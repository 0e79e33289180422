"""Whatever the words of a question or an answer hold, the page shows them as words."""

from copy import deepcopy

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tests.unit.web.govuk import read, rendered
from web.fields import CheckboxQuestion, LongText, RadioQuestion, ShortText
from web.layout import Group, Question, questions

SCRIPT = "<script>alert(1)</script>"
CHOICES = [("a", "One"), ("b", "Two")]
FIELDS = {
    "radios": RadioQuestion(choices=CHOICES, missing=""),
    "checkboxes": CheckboxQuestion(choices=CHOICES, missing=""),
    "select": forms.ChoiceField(choices=CHOICES),
    "short": ShortText(max_length=100),
    "long": LongText(max_length=100),
    "plain": forms.CharField(widget=forms.Textarea),
    "email": forms.EmailField(),
    "password": forms.CharField(widget=forms.PasswordInput),
    "number": forms.IntegerField(),
    "box": forms.BooleanField(),
}


def hostile(kind: str, text: str) -> forms.Form:
    """A form with this text for its label, hint, legend, errors, a choice and its hint."""
    form = forms.Form({})
    form.fields[kind] = asked = deepcopy(FIELDS[kind])
    asked.label = asked.help_text = text
    if isinstance(asked, forms.ChoiceField):
        asked.choices = [("a", text), ("b", "Two")]
    if isinstance(asked, RadioQuestion | CheckboxQuestion):
        asked.item_hints = {"a": text}
    form.helper = questions(Group(text, Question(kind, heading=True)))
    form.add_error(kind, text)
    form.add_error(None, text)
    return form


@pytest.mark.parametrize("text", [SCRIPT, SafeString(SCRIPT)], ids=["text", "marked safe"])
@pytest.mark.parametrize("kind", FIELDS)
def test_a_script_in_the_words_of_a_question_is_shown_as_words(kind, text):
    html = rendered(hostile(kind, text))
    page = read(html)
    assert page.find("script") == []
    shown = 4 + 2 * (kind in ("radios", "checkboxes")) + (kind == "select")
    assert page.words().count(SCRIPT) == shown, "legend, label, hint, error, and those of items"
    assert "<script" not in html.lower()


def test_a_script_in_an_error_is_shown_as_words_in_the_summary():
    form = hostile("short", SafeString(SCRIPT))
    page = read(render_to_string("govuk/error_summary.html", {"form": form}))
    assert page.find("script") == []
    assert page.words().count(SCRIPT) == 2, "the field's and the whole form's"


@pytest.mark.parametrize("kind", ["short", "long", "plain", "email", "number"])
def test_an_answer_cannot_leave_its_box(kind):
    typed = f'"></textarea>{SCRIPT}'
    form = forms.Form({kind: typed})
    form.fields[kind] = FIELDS[kind]
    page = read(rendered(form))
    assert page.find("script") == []
    (box,) = page.find("input", id=kind) or page.find("textarea", id=kind)
    assert typed in (box.attrs.get("value"), box.words())


@pytest.mark.parametrize("kind", ["short", "long", "plain", "email", "number", "hidden"])
def test_an_image_pasted_into_any_box_is_not_shown_again_and_the_words_are(kind):
    image = "A" * 300
    form = forms.Form({kind: f"before {image} after"})
    form.fields[kind] = FIELDS.get(kind, forms.CharField(widget=forms.HiddenInput))
    html = rendered(form)
    assert image not in html
    assert "before  after" in html


def test_a_password_is_not_shown_again():
    form = forms.Form({"password": "correct horse"})
    form.fields["password"] = FIELDS["password"]
    assert "correct horse" not in rendered(form)


@pytest.mark.parametrize(
    "widget",
    [forms.SelectMultiple, forms.MultipleHiddenInput, forms.SelectDateWidget, forms.FileInput],
)
def test_a_widget_without_a_component_is_refused(widget):
    form = forms.Form()
    form.fields["asked"] = forms.Field(widget=widget)
    with pytest.raises(TypeError, match=f"asked: no GOV.UK component for {widget.__name__}"):
        rendered(form)
