"""The worker's loop. Scope, rows and rules are the actions' business; this only waits, starts and survives."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Final

POLL_S: Final = 0.5
AFTER_FAULT_S: Final = 5.0

log = logging.getLogger("niggle.worker")


class _StopRequested(SystemExit):
    """Somebody asked this process to end (SIGTERM): the import under way is left to be gone on with."""


def main() -> None:
    """Work until told to stop (SIGTERM, Ctrl-C)."""
    from niggle.store.boot import boot

    boot()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    try:
        _sweep()
        run(threading.Event())
    except (KeyboardInterrupt, _StopRequested):
        return


def _sweep() -> None:
    """What others left behind is no reason not to work."""
    from niggle.actions import clock, sweeping

    try:
        sweeping.sweep(clock.now())
    except Exception:
        log.exception("old temporary files could not be removed")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopRequested(0)


def run(stop: threading.Event, *, until_idle: bool = False) -> int:
    """Do jobs until `stop` is set, or (until_idle) nothing is left. Returns how many were done."""
    from django.db import DatabaseError, close_old_connections, connection

    from niggle.actions import imports

    done = 0
    while not stop.is_set():
        try:
            job_id = imports.next_job()
        except DatabaseError:
            if until_idle:
                raise
            # The database is away (a restart, a backup): that is no reason to die.
            log.exception("the queue cannot be read")
            connection.close()
            stop.wait(AFTER_FAULT_S)
            continue
        if job_id is not None:
            done += _do(job_id)
        elif until_idle:
            break
        else:
            stop.wait(POLL_S)
            close_old_connections()
    return done


def _do(job_id: int) -> bool:
    """One job; False when it stopped as a whole."""
    from niggle.actions import clock, imports
    from niggle.actions.plans.weeks import make_again

    try:
        imports.run_import(job_id)
        make_again(imports.athlete_of(job_id), clock.now())
    except Exception:
        # Noted in the job's row, where its owner sees it; the next job must not suffer.
        log.exception("import %s stopped", job_id)
        return False
    return True
