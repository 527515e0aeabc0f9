"""Django's settings. Importing them touches nothing on disk; `boot` prepares the data folder first.

NIGGLE_HOME: the data folder. NIGGLE_DATABASE_URL: postgres://user:password@host:port/name instead of SQLite.
NIGGLE_ALLOWED_HOSTS: names to answer to besides loopback, separated by commas (behind a proxy of one's own).
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from niggle.store import home


def database(url: str | None) -> dict[str, Any]:
    """Django's description of the database. Raises ValueError for an address that is not PostgreSQL's."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.database_file()),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing halfway with "locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # FULL: what was acknowledged survives a power cut too; batches keep the number of syncs small.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"NIGGLE_DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


SECRET_KEY = home.secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("NIGGLE_ALLOWED_HOSTS", "").split(",")),
]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "niggle.store",
]
DATABASES = {"default": database(os.environ.get("NIGGLE_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "niggle.web.urls"
WSGI_APPLICATION = "niggle.web.server.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "niggle.web.middleware.SecurityHeaders",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "niggle.web.forms.FormsLeadBack",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(os.path.dirname(__file__)), "web", "templates")],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "libraries": {
                "niggle": "niggle.web.tags",
                "django_htmx": "django_htmx.templatetags.django_htmx",
            },
        },
    }
]
STATIC_URL = "static/"
STATICFILES_DIRS = [
    path for path in [os.path.join(os.path.dirname(os.path.dirname(__file__)), "web", "static")] if os.path.isdir(path)
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Uploads above this go to disk as they arrive; an export of many gigabytes never sits in memory.
FILE_UPLOAD_HANDLERS = ["niggle.web.arriving.ArrivingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20

CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "niggle.web.views.errors.forgery"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en"

# Python's own default (warnings and worse to stderr) says the same, and spares every command the set-up
LOGGING_CONFIG = None
