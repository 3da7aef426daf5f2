"""The one settings file. The environment (or `.env`) says what differs; `.env.example` lists every name.

With DEBUG off the start is refused when a secret is missing or a default.
"""

import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import env

BASE_DIR = Path(__file__).resolve().parents[2]
env.env_file(BASE_DIR / ".env")

# ---------------------------------------------------------------- what kind of start this is
TESTING = "pytest" in sys.modules
DEBUG = env.boolean("DEBUG", False)
PRODUCTION = not DEBUG and not TESTING
DEVELOPMENT_KEY = "development-only-key-that-production-refuses-0123456789"

SECRET_KEY = env.secret("SECRET_KEY") or DEVELOPMENT_KEY
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname or "localhost")
if DEBUG:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
if TESTING:
    ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
WAGTAILADMIN_BASE_URL = SITE_URL
SITE_NAME = "Sở Khoa học và Công nghệ tỉnh Quảng Ninh"
WAGTAIL_SITE_NAME = SITE_NAME

if PRODUCTION:
    missing = []
    if SECRET_KEY == DEVELOPMENT_KEY or len(SECRET_KEY) < 40:
        missing.append("SECRET_KEY (at least 40 random characters)")
    if not env.text("SITE_URL"):
        missing.append("SITE_URL (https://…)")
    elif not SITE_URL.startswith("https://") and not env.boolean("INSECURE_HTTP", False):
        missing.append("SITE_URL must begin with https:// (INSECURE_HTTP=true allows http on a closed machine)")
    if not env.text("DATABASE_URL"):
        missing.append("DATABASE_URL")
    if not env.text("SMTP_URL"):
        missing.append("SMTP_URL (smtp://user:password@host:587?tls=true)")
    if missing:
        raise ImproperlyConfigured("Refusing to start in production. Missing: " + "; ".join(missing))

HTTPS = SITE_URL.startswith("https://") and not DEBUG

# ---------------------------------------------------------------- what is installed
INSTALLED_APPS = [
    "config.apps.PeopleOfWagtailConfig",  # wagtail.users with our own two forms
    "home",
    "events",
    "courses",
    "certificates",
    "content",
    "letters",
    "people",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.search_promotions",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

ADMIN_PREFIX = "/quan-tri/"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.AdminCSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "people.middleware.StaffOnlyMiddleware",
    "people.middleware.StaffMFAMiddleware",
    "people.middleware.SharedComputerMiddleware",
    "config.middleware.BusyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.forms.Renderer"

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
                "wagtail.contrib.settings.context_processors.settings",
                "home.context.page_frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "content.templatetags.kit"],
        },
    },
]

# ---------------------------------------------------------------- database
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'site.sqlite3'}"), conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE is the lock that keeps seats from being oversold on SQLite: select_for_update does nothing there.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": env.text("TEST_DATABASE_NAME") or None}
else:
    from psycopg import IsolationLevel

    # No persistent connections beside the pool. Seats are counted under a row lock, which needs READ COMMITTED,
    # whatever the server or its role was set to.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"isolation_level": IsolationLevel.READ_COMMITTED} | (
        {} if TESTING else {"pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL", 8), "timeout": 5}}
    )
    DATABASES["default"]["TEST"] = {"TEMPLATE": "template0", "CHARSET": "UTF8"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- caches
# Limits and sessions of many processes need a shared one.
CACHES: dict[str, dict[str, Any]]
if TESTING:
    CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages")
    }
else:
    if redis_url := env.text("REDIS_URL"):
        shared: dict[str, Any] = {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.3},
        }
        pages = shared | {"KEY_PREFIX": "pages"}
    else:
        # 100,000: Django's default of 300 would throw rate-limit counters away.
        shared = {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
        pages = {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": env.text("PAGE_CACHE_DIR", str(BASE_DIR / "var" / "pages")),
            "OPTIONS": {"MAX_ENTRIES": 5_000},
        }
    CACHES = {"default": shared, "pages": pages}
# Whole pages for anonymous visitors; off in development, where every edit should show at once.
PAGE_CACHE_SECONDS = env.integer("PAGE_CACHE_SECONDS", 0 if DEBUG else 60)

# ---------------------------------------------------------------- background work
IMMEDIATE_TASKS = env.boolean("IMMEDIATE_TASKS", DEBUG or TESTING)
TASKS = {
    # Wagtail's own tasks (search index updates, a few milliseconds) run in the request: a stopped worker never makes
    # search stale.
    "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"},
    "background": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend"
        if IMMEDIATE_TASKS
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "prompt", "bulk"],
    },
}

# ---------------------------------------------------------------- mail
# Everything leaves through the outbox (site/letters).
SMTP_URL = urlsplit(env.secret("SMTP_URL") or "smtp://localhost:25")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <khong-tra-loi@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_smtp_query = dict(pair.partition("=")[::2] for pair in SMTP_URL.query.split("&") if pair)
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "letters.mail.OutboxBackend"},
    "smtp": {
        "BACKEND": "django.core.mail.backends.locmem.EmailBackend"
        if TESTING
        else "django.core.mail.backends.dummy.EmailBackend"
        if DEBUG and not env.secret("SMTP_URL")
        else "django.core.mail.backends.smtp.EmailBackend",
    },
}
if MAILERS["smtp"]["BACKEND"].endswith("smtp.EmailBackend"):
    MAILERS["smtp"]["OPTIONS"] = {
        "host": SMTP_URL.hostname,
        "port": SMTP_URL.port or 25,
        "username": unquote(SMTP_URL.username or ""),
        "password": unquote(SMTP_URL.password or ""),
        "use_tls": _smtp_query.get("tls") == "true",
        "use_ssl": _smtp_query.get("ssl") == "true",
        "timeout": 10,  # Django waits for ever by default
    }
