"""The data folder: database, streams, uploads, secret. Private to the user; asked for anew on each call, so that a
process (or a test) that sets NIGGLE_HOME is obeyed."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import Final

PRIVATE_FOLDER: Final = 0o700
PRIVATE_FILE: Final = 0o600
SECRET_NAME: Final = "secret_key"  # noqa: S105 - a file name


def folder() -> Path:
    """Where everything of this installation lies: NIGGLE_HOME, else the platform's place for a user's data."""
    if named := os.environ.get("NIGGLE_HOME"):
        return Path(named).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "niggle"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "niggle"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "niggle"


def database_file() -> Path:
    return folder() / "niggle.sqlite3"


def private_folder(*parts: str) -> Path:
    """A folder below the data folder, made with mode 0700 where it is missing."""
    path = folder()
    for step in ("", *parts):
        path = path / step if step else path
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    return path


def prepare() -> Path:
    """The data folder with its secret, made on first use; cheap afterwards."""
    home = private_folder()
    key = home / SECRET_NAME
    if not key.exists():
        # Two processes may start at once: the first to create the file wins, the other one reads it.
        with contextlib.suppress(FileExistsError):
            handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
    return home


def secret_key() -> str:
    """The installation's secret; one for this process only where nothing has been prepared (tests, tools)."""
    try:
        return (folder() / SECRET_NAME).read_text().strip() or secrets.token_urlsafe(50)
    except OSError:
        return secrets.token_urlsafe(50)
