"""What a form says about an answer it cannot take, and what of the answer it shows again."""

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from tests.unit.web.govuk import Element, read, rendered
from web.fields import OFFERED, CheckboxQuestion, LongText, RadioQuestion, ShortText
from web.noimage.freetext import REFUSED

MADE_UP = "made-up-value-5150"
IMAGE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"
THREE = [("a", "One"), ("b", "Two"), ("none", "None of these")]


class Incident(forms.Form):
    seen = RadioQuestion(choices=THREE[:2], missing="Select who has seen it")
    roles = CheckboxQuestion(
        choices=THREE, missing="Select a part", divider_before="none", exclusive=("none",)
    )
    ref = ShortText(max_length=40, missing="Enter a reference")
    notes = LongText(max_length=200, required=False)


GOOD = "seen=a&roles=a&roles=b&ref=AB"


def sent(query: str, **form: str) -> forms.Form:
    return Incident(QueryDict(query), **form)


def ticked(page: Element) -> list[str]:
    boxes = page.find("input", type="checkbox") + page.find("input", type="radio")
    return [box.attrs["value"] for box in boxes if "checked" in box.attrs]


def links(form: forms.Form) -> dict[str, str]:
    page = read(render_to_string("govuk/error_summary.html", {"form": form}))
    return {link.words(): link.attrs["href"].removeprefix("#") for link in page.find("a")}


def test_good_answers_are_taken():
    form = sent(GOOD)
    assert form.is_valid()
    assert form.cleaned_data == {"seen": "a", "roles": ["a", "b"], "ref": "AB", "notes": ""}


@pytest.mark.parametrize("form", [{}, {"prefix": "second"}, {"auto_id": "second-%s"}])
def test_the_summary_leads_to_the_first_radio_box_or_input(form):
    form = sent("", **form)
    page = read(rendered(form))
    reached = {text: page.find("input", id=own) for text, own in links(form).items()}
    assert {text: [box.attrs.get("value") for box in found] for text, found in reached.items()} == {
        "Select who has seen it": ["a"],
        "Select a part": ["a"],
        "Enter a reference": [None],
    }
    assert {box.attrs["type"] for (box,) in reached.values()} == {"radio", "checkbox", "text"}


def test_the_first_choice_keeps_the_id_even_where_the_divider_would_stand_before_it():
    form = forms.Form({})
    form.fields["asked"] = RadioQuestion(choices=THREE, missing="Choose", divider_before="a")
    assert read(rendered(form)).find("input", id="asked", value="a")


def test_an_error_of_the_whole_form_leads_where_the_form_says():
    form = sent(GOOD)
    form.add_error(None, "The answers do not match")
    assert links(form) == {}
    form.error_link = "ref"
    assert links(form) == {"The answers do not match": "ref"}


@pytest.mark.parametrize("boxes", [["none", "a"], ["a", "b", "none"]])
def test_a_box_that_stands_alone_with_another_is_an_error_that_keeps_both(boxes):
    form = sent("seen=a&ref=AB&" + "&".join(f"roles={box}" for box in boxes))
    assert form.errors == {
        "roles": ["You ticked “None of these” and something else. Untick one or the other."]
    }
    assert sorted(ticked(read(rendered(form)))) == sorted(["a", *boxes])


def test_a_box_that_stands_alone_is_taken_alone():
    assert sent("seen=a&ref=AB&roles=none").is_valid()


@pytest.mark.parametrize("name", ["seen", "roles"])
@pytest.mark.parametrize("missing", ["Choose one", ""])
def test_a_value_that_is_not_offered_is_never_shown(name, missing):
    kind = RadioQuestion if name == "seen" else CheckboxQuestion
    form = forms.Form(QueryDict(f"{name}=a&{name}={MADE_UP}"))
    form.fields[name] = kind(choices=THREE, missing=missing, required=bool(missing))
    assert form.errors == {name: [missing or OFFERED]}
    summary = render_to_string("govuk/error_summary.html", {"form": form})
    assert MADE_UP not in rendered(form) + summary


