"""Where data lies, and which database is meant."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from niggle.store import home
from niggle.store.settings import database


def test_without_an_address_it_is_sqlite_that_waits_its_turn() -> None:
    found = database(None)
    assert found["ENGINE"].endswith("sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_address_is_taken_apart() -> None:
    found = database("postgres://run%40ner:s%2Fecret@db.example:5433/niggle?sslmode=require")
    assert found["USER"] == "run@ner"
    assert found["PASSWORD"] == "s/ecret"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "niggle")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_address_is_an_error() -> None:
    with pytest.raises(ValueError, match="postgres://"):
        database("mysql://x/y")


def test_the_data_folder_is_private_and_its_secret_stays(home_folder: Path) -> None:
    assert home.prepare() == home_folder
    assert home_folder.stat().st_mode & 0o777 == 0o700
    secret = home_folder / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    first = home.secret_key()
    home.prepare()
    assert home.secret_key() == first
    assert len(first) >= 50


def test_nothing_prepared_nothing_written(home_folder: Path) -> None:
    assert home.secret_key()
    assert not home_folder.exists()


_BOOT = "from niggle.store.boot import boot; boot(); from niggle.actions.athletes import local_athlete as a; print(a())"


def _start(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "NIGGLE_DATABASE_URL"} | {"NIGGLE_HOME": str(folder)}
    return subprocess.run([sys.executable, "-c", _BOOT], env=environment, capture_output=True, text=True, check=False)


def test_two_processes_that_start_at_once_share_one_new_database(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "NIGGLE_DATABASE_URL"}
    environment["NIGGLE_HOME"] = str(tmp_path / "shared")
    both = [
        subprocess.Popen([sys.executable, "-c", _BOOT], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60)[0] for process in both]
    assert answers[0] == answers[1] == "1\n"


def test_data_of_a_newer_niggle_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    folder = tmp_path / "newer"
    assert _start(folder).returncode == 0
    with sqlite3.connect(folder / "niggle.sqlite3") as database_file:
        database_file.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    database_file.close()
    ended = _start(folder)
    assert ended.returncode == 1
    assert "newer niggle" in ended.stderr
    assert "Update niggle" in ended.stderr
