"""Reading a page that was sent half filled in: all that can be kept is, the rest is named.

On Continue a form asks for anything doubtful to be put right. Whoever presses "Send now" has no
time for that, so the doubt is settled here, always towards keeping what is known.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from triage.forms.answering import AnswersForm
from triage.forms.fields import MOST_SERVICES, SERVICE_LENGTH, name_list, one_line
from triage.model.vocabulary import MAX_REF
from web.fields import CheckboxQuestion
from web.noimage.freetext import without_images

TELL = "Tell your safeguarding lead yourself."
IMAGE_TAKEN_OUT = (
    "Part of what you pasted looked like an image or a file, so it was taken out. "
    "The words around it were sent."
)


@dataclass
class Hurried:
    """`values`: the answers that could be read, canonical. `lost`: a sentence for each other."""

    values: dict[str, Any]
    lost: list[str] = field(default_factory=list)


def read_hurried(form: AnswersForm) -> Hurried:
    """The answers of a form bound to what was posted. Changes the form's data and checks it."""
    read = Hurried({})
    form.data = data = form.data.copy()  # type: ignore[attr-defined]
    for name, asked in form.fields.items():
        if isinstance(asked, CheckboxQuestion):
            data.setlist(name, _known_over_unknown(asked, data.getlist(name)))
        elif name in data and name != "shown":
            data[name] = _words(name, data[name], read)
    if data.get("services"):
        data.setlist("services_unknown", [])
    if "notes" in form.fields:  # what a child said is never cut; Continue asks to shorten it
        _any_length(form.fields["notes"])
    form.full_clean()
    read.values = form.values()
    read.lost += [_not_kept(form, name) for name in form.errors if _given(data, name)]
    return read


def _known_over_unknown(asked: CheckboxQuestion, ticked: list[str]) -> list[str]:
    """Without "none of these" and "I don't know yet" where something else is ticked as well."""
    known = [value for value in ticked if value not in asked.exclusive]
    return known or ticked[:1]


def _words(name: str, typed: str, read: Hurried) -> str:
    text, had_image = without_images(typed.replace("\x00", ""))
    if had_image:
        read.lost.append(IMAGE_TAKEN_OUT)
    if name == "ref" and len(one_line(text)) > MAX_REF:
        read.lost.append(f"The reference was cut to its first {MAX_REF} characters. {TELL}")
        return one_line(text)[:MAX_REF]
    return _short_names(text, read) if name == "services" else text


def _short_names(text: str, read: Hurried) -> str:
    names = name_list(text)
    short = [name[:SERVICE_LENGTH] for name in names[:MOST_SERVICES]]
    if short != names:
        read.lost.append(
            f"Only {MOST_SERVICES} names of apps were sent, and only the first {SERVICE_LENGTH} "
            f"characters of each. {TELL}"
        )
    return "\n".join(short)


def _any_length(notes: forms.Field) -> None:
    notes.validators = [v for v in notes.validators if not isinstance(v, MaxLengthValidator)]


def _given(data: QueryDict, name: str) -> bool:
    return any(value.strip() for value in data.getlist(name))


def _not_kept(form: forms.Form, name: str) -> str:
    title = form.fields[name].label
    return f"Your answer to “{title}” could not be read, so it was sent as not known. {TELL}"
