"""Signing in with an account elsewhere, by OpenID Connect: for those whom an invitation linked.

An address says nothing here. What counts is the provider's own name for somebody (issuer and
subject), and that it was linked when they took up their invitation. Of what the provider tells,
a hash of that is kept, and nothing else.
"""

import hashlib
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User

SCOPE = ["openid"]
# By a key of the provider's own: never by a secret that both know, and never unsigned.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


class InvitedOnly(DefaultSocialAccountAdapter):
    """No provider makes an account, and none is found by its address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        """A provider is asked where it is configured, and nowhere else that it may lead to."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """What comes of it is decided here, before allauth would."""
        from accounts.signin.views.providers import finish

        raise ImmediateHttpResponse(finish(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        *args: Any,
        extra_context: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """`extra_context`: allauth gives one when it was an answer that failed."""
        from accounts.signin.views.providers import answer_failed, failed

        page = answer_failed if extra_context else failed
        raise ImmediateHttpResponse(page(request, provider.app.name))


class Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's code flow, which has `state` and PKCE, with a nonce besides.

    The token's signature is checked though it came over TLS: that holds where a proxy of the
    school's own reads and changes what is inside.
    """

    _verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Raises OAuth2Error for a provider that says it is another than the one configured."""
        told: dict[str, Any] = super().openid_config
        wanted = self.get_provider().app.settings["server_url"]
        if str(told.get("issuer")).rstrip("/") != wanted:
            raise OAuth2Error("another issuer")
        return told

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        path = reverse("provider_answer", kwargs={"provider_id": self.provider_id})
        address: str = request.build_absolute_uri(path)
        return address

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self._verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Raises OAuth2Error for an answer that is not to what was asked."""
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise OAuth2Error("no id_token")
        told = self._decode_id_token(app, id_token)
        if not self._verifier or told.get("nonce") != nonce_of(self._verifier):
            raise OAuth2Error("another nonce")
        return self.get_provider().sociallogin_from_response(request, told)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Raises OAuth2Error."""
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("no token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("another algorithm")
        self.did_fetch_access_token = False  # else allauth trusts the token for how it came
        told: dict[str, Any] = super()._decode_id_token(app, id_token)
        return told


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Adapter
    pkce_enabled_default = True

    def get_scope(self) -> list[str]:
        return SCOPE

    def get_pkce_params(self) -> dict[str, str]:
        """With a nonce made from PKCE's secret, which waits in the session: it needs no other."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The same subject of another issuer, should the configuration change, is somebody else."""
        return hashlib.sha256(f"{data['iss']} {data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


def nonce_of(verifier: str) -> str:
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def linked_to(user: User) -> list[dict[str, Any]]:
    """Somebody's accounts elsewhere: `pk`, `id`, `name` of the provider, as configured today."""
    names = {provider.id: provider.name for provider in settings.OIDC_PROVIDERS}
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    found = [{"pk": row.pk, "id": row.provider, "name": names.get(row.provider)} for row in rows]
    return [each for each in found if each["name"]]
