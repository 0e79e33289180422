"""django-formtools, for navigation only.

Its named-URL view gives the stepping, the step list and one form a step. Everything it would keep
in the session, or decide from posted fields, is taken away: the route comes from
`triage.model.route`, the answers live in a `Draft`, the current step comes from the address.
See docs/decisions/0002-the-wizard.md for each trap and its test.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from guidance.content import Kind
from triage import actions, pages
from triage.forms import PageForm, to_widget
from triage.model.route import PAGES, someone_pictured
from triage.models import Draft


class NoStorage(BaseStorage):
    """Formtools' storage for the length of one request: nothing of it outlives the answer."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: object = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.init_data()

    def get_step_files(self, step: str) -> None:
        """There are no files, ever."""
        return


def on_route(name: str) -> Callable[["TriageWizard"], bool]:
    """Formtools' condition for a page: whether the replayed route holds it."""
    return lambda wizard: wizard.draft.route.step(name) is not None


class TriageWizard(NamedUrlWizardView):
    """One page of the wizard, for the draft in the address."""

    template_name = "triage/step.html"
    storage_name = "triage.wizard.NoStorage"
    condition_dict = {page.name: on_route(page.name) for page in PAGES}
    draft: Draft

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.draft = kwargs["draft"]
        if not self.draft.route.reachable(kwargs["step"]):
            return redirect(pages.next_url(self.draft))
        if kwargs["step"] == "people" and not self.draft.people:
            return redirect(pages.add_person_url(self.draft))
        return super().dispatch(request, *args, **kwargs)

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(self.draft.pk)

    def get_form_prefix(self, step: str | None = None, form: object = None) -> None:
        """None: field names are the answer keys themselves."""
        return

    def get_step_url(self, step: str) -> str:
        return pages.step_url(self.draft, step)

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        step = step or self.steps.current
        asks = self.draft.route.at(step).asks
        kwargs: dict[str, Any] = {"edition": pages.edition_of(self.draft), "asks": asks}
        if step == "people":
            kwargs["pictured"] = someone_pictured({"people": self.draft.people})
        return kwargs

    def get_form_initial(self, step: str) -> dict[str, Any]:
        stored = stored_of(self.draft, step)
        initial = {key: to_widget(key, value) for key, value in stored.items()}
        if stored.get("services") == ["unknown"]:
            initial["services_unknown"] = ["unknown"]
        if stored.get("people_listed") == "no_image":
            initial["people_listed"] = ["no_image"]
        return {**initial, "shown": actions.fingerprint(stored)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page. Writes nothing, the session included; `done` is never reached by GET."""
        self.storage.current_step = kwargs["step"]
        return self.render(self.get_form())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the page's declared answers and go on; the only validation there is."""
        self.storage.current_step = kwargs["step"]
        form = self.get_form(data=self.request.POST)
        if not form.is_valid():
            return self.render(form)
        return self.save(form)

    def save(self, form: PageForm) -> HttpResponse:
        try:
            saved = actions.save_answers(
                draft=self.draft,
                asked=form.asks,
                values=form.values(),
                shown=form.cleaned_data["shown"],
                by=self.request.user,
            )
        except actions.Conflict as conflict:
            form.shown_again(actions.fingerprint(conflict.stored))
            there = pages.in_words(form.values(), conflict.stored, form.edition)
            return self.render(form, conflict=there)
        return redirect(pages.next_url(saved))

    def get_context_data(self, form: PageForm, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(form=form, **kwargs)
        return {**context, **page_context(self.draft, self.steps.current, form)}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        status = 422 if context["form"].is_bound else 200
        return super().render_to_response(context, status=status, **kwargs)


def stored_of(draft: Draft, step: str) -> dict[str, Any]:
    """What the draft holds for the questions of one page."""
    asks = draft.route.at(step).asks
    return {key: draft.answers[key] for key in asks if key in draft.answers}


def page_context(draft: Draft, step: str, form: PageForm) -> dict[str, Any]:
    """What the page shows around its form: where we are, the way back, help."""
    section = draft.route.at(step).page.section
    edition = pages.edition_of(draft)
    keys = ["people"] if step == "people" else form.asks
    items = [edition.item(Kind.QUESTION, key) for key in keys]
    heading = pages.HEADINGS.get(step) if len(items) > 1 else None
    return {
        "draft": draft,
        "step_name": step,
        "progress": pages.progress(section),
        "page_heading": heading or items[0].title,
        "show_heading": heading is not None,
        "back_url": pages.back_url(draft, step),
        "help_items": items,
        "emergency": edition.item(Kind.PAGE, "emergency"),
        **(people_context(draft) if step == "people" else {}),
    }


def people_context(draft: Draft) -> dict[str, Any]:
    """The list of people as the page shows it."""
    listed = [{**person, "words": pages.person_in_words(person)} for person in draft.people]
    return {"listed": listed, "add_person_url": pages.add_person_url(draft)}
