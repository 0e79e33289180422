"""The forms of the wizard's pages: one a page. Field names are the answer keys of the model.

What a form returns (`values()`) is canonical: ready to be stored in a draft.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from guidance.content import EditionContent
from triage.forms.answering import AnswersForm
from triage.forms.fields import fields_for, parse_services, to_answer, word
from triage.model.route import PAGES, Page
from web.fields import CheckboxQuestion
from web.layout import Question as Ask
from web.layout import questions


class PageForm(AnswersForm):
    """What the wizard needs of a page's form: `asks`, the answer keys; `values()`, the answers."""

    page: ClassVar[Page]

    def __init__(
        self, *args: Any, edition: EditionContent, asks: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.asks = tuple(asks)

    def values(self) -> dict[str, Any]:
        raise NotImplementedError


class StepForm(PageForm):
    """One page of questions. Labels, hints and help come from the edition of the guidance."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = self.asks
        asked = {"shown", *asks} | ({"services_unknown"} if "services" in asks else set())
        for name in set(self.fields) - asked:
            del self.fields[name]
        self.asks = tuple(key for key in asks if key in self.fields)
        for key in self.asks:
            word(self.fields[key], key, self.edition)
        self.helper = questions(*self.layout())

    def layout(self) -> list[Ask | str]:
        """A question alone on its page is the page's heading; two stand under a heading."""
        if len(self.asks) == 1 and "services_unknown" not in self.fields:
            return [Ask(self.asks[0], heading=True, size="l")]
        names = [name for name in self.fields if name != "shown"]
        return [Ask(name, size="s" if name == "services_unknown" else "m") for name in names]

    def clean_services(self) -> list[str]:
        return parse_services(self.cleaned_data["services"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.pop("services_unknown", None):
            if cleaned.get("services"):
                self.add_error("services", "Remove the names, or untick “I don’t know yet”")
            else:
                cleaned["services"] = ["unknown"]
        return cleaned

    def values(self) -> dict[str, Any]:
        """The answers of this page as they are stored; after `is_valid`, all of them."""
        return {k: to_answer(k, self.cleaned_data[k]) for k in self.asks if k in self.cleaned_data}


class PeopleForm(PageForm):
    """Confirms the list of people. Shown with `no_image` only while nobody listed is pictured."""

    people_listed = CheckboxQuestion(
        label="Is there an image at all?",
        choices=[("no_image", "There is no image. This is about messages or talk only")],
        missing="",
        required=False,
    )

    def __init__(self, *args: Any, pictured: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictured = pictured
        if pictured:
            del self.fields["people_listed"]
        self.helper = questions(*(name for name in self.fields if name != "shown"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.pictured and not cleaned.get("people_listed"):
            self.add_error(
                "people_listed",
                "Add who is in the image. If nobody knows yet, add someone not yet identified. "
                "If there is no image, tick the box",
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        if self.cleaned_data.get("people_listed"):
            return {"people_listed": "no_image", "image_kind": "no_image"}
        return {"people_listed": "yes"}


def form_for(page: Page) -> type[PageForm]:
    """The form class of a page, its fields declared once when the program starts."""
    if page.name == "people":
        return type("PeopleStep", (PeopleForm,), {"page": page})
    name = page.name.title().replace("-", "") + "Step"
    return type(name, (StepForm,), {"page": page, **fields_for(page)})


STEP_FORMS = [(page.name, form_for(page)) for page in PAGES]
