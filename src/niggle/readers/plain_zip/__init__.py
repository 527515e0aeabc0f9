"""A zip or folder of any activity files, a Runkeeper export, or one file by itself."""

from niggle.readers.plain_zip.archive import PlainArchive, SingleFile
from niggle.readers.plain_zip.runkeeper import RunkeeperArchive

__all__ = ["PlainArchive", "RunkeeperArchive", "SingleFile"]
