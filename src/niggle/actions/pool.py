"""Worker processes for decoding: results in order, a bounded number under way, and a file that kills or holds up its
worker costs that file only.

Workers are fresh interpreters, not forks: they share no database connection, no lock and no thread with whoever
imports. Each gets a few tasks ahead, so that it never waits for the parent to write a batch.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Final

from niggle.actions.decoding import Broke, Done, Rules, Task
from niggle.core.session import Refusal, Session

AHEAD_PER_WORKER: Final = 4
WINDOW: Final = 64  # results may wait for a slower one before them, up to so many
TIMEOUT_S: Final = 180.0  # for one file; the largest that limits allow takes a few seconds
START_TIMEOUT_S: Final = 120.0
_CODE: Final = "import sys; from niggle.actions.decoding import serve; serve(int(sys.argv[1]))"


class DataFolderError(OSError):
    """The data folder cannot be written. What was acknowledged stays; start the import again after making room."""


class WorkersError(RuntimeError):
    """A worker cannot even start: a mistake in the installation, not in a file."""


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False
    tasks: deque[Task] = field(default_factory=deque)  # the first one is being worked on
    since: float = field(default_factory=time.monotonic)

    def deadline(self, timeout_s: float) -> float:
        if not self.ready:
            return self.since + START_TIMEOUT_S
        return self.since + timeout_s if self.tasks else float("inf")

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()


def default_count() -> int:
    """One worker per processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """`run` yields one Done per task, in the order of the tasks. Use as a context manager."""

    def __init__(self, count: int, rules: Rules, timeout_s: float = TIMEOUT_S) -> None:
        self._rules = rules
        self._timeout_s = timeout_s
        self._count = max(count, 1)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *exc: object) -> None:
        for worker in self._workers:
            worker.stop()

    def _start(self) -> _Worker:
        ours, theirs = Pipe()
        # One thread each: the processes are the parallelism, and idle threads cost memory.
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", _CODE, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=environment
        )
        theirs.close()
        ours.send(self._rules)
        return _Worker(process, ours)

    def run(self, tasks: Iterator[Task | Done]) -> Iterator[Done]:
        """What is done already passes through in its place; workers start with the first real task.

        `tasks` is drawn from only as far as the window allows. Raises DataFolderError when a worker cannot write.
        """
        waiting: deque[Task] = deque()  # came back from a worker that died
        order: deque[int] = deque()  # ordinals handed out and not yet yielded
        results: dict[int, Done] = {}
        exhausted = False
        while True:
            while True:
                if not waiting:
                    if exhausted or len(order) >= WINDOW:
                        break
                    task = next(tasks, None)
                    if task is None:
                        exhausted = True
                        break
                    order.append(task.ordinal)
                    if isinstance(task, Done):
                        results[task.ordinal] = task
                        continue
                    waiting.append(task)
                if not self._hand(waiting):
                    break
            while order and order[0] in results:
                yield results.pop(order.popleft())
            if exhausted and not order:
                return
            for done in self._collect(waiting, may_wait=not (order and order[0] in results)):
                results[done.ordinal] = done

    def _hand(self, waiting: deque[Task]) -> bool:
        """Give the first task to the least busy worker; False when all have enough."""
        if not self._workers:
            self._workers = [self._start() for _ in range(self._count)]
        worker = min(self._workers, key=lambda w: len(w.tasks))
        # Streams travel with a Session: sending that much to a busy worker could block both sides for good.
        if len(worker.tasks) >= (1 if isinstance(waiting[0].item, Session) else AHEAD_PER_WORKER):
            return False
        if not worker.tasks:
            worker.since = time.monotonic()
        task = waiting.popleft()
        worker.tasks.append(task)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died: `_collect` will see that
            worker.connection.send(task)
        return True

    def _collect(self, waiting: deque[Task], *, may_wait: bool) -> Iterator[Done]:
        """Results that have come; deals with workers that died or take too long."""
        if not self._workers:
            return
        nearest = min(worker.deadline(self._timeout_s) for worker in self._workers)
        timeout = max(0.0, min(nearest - time.monotonic(), 1.0)) if may_wait else 0.0
        ready = wait([worker.connection for worker in self._workers], timeout)
        for index, worker in enumerate(self._workers):
            if worker.connection in ready:
                try:
                    answer = worker.connection.recv()
                except (EOFError, ConnectionResetError, OSError):
                    yield from self._replace(index, waiting, "the reader crashed on it")
                    continue
                worker.since = time.monotonic()
                if not worker.ready:
                    worker.ready = True
                    continue
                task = worker.tasks.popleft()
                yield answer if isinstance(answer, Done) else _failed(task, answer)
            elif time.monotonic() > worker.deadline(self._timeout_s):
                what = f"reading it took more than {self._timeout_s:g} seconds"
                yield from self._replace(index, waiting, what)

    def _replace(self, index: int, waiting: deque[Task], what: str) -> Iterator[Done]:
        """A new worker for one that is lost; its first task is the culprit, the others are handed out again."""
        lost = self._workers[index]
        lost.stop()
        if not lost.ready:
            raise WorkersError("a worker process ended before it could begin; see its message above")
        culprit = lost.tasks.popleft() if lost.tasks else None
        waiting.extendleft(reversed(lost.tasks))
        self._workers[index] = self._start()
        if culprit is not None:
            yield stopped(culprit, what)


def _failed(task: Task, answer: Broke) -> Done:
    if answer.disk:
        raise DataFolderError(answer.what)
    return stopped(task, f"the reader stumbled over it ({answer.what})")


def stopped(task: Task, what: str) -> Done:
    """The result of a task that brought its reader down."""
    refusal = Refusal(
        "reader_stopped", what, suggestion="please report this file's kind and where it comes from", name=task.name
    )
    return Done(task.ordinal, task.name, refusals=(refusal,))
