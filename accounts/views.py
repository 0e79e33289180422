"""Sign-in and sign-out: allauth's views, less what they offer that is not wanted here."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class SignIn(LoginView):
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`next`: where to go afterwards, if it is safe. `sent_back`: whether it is a page's own.

        Home is where everybody starts, so somebody sent here from there has nothing to go on with.
        """
        wanted = self.request.POST.get("next") or self.request.GET.get("next") or ""
        safe = wanted if get_adapter().is_safe_url(wanted) else ""
        sent_back = safe not in ("", reverse("home"))
        return {**super().get_context_data(**kwargs), "next": safe, "sent_back": sent_back}


class SignOut(LogoutView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A link, or a page loaded ahead by the browser, must not sign anybody out."""
        return redirect("home")
