"""Django settings. Everything a company may change comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

from anwei.config import database
from anwei.config.places import home, secret

DEBUG = os.environ.get("ANWEI_DEBUG") == "1"
DEMO = os.environ.get("ANWEI_DEMO") == "1"
SECRET_KEY = secret("django.key")
BASE_URL = os.environ.get("ANWEI_BASE_URL", "")  # how phones reach this system: it stands in every QR code
ALLOWED_HOSTS = os.environ.get("ANWEI_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
ROOT_URLCONF = "anwei.config.urls"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "anwei.core",
    "anwei.foundation.audit",
    "anwei.foundation.definitions",
    "anwei.foundation.accounts",
    "anwei.foundation.ledger",
    "anwei.foundation.files",
    "anwei.foundation.notices",
    "anwei.foundation.clocks",
    "anwei.foundation.governance",
    "anwei.foundation.branches",
    "anwei.foundation.organisations",
    "anwei.foundation.staff",
    "anwei.inventory.parts",
    "anwei.inventory.stock",
    "anwei.inventory.demands",
    "anwei.procurement.suppliers",
    "anwei.procurement.purchasing",
    "anwei.equipment.instruments",
    "anwei.equipment.devices",
    "anwei.equipment.contracts",
    "anwei.workorders.orders",
    "anwei.workorders.visits",
    "anwei.workorders.intake",
    "anwei.workorders.dispatch",
    "anwei.workorders.quality",
    "anwei.finance.settlement",
    "anwei.finance.billing",
    "anwei.initialisation.migration",
    "anwei.entrances.field",
    "anwei.entrances.portal",
    "anwei.entrances.api",
    "anwei.entrances.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "anwei.config.middleware.actor",
    "anwei.config.middleware.OutsideWall",
    "anwei.config.middleware.live",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anwei.core.answered.AnsweredMiddleware",
    "anwei.config.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "anwei.config.shell.context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "anwei.core.templatetags.anwei"],
        },
    }
]

# the login of this process, and that through which people from outside read
DATABASES = {"default": database.connection(), "outside": database.connection("outside")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # one person at one place: a guesser locks nobody else out
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "anwei.foundation.accounts.views.locked_out"
AXES_IPWARE_PROXY_COUNT = int(os.environ.get("ANWEI_PROXIES", "0")) or None
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "anwei.core.faults.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("ANWEI_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 24_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
API_RATE = float(os.environ.get("ANWEI_API_RATE", "50"))  # calls a second of one actor on average, and at once
API_BURST = int(os.environ.get("ANWEI_API_BURST", "400"))

WEB_PORT = int(given) if (given := os.environ.get("ANWEI_PORT", "8000")).isdecimal() else 8000  # `anwei web` says what is wrong with it
# The live process has a port of its own: over HTTP/1.1 a browser opens six connections to one, and a stream keeps its for good. A proxy
# that speaks HTTP/2 leads a path of the same address to it instead.
LIVE_PORT = int(given) if (given := os.environ.get("ANWEI_LIVE_PORT", "")).isdecimal() else WEB_PORT + 1000
LIVE_PATH = os.environ.get("ANWEI_LIVE_PATH", "")

# without a mail server mails are written as files, for everybody to see that none left
SMTP_HOST = os.environ.get("SMTP_HOST", "")
SMTP_PORT = int(os.environ.get("SMTP_PORT", "587"))
SMTP_USER, SMTP_PASSWORD = os.environ.get("SMTP_USER", ""), os.environ.get("SMTP_PASSWORD", "")
SMTP_SECURITY = os.environ.get("SMTP_SECURITY", "starttls")  # starttls, tls from the first byte, or none
SMTP_FROM = os.environ.get("SMTP_FROM", "anwei@localhost.localdomain")
MAIL_FOLDER = home() / "outbox"
# a night's work that no worker was there for is made up for within the day
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": home() / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
TRAIL_KEY = home() / "secrets" / "trail.key"
# copies of signed checkpoints; a company names a folder that who keeps the database cannot write
TRAIL_COPIES = Path(os.environ.get("ANWEI_CHECKPOINTS") or home() / "checkpoints")
WHITENOISE_USE_FINDERS = True  # `anwei web` gathers and compresses them, and turns this off
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
