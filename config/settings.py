"""Settings: one module, read from environment variables (see README, "Configuration").

Three ways to run: production (the default, which refuses anything that belongs to the demo),
demo (`DEMO=yes`: loopback only, demo accounts) and the tests (`tests/settings.py`).
"""

from contextlib import suppress
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config import env, openid

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

# The name people see. Everything that prints the product's name reads this.
SERVICE_NAME = "Image incident triage"

DEMO = env.flag("DEMO")
DEMO_SECRET_KEY = "demo-only-not-a-secret-anyone-can-read-this-in-the-source-code"  # noqa: S105
DEBUG = False
# Production has no default: web/checks.py refuses to start without one, and with the demo's.
SECRET_KEY = env.text("SECRET_KEY", DEMO_SECRET_KEY if DEMO else "")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost" if DEMO else "")
# Where gunicorn listens. Here for web/checks.py: the demo serves this machine alone.
BIND = env.address()

INSTALLED_APPS = [
    "web",
    "audit",
    "accounts",
    "outbox",
    "guidance",
    "triage",
    "referrals",
    "backup",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "formtools",
]

MIDDLEWARE = [
    "web.requests.RequestLog",
    # These only set headers on the way out, on a refusal too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.middleware.PrivatePages",
    # Below them: it answers plain HTTP itself, by leading on to HTTPS.
    "django.middleware.security.SecurityMiddleware",
    # A body that could carry a file is refused before anything reads it.
    "web.noimage.middleware.RefuseUploads",
    "web.middleware.FewMethods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.middleware.SessionKeys",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Who was signed in for too long is not any more; who lacks a second factor gets one first.
    "accounts.signin.middleware.TimeLimits",
    "accounts.signin.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.site",
                "accounts.signin.context.time_left",
            ],
        },
    },
]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)

# --- Database ---------------------------------------------------------------------------------
# SQLite unless DATABASE_URL names another. WAL lets readers work while one writes; IMMEDIATE takes
# the write lock at once, so two writers wait instead of failing half way; FULL survives power loss.
# What is deleted is written over in the file, not only forgotten (secure_delete).
# Every wait ends in seconds: somebody is looking at a page that does not come.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 8,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
POSTGRES_OPTIONS = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=8000 -c lock_timeout=6000",
}
# The demo's is another file: neither it nor production can open the other's by mistake.
EMBEDDED_DATABASE = VAR_DIR / ("demo.sqlite3" if DEMO else "triage.sqlite3")
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{EMBEDDED_DATABASE}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"].setdefault("OPTIONS", {}).update(
    SQLITE_OPTIONS if _sqlite else POSTGRES_OPTIONS
)
if not _sqlite:
    DATABASES["default"]["ENGINE"] = "web.postgresql"
if DATABASES["default"]["NAME"] == str(EMBEDDED_DATABASE):
    # Where it cannot be made, opening the database says so; `classify` needs neither.
    with suppress(OSError):
        VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Where `manage.py backup` writes unless told otherwise, and what a restore replaces is kept.
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))

# --- Sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
MFA_ADAPTER = "accounts.signin.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A telephone's clock may be half a minute off. No code counts twice (accounts/signin/forms.py).
MFA_TOTP_TOLERANCE = 1
# A passkey asks for a finger, a face or a PIN, and so is two factors in one.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# What secrets of second factors are encrypted with. With one of its own, SECRET_KEY can be changed
# without everybody having to set up their second factor again.
MFA_KEY = env.text("MFA_KEY", SECRET_KEY)
# Whether everybody but those who are only practitioners must have a second factor.
REQUIRE_MFA = env.flag("REQUIRE_MFA", default=not DEMO)
# Other services that people sign in with (config/openid.py). None of them makes accounts.
OIDC_PROVIDERS = openid.providers(env.text("OIDC_PROVIDERS", "[]"), plain_http=DEMO)
SOCIALACCOUNT_ADAPTER = "accounts.signin.openid.InvitedOnly"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = openid.for_allauth(OIDC_PROVIDERS)
PASSWORD_RESET_TIMEOUT = 60 * 60
# Signed out after so many seconds without a request, and after so many in any case. Warned before.
SIGNED_IN_IDLE = 30 * 60
SIGNED_IN_LONGEST = 12 * 60 * 60
SIGNED_IN_WARNING = 5 * 60
# How recently somebody must have shown who they are to change how they sign in.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Limits on guessing are counted in the database: shared by all processes, and kept over a restart.
# Its table is made by `migrate`. Room enough that nobody can push a count out by making others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Length, and what somebody would try first; no rule about which characters (accounts/passwords.py).
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.passwords.CommonAtHeart"},
    {"NAME": "accounts.passwords.NotOfThisPlace"},
]

# --- E-mail -----------------------------------------------------------------------------------
# Where the links of e-mails lead, without a slash at the end.
SITE_URL = env.text("SITE_URL", f"http://{BIND}" if DEMO else "").rstrip("/")
# Without a mail server messages wait in the outbox, and nothing is lost.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = int(env.text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"triage@{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "")
# Who is mailed the heads of the audit once a day: people with an account.
AUDIT_HEADS_TO = env.words("AUDIT_HEADS_TO")

# --- Never an image ---------------------------------------------------------------------------
# No handler: even if a file got past the middleware there would be nothing to receive it.
FILE_UPLOAD_HANDLERS: list[str] = []
# A form's four boxes of 4,000 characters, at up to 12 bytes each, come through: one that is too
# large is refused before anything can show again what was typed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- Browser security -------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],  # asking how long one stays signed in (frontend/time-left.js)
        # A form that leads on to another service's sign-in is one that posts there, to browsers.
        "form-action": [SELF, *openid.origins(OIDC_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = env.flag("HTTPS", default=not DEMO)
SECURE_SSL_REDIRECT = HTTPS
# A probe asks the process itself, on this machine, and learns nothing private.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS")
# Django warns of both by default. But a year without HTTP for every other host of a school's
# domain, or a place on the browsers' preload list, is for the owner of that domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else everybody behind the proxy would share one address, and one limit on signing in.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Browsers take a cookie so named from this host alone, over HTTPS alone: no other host of a
# school's domain can plant one here.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
# In the session, and not in a cookie of their own, which may outlive it on a shared computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Language, time, static files -------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
# What a page is made of is for our own pages, too.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("build", BASE_DIR / "static" / "build")]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
GUIDANCE_DIR = BASE_DIR / "guidance" / "editions"

# --- The log ----------------------------------------------------------------------------------
# One JSON object a line, and nothing of what anybody typed (web/logs.py).
REQUEST_ID_FROM_PROXY = env.flag("BEHIND_PROXY")
LOG_REQUESTS = env.flag("LOG_REQUESTS", default=not DEMO)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "web.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "web.logs.Console", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "web.requests": {"level": "INFO" if LOG_REQUESTS else "WARNING"},
        # Without Django's own handlers: one mails whole requests.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "propagate": True},
        # The line of the request says all of the rest.
        "django.request": {"level": "ERROR"},
    },
}
