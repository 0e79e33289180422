"""Taking a lost second factor off somebody's account, for whoever looks after them."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.managing.forms import PlainForm
from accounts.managing.pages import form_page, posted
from accounts.managing.places import Place, people_page
from accounts.models import User
from accounts.people import Refused
from accounts.signin.actions import YOURSELF, reset_second_factor
from accounts.signin.factors import factors_of
from accounts.signin.records import showed_who_they_are_lately

NOTHING = "This person has no second factor, or the account is not open."


@require_http_methods(["GET", "HEAD", "POST"])
@people_page
def reset_factor(request: SignedInRequest, place: Place, user: User) -> HttpResponseBase:
    """Asked of whoever showed lately who they are: it opens the way for a known password."""
    if not showed_who_they_are_lately(request):
        return redirect_to_login(request.path, login_url="confirm_who")
    return _page(request, place, user)


def _page(request: SignedInRequest, place: Place, user: User) -> HttpResponse:
    refused = _refused(request, user)

    def save(form: PlainForm) -> None:
        if refused:
            raise Refused(refused)
        reset_second_factor(user=user, by=request.user)

    return form_page(
        request,
        PlainForm(posted(request)),
        save=save,
        next_url=place.url("person", user) if place.name != "managers" else place.list_url,
        done="The second factor is taken off. They were told by e-mail, and signed out everywhere.",
        template="accounts/reset_factor.html",
        person=user,
        refused=refused,
    )


def _refused(request: SignedInRequest, user: User) -> str:
    if user == request.user:
        return YOURSELF
    return "" if user.is_active and factors_of(user).exists() else NOTHING
