"""What the pages with a form have in common: shown, shown again with what is wrong, saved."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest
from accounts.actions import EMAIL_TAKEN
from accounts.managing.base_forms import SeenForm
from accounts.people import Refused


def posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def form_page(
    request: SignedInRequest,
    form: forms.Form,
    *,
    save: Callable[[Any], Any],
    next_url: str | Callable[[], str],
    back_url: str = "",
    done: str = "",
    template: str = "accounts/form.html",
    **context: Any,
) -> HttpResponse:
    """`save` is given the form, once it is right, and may find more that is wrong.

    What was changed since the page was opened is shown, and not overwritten (SeenForm). Nobody
    changes it between the look and the save: callers have it locked on a POST.
    """
    if form.is_valid() and not _changed_meanwhile(form):
        try:
            with transaction.atomic():
                save(form)
        except ValidationError as error:
            _take_over(form, error)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if done:
                messages.success(request, done)
            return redirect(next_url() if callable(next_url) else next_url)
    shown = {"form": form, "back_url": back_url or next_url, **context}
    return render(request, template, shown, status=422 if form.is_bound else 200)


def _changed_meanwhile(form: forms.Form) -> bool:
    return isinstance(form, SeenForm) and form.is_stale


def _take_over(form: forms.Form, error: ValidationError) -> None:
    """The model's complaints at the form's own fields; those it does not ask, of the whole."""
    found = error.error_dict if hasattr(error, "error_dict") else {"__all__": [error]}
    for name, errors in found.items():
        for each in errors:
            taken = name == "email" and each.code == "unique"
            form.add_error(
                name if name in form.fields else None,
                EMAIL_TAKEN if taken else ValidationError(each.messages),
            )
