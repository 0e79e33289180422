"""How somebody signs in, and looks after that. allauth's own addresses are not mounted."""

from django.urls import path

from accounts.signin.views import (
    app,
    codes,
    confirm,
    left,
    overview,
    passkeys,
    passwords,
    providers,
    second_step,
)

urlpatterns = [
    path("account/", overview.security, name="security"),
    path("account/sign-out-everywhere/", overview.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/time-left/", left.time_left, name="time_left"),
    path("account/confirm/", confirm.confirm_who, name="confirm_who"),
    # allauth leads here by this name, after a password that was right.
    path("account/second-step/", second_step.SecondStep.as_view(), name="mfa_authenticate"),
    path("account/second-step/give-up/", second_step.give_up, name="give_up_second_step"),
    path("account/app/", app.set_up_app, name="set_up_app"),
    path("account/app/picture.svg", app.app_picture, name="app_picture"),
    path("account/factors/<int:pk>/remove/", app.remove_factor, name="remove_factor"),
    path("account/recovery-codes/", codes.recovery_codes, name="recovery_codes"),
    path("account/recovery-codes/new/", codes.new_recovery_codes, name="new_recovery_codes"),
    path(
        "account/recovery-codes/recovery-codes.txt",
        codes.download_recovery_codes,
        name="download_recovery_codes",
    ),
    path("account/passkeys/add/", passkeys.add_passkey, name="add_passkey"),
    path("account/passkey/", passkeys.sign_in_with_passkey, name="sign_in_with_passkey"),
    path("account/password/", passwords.change_password, name="change_password"),
    path("account/forgotten/", passwords.ask_for_reset, name="forgotten"),
    path("account/forgotten/sent/", passwords.reset_sent, name="reset_sent"),
    path("account/new-password/", passwords.new_password, name="new_password"),
    path("account/new-password/<str:who>/<str:token>/", passwords.open_reset, name="open_reset"),
    path("account/with/<slug:provider_id>/", providers.continue_with, name="continue_with"),
    path(
        "account/with/<slug:provider_id>/answer/", providers.provider_answer, name="provider_answer"
    ),
    path("account/linked/<int:pk>/remove/", providers.unlink_provider, name="unlink_provider"),
]
