"""Home, submission, outcomes and cases."""

from django.urls import path, register_converter

from referrals.reference import ReferenceConverter
from referrals.views import (
    amending,
    cases,
    deciding,
    discarded,
    export,
    home,
    identities,
    outcome,
    planning,
    queue,
    recording,
    restricting,
    retention,
    review_times,
    submission,
    trail,
)

register_converter(ReferenceConverter, "reference")

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
    path("organisation/review-times/", review_times.review_times, name="review_times"),
    path("organisation/retention/", retention.rule, name="retention_rule"),
    path("cases/", queue.cases, name="cases"),
    path("cases/search/", queue.search, name="case_search"),
    path("cases/retention/", retention.review_list, name="retention_list"),
    path("cases/retention/discarded/", discarded.discarded, name="delete_discarded"),
    path("cases/<reference:reference>/", cases.case, name="case"),
    path("cases/<reference:reference>/acknowledge/", deciding.acknowledge, name="acknowledge"),
    path("cases/<reference:reference>/review/", deciding.review, name="review"),
    path("cases/<reference:reference>/amend/", amending.amend, name="amend"),
    path("cases/<reference:reference>/changes/<int:version>/", amending.changes, name="changes"),
    path("cases/<reference:reference>/assign/", deciding.assign, name="assign"),
    path("cases/<reference:reference>/restrict/", restricting.restrict, name="restrict"),
    path(
        "cases/<reference:reference>/lift-restriction/", restricting.lift, name="lift_restriction"
    ),
    path(
        "cases/<reference:reference>/people/<slug:person_id>/", identities.identity, name="identity"
    ),
    path(
        "cases/<reference:reference>/people/<slug:person_id>/compare/<int:card_id>/",
        identities.compare,
        name="identity_compare",
    ),
    path("cases/<reference:reference>/people/<slug:person_id>/held/", export.held, name="held"),
    path(
        "cases/<reference:reference>/people/<slug:person_id>/held/table/",
        export.held_csv,
        name="held_csv",
    ),
    path(
        "cases/<reference:reference>/people/<slug:person_id>/held/data/",
        export.held_json,
        name="held_json",
    ),
    path("account/held/", export.held_on_me, name="held_on_me"),
    path("account/held/table/", export.held_on_me_csv, name="held_on_me_csv"),
    path("organisation/people/<int:user_id>/held/", export.held_on_user, name="held_on_user"),
    path(
        "organisation/people/<int:user_id>/held/table/",
        export.held_on_user_csv,
        name="held_on_user_csv",
    ),
    path("cases/<reference:reference>/close/", deciding.close, name="close"),
    path("cases/<reference:reference>/reopen/", deciding.reopen, name="reopen"),
    path("cases/<reference:reference>/hold/", retention.hold, name="hold"),
    path("cases/<reference:reference>/lift-hold/", retention.lift_hold, name="lift_hold"),
    path("cases/<reference:reference>/keep/", retention.keep, name="keep"),
    path("cases/<reference:reference>/delete/", retention.delete, name="delete"),
    path("cases/<reference:reference>/plan/add/", planning.add_step, name="add_step"),
    path("cases/<reference:reference>/plan/<int:step_id>/", planning.step, name="step"),
    path("cases/<reference:reference>/record/<slug:slug>/", recording.record, name="record"),
    path("cases/<reference:reference>/chronology/", recording.chronology, name="chronology"),
    path(
        "cases/<reference:reference>/chronology/<int:number>/addendum/",
        recording.addendum,
        name="addendum",
    ),
    path("cases/<reference:reference>/chronology/<int:number>/news/", recording.news, name="news"),
    path("cases/<reference:reference>/trail/", trail.trail, name="trail"),
    path("cases/<reference:reference>/outcome/", outcome.outcome, name="outcome"),
    path("cases/<reference:reference>/outcome/text/", outcome.as_text, name="outcome_text"),
]
