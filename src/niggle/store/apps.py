"""Registration of the one Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "niggle.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