# The mailbox page and login codes on the page: development only, and only for visitors on this machine.
SHOW_LETTERS = DEBUG

# ---------------------------------------------------------------- accounts (people/ is the only app that knows allauth)
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.PersonBackend"]
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "people.accounts.SocialAccountAdapter"
MFA_ADAPTER = "people.accounts.MFAAdapter"
ACCOUNT_FORMS = {"login": "people.forms.LoginForm", "signup": "people.forms.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "phone_number"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0)
# No bare per-address keys: a hall or a commune office is one address. Floods are nginx's work (deploy/).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/300s/key",
    "signup": None,  # people.accounts keeps a bucket per e-mail address
    "request_login_code": "5/m/key",
    "confirm_email": "5/10m/key",
    "change_email": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
STAFF_MFA_REQUIRED = env.boolean("STAFF_MFA_REQUIRED", PRODUCTION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if env.text("OIDC_SERVER_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": env.text("OIDC_NAME", "Đăng nhập một lần"),
            "client_id": env.text("OIDC_CLIENT_ID"),
            "secret": env.secret("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": env.text("OIDC_SERVER_URL"), "uid_field": "sub", "fetch_userinfo": True},
        }
    ]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "people.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

# ---------------------------------------------------------------- Wagtail
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "content.SiteImage"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "ods",
    "odp",
    "txt",
    "csv",
    "vtt",
    "srt",
    "mp4",
    "webm",
    "mp3",
    "m4a",
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILEMBEDS_FINDERS = [{"class": "wagtail.embeds.finders.oembed"}]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page with many blocks

# ---------------------------------------------------------------- languages and times
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
# Ours for the packages first (LOCALE_PATHS wins over every app), then the frame's own; each app has its own catalogue
# besides.
LOCALE_PATHS = [BASE_DIR / "site" / "locale", BASE_DIR / "site" / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(BASE_DIR / "var" / "private")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
        if TESTING
        else "django.core.files.storage.FileSystemStorage"
    },
    # What learners hand in: outside of what the web server shows.
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    if TESTING
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # a test client then reads no folder of files before its first page
FILE_UPLOAD_PERMISSIONS = 0o644

# ---------------------------------------------------------------- what browsers are told
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "frame-src": [
        CSP.SELF,
        "https://www.youtube-nocookie.com",
        "https://player.vimeo.com",
    ],  # embeds load only on click
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
if _oidc := env.text("OIDC_SERVER_URL"):
    # Single sign-on starts with a form of ours that is redirected there.
    SECURE_CSP["form-action"] = [CSP.SELF, "{0.scheme}://{0.netloc}".format(urlsplit(_oidc))]
# Wagtail's widgets need inline script and style (wagtail/wagtail#1288); only under ADMIN_PREFIX.
ADMIN_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
if HTTPS:
    SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# ---------------------------------------------------------------- logs: one line an event, no e-mail addresses
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # Not stdout: commands print JSON there.
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.tasks": {"level": "WARNING"},  # two lines for every page saved
        "wagtail": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

# ---------------------------------------------------------------- money
CURRENCY = env.text("CURRENCY", "vnd").lower()  # ISO 4217; amounts are whole numbers of its smallest unit
STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY")  # empty: payment by card is not offered
STRIPE_WEBHOOK_SECRETS = [word for word in env.secret("STRIPE_WEBHOOK_SECRETS").replace(",", " ").split() if word]
STRIPE_API_URL = env.text("STRIPE_API_URL").rstrip("/")  # another address than Stripe's own: for tests
# What the program that watches the bank account signs its messages with; two while one is changed.
BANK_NOTIFIER_SECRETS = [word for word in env.secret("BANK_NOTIFIER_SECRETS").replace(",", " ").split() if word]
REFUND_SECOND_PERSON_ABOVE = env.integer("REFUND_SECOND_PERSON_ABOVE", 5_000_000)
if STRIPE_SECRET_KEY and PRODUCTION and not STRIPE_WEBHOOK_SECRETS:
    raise ImproperlyConfigured("Refusing to start in production. Missing: STRIPE_WEBHOOK_SECRETS (whsec_…)")
if STRIPE_SECRET_KEY:
    # The form that leads to Checkout is ours and is redirected there.
    SECURE_CSP["form-action"] = [*SECURE_CSP["form-action"], STRIPE_API_URL or "https://checkout.stripe.com"]

# ---------------------------------------------------------------- ours
AUDIT_GRACE_MINUTES = 10  # how long a task may take to bring a letter or certificate that a rule owes
COURSES_CLOSING_GRACE_MINUTES = env.integer("COURSES_CLOSING_GRACE_MINUTES", 10)
# Days after an event until its registrations are emptied, unless the event says otherwise.
REGISTRATION_RETENTION_DAYS = env.integer("REGISTRATION_RETENTION_DAYS", 365)
REGISTRATION_SECONDS_AT_LEAST = 0 if TESTING else 1  # nobody fills the form in faster; scripts do

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STAFF_MFA_REQUIRED = False
    PAGE_CACHE_SECONDS = 0

if not re.fullmatch(r"https?://[^/]+", SITE_URL):
    raise ImproperlyConfigured(f"SITE_URL must be scheme and host only, not {SITE_URL!r}")
