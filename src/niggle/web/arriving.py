"""Files on their way in: written to the data folder at once, where they have room and are found again if we are killed.

Django's own handler would take the system's place for temporary files, which is often small and never swept.
"""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from niggle.store import home


class ArrivingFile(TemporaryUploadedFile):
    """A file in the data folder's `arriving`, gone when it is closed."""

    def __init__(self, name: Any, content_type: Any, size: Any, charset: Any, content_type_extra: Any = None) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=home.private_folder("arriving"))  # noqa: SIM115 - its owner closes it
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class ArrivingUploadHandler(TemporaryFileUploadHandler):
    """Named in the settings."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file: ArrivingFile = ArrivingFile(
            self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )
