"""Apple Health's export: one large XML with workouts and measurements, routes as GPX beside it."""

from niggle.readers.apple_health.archive import AppleArchive

__all__ = ["AppleArchive"]
