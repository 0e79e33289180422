"""The second step of signing in, after the password."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.signin import notices
from accounts.signin.factors import factors_of
from accounts.signin.forms import SecondStepForm, SecondStepPasskeyForm
from accounts.signin.stages import SecondFactor
from accounts.signin.views.passkeys import as_json
from audit.acts import Act
from audit.recorder import SYSTEM, record

BEGIN_AGAIN = "How you sign in was changed meanwhile. Enter your password again."


class SecondStep(AuthenticateView):
    template_name = "account/second_step.html"
    form_class = SecondStepForm
    webauthn_form_class = SecondStepPasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the first step, if what it showed does not count any more."""
        stage = LoginStageController.enter(request, SecondFactor.key)
        if stage is not None and stage.is_over:
            clear_login(request)
            messages.info(request, BEGIN_AGAIN)
            return redirect("account_login")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        tell_of_recovery_code(form)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        record_failure(self.stage.login.user)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = set(factors_of(self.stage.login.user).values_list("type", flat=True))
        context["has_app"] = Authenticator.Type.TOTP in kinds
        context["has_passkey"] = Authenticator.Type.WEBAUTHN in kinds
        context["options"] = as_json(context.pop("js_data")["request_options"])
        return context


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Back to the first step, as if nothing had been typed."""
    clear_login(request)
    return redirect("account_login")


@transaction.atomic
def tell_of_recovery_code(form: Any) -> None:
    """A code from the paper was used: the person is told, in case it was not them."""
    used = getattr(form, "authenticator", None)
    if used is None or used.type != Authenticator.Type.RECOVERY_CODES:
        return
    user = used.user
    notices.changed(user, notices.CODE_USED)
    record(by=user, action=Act.RECOVERY_CODE_USED, obj=used, organisation=user.organisation)


@transaction.atomic
def record_failure(user: User) -> None:
    """By nobody: whoever typed it did not show who they are."""
    record(by=SYSTEM, action=Act.SECOND_STEP_FAILED, obj=user, organisation=user.organisation)
