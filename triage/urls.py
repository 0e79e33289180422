"""Addresses of the wizard. A draft's id is in each, so two tabs are two drafts."""

from django.urls import path

from triage.access import own_draft
from triage.forms import STEP_FORMS
from triage.views import blank, check, decides, drafts, people, start, untouched, which_is_right
from triage.wizard import TriageWizard

step = own_draft(TriageWizard.as_view(STEP_FORMS, url_name="triage_step"))
DRAFT = "triage/<uuid:draft_id>/"

urlpatterns = [
    path("triage/start/", start.start, name="triage_start"),
    path(f"{DRAFT}people/<slug:person_id>/", people.person, name="triage_person"),
    path(f"{DRAFT}people/<slug:person_id>/remove/", people.remove, name="triage_remove_person"),
    path(f"{DRAFT}which-is-right/", which_is_right.which_is_right, name="triage_which_is_right"),
    path(f"{DRAFT}check/", check.check, name="triage_check"),
    path(f"{DRAFT}discard/", drafts.discard, name="triage_discard"),
    path(f"{DRAFT}read/", drafts.read, name="triage_read"),
    path(f"{DRAFT}take-over/", untouched.take_over, name="draft_take_over"),
    path(f"{DRAFT}end/", untouched.end, name="draft_end"),
    path(f"{DRAFT}<slug:step>/", step, name="triage_step"),
    path("blank-form/", blank.blank_form, name="blank_form"),
    path("how-this-tool-decides/", decides.how_it_decides, name="how_it_decides"),
]
