"""The settings of a django-helpdesk as its documentation installs it, for one mailbox."""

import os
from pathlib import Path

_FOLDER = Path(os.environ["SITE_FOLDER"])
_POSTGRESQL = os.environ.get("SITE_POSTGRESQL")

SECRET_KEY = "measured"  # noqa: S105 -- it guards nothing
USE_TZ = True
ROOT_URLCONF = "helpdesk_urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
MEDIA_ROOT = str(_FOLDER / "media")
STATIC_URL = "/static/"
SITE_ID = 1

EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("SITE_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = "pagalba@nisc.test"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "rest_framework",
    "helpdesk",
]
HELPDESK_TEAMS_MODE_ENABLED = False

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.request",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("SITE_DATABASE"),
        "HOST": _POSTGRESQL,
        "USER": "postgres",
    }
    if _POSTGRESQL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(_FOLDER / "helpdesk.sqlite3")}
}
