"""Garmin's account export: zips of FIT inside a zip, and the summaries Garmin keeps of every activity."""

from niggle.readers.garmin_export.archive import GarminArchive

__all__ = ["GarminArchive"]
