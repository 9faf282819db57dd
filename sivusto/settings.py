"""All settings, from the environment alone.

Without HANKKEET_ADDRESS the site is in local mode: it answers on this machine only and makes its
own secret under var/. With it the site is in production and asks for what production needs.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sivusto import environment as env
from sivusto.security import files, inline

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("HANKKEET_VAR", str(BASE_DIR / "var")))

# Who we are: shown on pages and paper, never written in code.
SITE_ADDRESS = env.address("HANKKEET_ADDRESS")
LOCAL_MODE = not SITE_ADDRESS
LOCAL_PORT = env.number("PORT", 8000)
PUBLIC_ADDRESS = SITE_ADDRESS or f"http://127.0.0.1:{LOCAL_PORT}"
MUNICIPALITY = env.text("HANKKEET_MUNICIPALITY", "Jokilahden kaupunki")
FEEDBACK_EMAIL = env.text("HANKKEET_FEEDBACK_EMAIL", "palaute@jokilahti.example.fi")
# How long after a project's end its contacts are named; a portfolio may say otherwise.
CONTACT_MONTHS = env.number("HANKKEET_CONTACT_MONTHS", 12)
# How many messages about cards are taken in a day, from one address and from all.
FEEDBACK_FROM_ONE = env.number("HANKKEET_FEEDBACK_FROM_ONE", 20)
FEEDBACK_FROM_ALL = env.number("HANKKEET_FEEDBACK_FROM_ALL", 500)
BRAND_COLOUR = env.colour("HANKKEET_BRAND_COLOUR", "#0b4f6c")
ACCENT_COLOUR = env.colour("HANKKEET_ACCENT_COLOUR", "#b93a08")

DEBUG = env.flag("HANKKEET_DEBUG")
SECRET_KEY = env.secret_key("HANKKEET_SECRET_KEY", VAR_DIR / "secret_key" if LOCAL_MODE else None)
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]"]
    if LOCAL_MODE
    else [SITE_ADDRESS.partition("://")[2].partition(":")[0]]
)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS else []

INSTALLED_APPS = [
    "sivusto",
    "seuranta",
    "rahoitus",
    "hankkeet",
    "salkut",
    "sivusto.staff.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # has headers of its own, see below
    "sivusto.security.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sivusto.compression.TextCompression",  # leaves alone what the next one has compressed
    "sivusto.freshness.pages.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sivusto.security.middleware.refuse_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "sivusto.security.limits.StatementLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "sivusto.urls"
WSGI_APPLICATION = "sivusto.wsgi.application"

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
                "sivusto.pages.context.site",
            ],
            "builtins": ["sivusto.templatetags.finnish"],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", env.embedded_data_folder(BASE_DIR))}
# What anybody may ask of the database in a web process; 0 is no limit.
STATEMENT_LIMIT_S = env.number("HANKKEET_STATEMENT_LIMIT_S", 10)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # costs a guesser memory as well as time
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["sivusto.signing.backend.BrakedBackend"]
LOGIN_URL = "admin:login"
# How many proxies of ours a request passes: that many last addresses of X-Forwarded-For are true.
PROXIES = env.number("HANKKEET_PROXIES", 0)
REQUIRE_TWO_FACTOR = env.flag("HANKKEET_REQUIRE_TWO_FACTOR")
OTP_TOTP_ISSUER = f"{MUNICIPALITY}, hankkeet"
# The municipality's sign-on by OpenID Connect, for example Entra ID; None without its settings.
SIGN_ON = env.sign_on("HANKKEET_OIDC")
LOCAL_LOGIN = env.local_login("HANKKEET_LOCAL_LOGIN", SIGN_ON)

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.text("HANKKEET_MEDIA", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "hankkeet.storage.TidyStorage"},
    "staticfiles": {"BACKEND": "sivusto.security.files.SmallFiles"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_ADD_HEADERS_FUNCTION = files.add_headers
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff2", "png", "jpg", "gz", "br")
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT = env.number("HANKKEET_UPLOAD_LIMIT_MB", 20) * 1024 * 1024
# A card with all its rows is one form. These stand so far above a card's own limits that the form
# is read and refused field by field, with the text in it; beyond them nothing of it can be kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Finished pages are kept in each process up to this many bytes; 0 keeps none.
PAGE_CACHE_BYTES = env.number("HANKKEET_PAGE_CACHE_MB", 32) * 1024 * 1024

PDF_DIR = VAR_DIR / "pdf"
FONT_DIR = VAR_DIR / "fonts"
PDF_TIME_LIMIT_S = env.number("HANKKEET_PDF_TIME_LIMIT_S", 20)
PDF_MEMORY_LIMIT = env.number("HANKKEET_PDF_MEMORY_LIMIT_MB", 1024) * 1024 * 1024

# What stands inline is named in the policy by its hash: the site's style, which a first page would
# else wait for; the municipality's colours; and what fetches the list's script when somebody first
# touches the form.
BRAND_STYLE = f":root{{--brand:{BRAND_COLOUR};--accent:{ACCENT_COLOUR}}}"
SITE_STYLE = inline.style(BASE_DIR / "static" / "site.css") + BRAND_STYLE
SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'", inline.source(SITE_STYLE), inline.source(BRAND_STYLE)],
    "script-src": ["'self'", inline.source(inline.LOADER)],
    "img-src": ["'self'", "data:"],  # the site's icon
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if SITE_ADDRESS.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Answers to feedback are mailed; without a server they are written to the console.
EMAIL_HOST = env.text("HANKKEET_EMAIL_HOST")
EMAIL_PORT = env.number("HANKKEET_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("HANKKEET_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("HANKKEET_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("HANKKEET_EMAIL_TLS")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("HANKKEET_EMAIL_FROM", FEEDBACK_EMAIL)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "sivusto": {"level": "INFO"},
        # WeasyPrint reports every unknown CSS property of the shared stylesheet.
        "weasyprint": {"level": "ERROR"},
    },
}
