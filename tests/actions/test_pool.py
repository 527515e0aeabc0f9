"""Worker processes: in order, and one that dies or hangs costs one file."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.actions.archives import ASKED_AT, fit, session

from niggle.actions.decoding import Done, Rules, Task
from niggle.actions.pool import Pool
from niggle.core.session import Note
from niggle.readers.contract import Entry


class _Kills:
    """Unpickled by a worker, it ends it: a crash in a decoder, seen from outside."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


class _Hangs:
    def __reduce__(self) -> Any:
        return time.sleep, (60,)


def _tasks(tmp_path: Path, count: int) -> list[Task]:
    tasks = []
    for n in range(count):
        path = tmp_path / f"{n}.fit"
        path.write_bytes(fit(session(n, 1)))
        tasks.append(Task(n, path.name, Entry(str(path), None, path.name, 1), "plain_zip"))
    return tasks


def _run(tasks: list[Any], timeout_s: float = 60.0, count: int = 2) -> list[Done]:
    with Pool(count, Rules(ASKED_AT), timeout_s) as pool:
        return list(pool.run(iter(tasks)))


def test_results_come_in_the_order_of_their_tasks(tmp_path: Path) -> None:
    tasks: list[Any] = _tasks(tmp_path, 9)
    tasks.insert(4, Done(100, "refused by the archive"))
    tasks[7] = replace(tasks[7], item=session(50, 2))
    done = _run(tasks)
    assert [d.ordinal for d in done] == [t.ordinal for t in tasks]
    assert [len(d.made) for d in done] == [1, 1, 1, 1, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("bad", [{2}, {0}, {0, 1, 2, 3, 7}], ids=["one", "the first", "many"])
def test_a_worker_that_dies_costs_its_file_only(tmp_path: Path, bad: set[int]) -> None:
    tasks = [replace(t, item=_Kills()) if t.ordinal in bad else t for t in _tasks(tmp_path, 8)]
    done = _run(tasks)
    assert [d.ordinal for d in done] == list(range(8))
    assert {d.ordinal for d in done if not d.made} == bad
    assert {r.code for d in done for r in d.refusals} == {"reader_stopped"}


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    tasks = [replace(t, item=_Hangs()) if t.ordinal == 1 else t for t in _tasks(tmp_path, 4)]
    done = _run(tasks, timeout_s=2.0)
    assert [bool(d.made) for d in done] == [True, False, True, True]
    assert "more than 2 seconds" in done[1].refusals[0].message


def test_a_mistake_of_ours_fails_the_file_with_its_name(tmp_path: Path) -> None:
    tasks = [replace(t, item=None) if t.ordinal == 0 else t for t in _tasks(tmp_path, 2)]
    done = _run(tasks)
    assert "stumbled" in done[0].refusals[0].message
    assert done[1].made


def test_no_task_no_worker() -> None:
    with Pool(2, Rules(ASKED_AT)) as pool:
        assert list(pool.run(iter([]))) == []
        assert list(pool.run(iter([Done(0, "x")]))) == [Done(0, "x")]
        assert pool._workers == []


def test_tasks_larger_than_a_connection_holds_do_not_block_each_other(tmp_path: Path) -> None:
    """Streams travel inside such tasks, and their results are long too: neither side may wait for the other."""
    rows = tuple(Note("long", "x" * 1000) for _ in range(400))
    tasks = [Task(n, str(n), replace(session(n, 1), notes=rows), "apple_health") for n in range(30)]
    assert [d.ordinal for d in _run(tasks)] == list(range(30))


def test_many_small_tasks_fit_ahead_of_a_worker_that_is_busy() -> None:
    tasks = [Task(n, "n" * 500, session(n, 1), "apple_health") for n in range(300)]
    assert [d.ordinal for d in _run(tasks, count=1)] == list(range(300))


def test_workers_that_were_started_early_and_never_asked_end_with_the_pool() -> None:
    with Pool(2, Rules(ASKED_AT)) as pool:
        pool.start()
        processes = [worker.process for worker in pool._workers]
        assert list(pool.run(iter([]))) == []
    assert all(process.poll() is not None for process in processes)
