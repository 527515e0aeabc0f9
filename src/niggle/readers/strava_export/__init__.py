"""Strava's bulk export, zip or unpacked: `activities.csv` in any language, the files in `activities/`, nothing else."""

from niggle.readers.strava_export.archive import StravaArchive
from niggle.readers.strava_export.table import is_strava_table

__all__ = ["StravaArchive", "is_strava_table"]
