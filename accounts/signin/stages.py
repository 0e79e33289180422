"""What comes between the password and being signed in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

from accounts.signin.factors import factors_of
from accounts.signin.records import provider_took_second_step

BEGUN_WITH = "begun_with"


class SecondFactor(AuthenticateStage):
    """Asked of everybody who has a second factor, unless their provider has asked for one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if provider_took_second_step(self.request, self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        self.state[BEGUN_WITH] = self.login.user.get_session_auth_hash()
        return answer

    @property
    def is_over(self) -> bool:
        """Whether the person's sessions were ended since the first step, or no factor is left."""
        user, begun_with = self.login.user, self.state.get(BEGUN_WITH, "")
        same = constant_time_compare(begun_with, user.get_session_auth_hash())
        return not (same and user.is_active and factors_of(user).exists())
