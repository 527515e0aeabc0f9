"""An import killed at any moment and started again ends with the rows of one that nobody disturbed.

Real processes and SIGKILL: nothing can tidy up. Each has a data folder of its own, on PostgreSQL a database of its own.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.archives import runs_zip

RUNS = 60
_IMPORT = """
import sys
from datetime import UTC, datetime
from niggle.store.boot import boot
boot()
from niggle.actions import athletes, importing, imports
importing.BATCH_SESSIONS, importing.BATCH_S = 3, 0.02  # many small transactions: many moments to be killed in
athlete = athletes.local_athlete()
begun = imports.list_imports(athlete)
job = begun[0].job_id if begun else imports.start_import(athlete, [sys.argv[1]], datetime(2026, 1, 1, tzinfo=UTC))
print("started", flush=True)
report = imports.run_import(job, processes=2)
print(report.state, flush=True)
"""
_DUMP = """
import json
from niggle.store.boot import boot
boot()
from niggle.actions.athletes import local_athlete
from niggle.store import home
from niggle.store.models import ImportFile, ImportJob, Recording, RecordingLoad
from niggle.store.scopes import athlete_scope
LEFT_OUT = {"id", "recording_id", "duplicate_of_id", "job_id", "seconds", "heartbeat_at", "added_at"}
ORDER = {Recording: "key", RecordingLoad: "recording__key", ImportFile: "ordinal", ImportJob: "id"}
with athlete_scope(local_athlete()):
    out = {}
    for model, order in ORDER.items():
        rows = model.objects.order_by(order).values()
        out[model.__name__] = [{k: str(bytes(v) if isinstance(v, memoryview) else v) for k, v in row.items()
                                if k not in LEFT_OUT} for row in rows]
out["streams"] = sorted(p.name for p in (home.folder() / "streams").rglob("*.ngs"))
print(json.dumps(out))
"""


@pytest.fixture
def environments(tmp_path: Path, unused: Path) -> Iterator[list[dict[str, str]]]:
    """Surroundings for two niggles that know nothing of each other."""
    found, databases = [], []
    server = os.environ.get("NIGGLE_DATABASE_URL")
    for name in ("undisturbed", "killed"):
        environment = os.environ | {"NIGGLE_HOME": str(shutil.copytree(unused, tmp_path / name))}
        if server:
            database = f"niggle_{secrets.token_hex(4)}"
            _on_server(server, f"CREATE DATABASE {database}")
            databases.append(database)
            environment["NIGGLE_DATABASE_URL"] = server.rsplit("/", 1)[0] + "/" + database
        found.append(environment)
    yield found
    for database in databases:
        _on_server(server or "", f"DROP DATABASE {database} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _start(path: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _IMPORT, str(path)], env=environment, stdout=subprocess.PIPE, text=True
    )


def _dump(environment: dict[str, str]) -> dict[str, list[object]]:
    done = subprocess.run([sys.executable, "-c", _DUMP], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_killed_and_started_again_is_as_if_nothing_had_happened(
    tmp_path: Path, environments: list[dict[str, str]]
) -> None:
    path = runs_zip(tmp_path / "archive.zip", range(RUNS), minutes=2)
    undisturbed, killed = environments
    began = time.monotonic()
    process = _start(path, undisturbed)
    assert process.communicate(timeout=120)[0].split() == ["started", "done"]
    whole_s = time.monotonic() - began
    expected = _dump(undisturbed)
    assert len(expected["Recording"]) == RUNS

    rng = random.Random(20260504)
    kills = 0
    for _ in range(12):
        process = _start(path, killed)
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(rng.uniform(0.0, 0.6) * whole_s)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert _start(path, killed).communicate(timeout=120)[0].split() == ["started", "done"]
    assert kills >= 2
    assert _dump(killed) == expected
