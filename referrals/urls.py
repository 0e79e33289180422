"""Home, submission, outcomes and cases."""

from django.urls import path

from referrals.views import cases, home, outcome, submission

urlpatterns = [
    path("", home.home, name="home"),
    path("triage/<uuid:draft_id>/submit/", submission.submit, name="submit"),
    path("triage/<uuid:draft_id>/send/<slug:step>/", submission.send_now, name="send_now"),
    path(
        "triage/<uuid:draft_id>/send/people/<slug:person_id>/",
        submission.send_now_person,
        name="send_now_person",
    ),
    path("triage/<uuid:draft_id>/outcome/", outcome.outcome_of_draft, name="outcome_of_draft"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/outcome/", outcome.outcome, name="outcome"),
    path("cases/<str:reference>/outcome/text/", outcome.as_text, name="outcome_text"),
]