@pytest.mark.parametrize("name", ["ref", "notes"])
def test_an_image_as_text_is_refused_and_gone_and_the_words_stay(name):
    form = sent(f"seen=b&roles=a&ref=AB&notes=Told+a+friend&{name}=before+{IMAGE}+after")
    assert form.errors == {name: [REFUSED]}
    html = rendered(form)
    page = read(html)
    (box,) = page.find("input", id=name) or page.find("textarea", id=name)
    assert "before  after" in (box.attrs.get("value"), box.words())
    assert "base64" not in html
    assert "iVBOR" not in html
    other = page.find("textarea", id="notes")[0].words() if name == "ref" else ""
    assert other == ("Told a friend" if name == "ref" else "")
    assert ticked(page) == ["a", "b"]


def test_a_new_line_is_one_character_as_the_counter_counts_it():
    words = "\r\n".join(["a" * 9] * 20) + "b"  # 200 with one for each new line, 219 with two
    form = sent(GOOD)
    form.data = {**form.data.dict(), "roles": ["a"], "notes": words}
    assert form.is_valid(), form.errors
    assert form.cleaned_data["notes"] == "\n".join(["a" * 9] * 20) + "b"


def test_lines_come_back_as_they_were_typed():
    typed = "\n  first\n\nthird & <last>\n"
    form = forms.Form(initial={"notes": typed})
    form.fields["notes"] = LongText(max_length=200)
    (box,) = read(rendered(form)).find("textarea")
    assert box.words() == typed


@pytest.mark.parametrize(
    ("name", "length", "said"),
    [
        ("ref", 45, "Use 40 characters or fewer. You typed 45."),
        ("notes", 201, "Use 200 characters or fewer. You typed 201."),
    ],
)
def test_text_that_is_too_long_is_said_plainly_and_kept(name, length, said):
    typed = ("word " * 41)[: length - 1] + "s"
    form = sent(f"{GOOD}&{name}={typed}")
    assert form.errors == {name: [said]}
    page = read(rendered(form))
    (box,) = page.find("input", id=name) or page.find("textarea", id=name)
    assert typed in (box.attrs.get("value"), box.words())
    assert "maxlength" not in box.attrs, "a browser would cut a long paste without a word"


def test_every_error_of_a_field_is_named_by_its_input():
    form = sent(GOOD)
    form.add_error("ref", "First")
    form.add_error("ref", "Second")
    page = read(rendered(form))
    (box,) = page.find("input", id="ref")
    named = box.attrs["aria-describedby"].split()
    assert [page.find("p", id=own)[0].words() for own in named] == ["Error: First", "Error: Second"]


def test_a_chosen_option_is_selected_and_a_ticked_box_ticked():
    form = forms.Form({"of": "b", "box": "on"})
    form.fields["of"] = forms.ChoiceField(choices=THREE)
    form.fields["box"] = forms.BooleanField()
    form.fields["other"] = forms.BooleanField()
    page = read(rendered(form))
    options = page.find("option")
    assert [o.attrs["value"] for o in options if "selected" in o.attrs] == ["b"]
    assert [b.attrs["name"] for b in page.find("input") if "checked" in b.attrs] == ["box"]


def test_a_number_is_typed_as_text_with_a_keypad():
    form = forms.Form({"age": "12"})
    form.fields["age"] = forms.IntegerField()
    (box,) = read(rendered(form)).find("input")
    assert (box.attrs["type"], box.attrs["inputmode"], box.attrs["value"]) == (
        "text",
        "numeric",
        "12",
    )


def test_a_hidden_field_is_sent_along_and_its_error_leads_nowhere():
    form = sent(GOOD)
    form.fields["shown"] = forms.CharField(widget=forms.HiddenInput, initial="7")
    form.data = {**form.data.dict(), "roles": ["a"], "shown": "7"}
    form.add_error("shown", "Start again")
    (hidden,) = read(rendered(form)).find("input", type="hidden")
    assert (hidden.attrs["name"], hidden.attrs["value"]) == ("shown", "7")
    assert "Start again" in render_to_string("govuk/error_summary.html", {"form": form})
    assert links(form) == {}
