"""Start Django for a face, and bring the database's schema up to date when it is not. Cheap when it is."""

from __future__ import annotations

import os
from pathlib import Path

from niggle.store import home

_MIGRATIONS = Path(__file__).parent / "migrations"
_booted = False


def boot(*, migrate: bool = True) -> None:
    """Ready to use the store. Call it once per process before importing models; later calls return at once."""
    global _booted  # noqa: PLW0603 - a process is booted once
    if _booted:
        return
    home.prepare()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niggle.store.settings")
    import django

    django.setup()
    if migrate and not _up_to_date():
        _migrate()
    _booted = True


def newest_migration() -> str:
    """The name of the last migration that the code brings."""
    return max(path.stem for path in _MIGRATIONS.glob("[0-9]*.py"))


def _up_to_date() -> bool:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(name) FROM django_migrations WHERE app = 'store'")
            row = cursor.fetchone()
    except DatabaseError:  # a new database: no table yet
        connection.close()
        return False
    if row is None or row[0] is None:
        return False
    if row[0] > newest_migration():
        raise SystemExit(
            f"The data in {home.folder()} was written by a newer niggle ({row[0]}). Update niggle, "
            "or point NIGGLE_HOME at another folder."
        )
    return bool(row[0] == newest_migration())


def _migrate() -> None:
    """Run migrations; web and worker may start at the same moment, so one waits for the other."""
    from django.core.management import call_command

    with (home.folder() / "migrate.lock").open("w") as lock:
        _wait_for(lock.fileno())
        if not _up_to_date():
            call_command("migrate", verbosity=0, interactive=False)
    if home.database_file().exists():
        home.database_file().chmod(home.PRIVATE_FILE)


def _wait_for(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock has to do
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
