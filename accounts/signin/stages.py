"""What comes between the password and being signed in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse

from accounts.signin.records import provider_took_second_step


class SecondFactor(AuthenticateStage):
    """Asked of everybody who has a second factor, unless their provider has asked for one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if provider_took_second_step(self.request, self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
