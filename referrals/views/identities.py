"""Identity cards, and the question whether two of them are one person's."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from accounts.access import SignedInRequest
from audit.acts import Act
from audit.recorder import record_read
from referrals.actions import identities as actions
from referrals.forms.identities import CompareForm, IdentityForm
from referrals.identities import IdentityRow, OtherCase, identity_row, people_of
from referrals.models import Case, Identity
from referrals.views.casework import case_page, form_page, opened, posted
from triage import pages


@case_page
def identity(request: SignedInRequest, case: Case, person_id: str) -> HttpResponse:
    """Who a person of the case is. The reading is audited, and so is what is saved."""
    row = row_of(request, case, person_id)
    form = IdentityForm(posted(request), initial={**opened(case), **values_of(row.card)})

    def save(form: IdentityForm) -> None:
        actions.save_identity(case=case, person_id=person_id, by=request.user, **form.cleaned_data)

    page = form_page(
        request,
        case,
        form,
        save=save,
        title="Identity card",
        button="Save the identity card",
        done="The identity card was saved.",
        row=row,
        answers=pages.person_in_words(people_of(case)[person_id]),
        next_url=identity_url(case, person_id),
        template="referrals/identity.html",
    )
    return audited(request, page, case)


@case_page
def compare(request: SignedInRequest, case: Case, person_id: str, card_id: int) -> HttpResponse:
    """Two cards side by side: the same person or not. Both readings are audited."""
    row = row_of(request, case, person_id)
    found = the_other(row, card_id)
    card = row.card
    assert card is not None  # noqa: S101 - where nothing is filled in, nothing is compared
    known = found.decision.pk if found.decision else 0
    form = CompareForm(posted(request), initial={**opened(case), "known": known})

    def save(form: CompareForm) -> None:
        given = {**form.cleaned_data, "same": form.cleaned_data["same"] == "yes"}
        try:
            actions.compare(case=case, card=card, other=found.card, by=request.user, **given)
        except actions.Decided as meanwhile:
            form.known_again(meanwhile.decision.pk)
            raise
        except Identity.DoesNotExist:  # the other case was restricted to others while this was done
            raise Http404 from None

    page = form_page(
        request,
        case,
        form,
        save=save,
        title="Compare two people",
        button="Save",
        done="Your decision was saved.",
        row=row,
        other=found,
        linked=any(link.card.pk == card_id for link in row.links),
        back_url=identity_url(case, person_id),
        next_url=identity_url(case, person_id),
        template="referrals/compare.html",
    )
    return audited(request, page, case, found.case)


def row_of(request: SignedInRequest, case: Case, person_id: str) -> IdentityRow:
    row = identity_row(case, person_id, request.user)
    if row is None:
        raise Http404
    return row


def the_other(row: IdentityRow, card_id: int) -> OtherCase:
    """The card to compare with: a match, a link, or one that was decided on. Raises Http404."""
    found = next((other for other in row.compared if other.card.pk == card_id), None)
    if found is None:
        raise Http404
    return found


def values_of(card: Identity | None) -> dict[str, object]:
    names = ("full_name", "date_of_birth", "pupil_number")
    return {name: getattr(card, name) for name in names} if card else {}


def identity_url(case: Case, person_id: str) -> str:
    return reverse("identity", kwargs={"reference": case.reference, "person_id": person_id})


def audited(request: SignedInRequest, page: HttpResponse, *cases: Case) -> HttpResponse:
    """The page, unless it only leads elsewhere, as read from the cards of these cases."""
    for case in cases if page.status_code != 302 else ():
        record_read(
            by=request.user, action=Act.IDENTITY_READ, obj=case, organisation=case.organisation
        )
    return page
