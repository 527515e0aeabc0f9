"""Worker processes for decoding: results in order, a bounded number under way, and a file that kills or holds up its
worker costs that file only.

Workers are fresh interpreters, not forks: they share no database connection, no lock and no thread with whoever
imports. Each gets tasks ahead, enough to go on with while the parent writes a batch and waits for the disk, and few
enough bytes of them that they fit into the connection: the parent never waits for a worker that waits for the parent.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Final, NamedTuple

from niggle.actions.decoding import Broke, Done, Rules, Task
from niggle.core.session import Refusal

AHEAD_PER_WORKER: Final = 64
AHEAD_BYTES: Final = 32 * 2**10  # less than any system's connection holds
WINDOW: Final = 256  # results may wait for a slower one before them, up to so many
TIMEOUT_S: Final = 180.0  # for one file; the largest that limits allow takes a few seconds
START_TIMEOUT_S: Final = 120.0
_CODE: Final = "import sys; from niggle.actions.decoding import serve; serve(int(sys.argv[1]))"


class DataFolderError(OSError):
    """The data folder cannot be written. What was acknowledged stays; start the import again after making room."""


class WorkersError(RuntimeError):
    """A worker cannot even start: a mistake in the installation, not in a file."""


class _Packed(NamedTuple):
    """A task as it travels."""

    task: Task
    content: bytes


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False
    tasks: deque[_Packed] = field(default_factory=deque)  # the first one is being worked on
    size: int = 0  # bytes of them all
    since: float = field(default_factory=time.monotonic)

    def takes(self, packed: _Packed) -> bool:
        """Whether this fits behind what it has. The first one always does: the worker is there to receive it."""
        return not self.tasks or (len(self.tasks) < AHEAD_PER_WORKER and self.size + len(packed.content) <= AHEAD_BYTES)

    def give(self, packed: _Packed) -> None:
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(packed)
        self.size += len(packed.content)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died: its connection will say so
            self.connection.send_bytes(packed.content)

    def took(self) -> Task:
        """Its first task is done."""
        task, content = self.tasks.popleft()
        self.size -= len(content)
        return task

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
        self._told = False  # do the workers have the rules?

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *exc: object) -> None:
        for worker in self._workers:
            worker.stop()

    def start(self) -> None:
        """Let the workers start now, while the caller still prepares what they will need; `run` does it otherwise."""
        if not self._workers:
            self._workers = [self._start() for _ in range(self._count)]

    def _start(self) -> _Worker:
        ours, theirs = Pipe()
        # One thread each: the processes are the parallelism, and idle threads cost memory.
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", _CODE, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=environment
        )
        theirs.close()
        return _Worker(process, ours)

    def run(self, tasks: Iterator[Task | Done]) -> Iterator[Done]:
        """What is done already passes through in its place; workers start with the first real task.

        `tasks` is drawn from only as far as the window allows. Raises DataFolderError when a worker cannot write.
        """
        waiting: deque[_Packed] = deque()  # came back from a worker that died
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
                    waiting.append(_Packed(task, pickle.dumps(task, pickle.HIGHEST_PROTOCOL)))
                if not self._hand(waiting):
                    break
            while order and order[0] in results:
                yield results.pop(order.popleft())
            if exhausted and not order:
                return
            for done in self._collect(waiting, may_wait=not (order and order[0] in results)):
                results[done.ordinal] = done

    def _hand(self, waiting: deque[_Packed]) -> bool:
        """Give the first task to the least busy worker; False when all have enough."""
        self.start()
        if not self._told:
            for worker in self._workers:
                self._tell(worker)
            self._told = True
        worker = min(self._workers, key=lambda w: len(w.tasks))
        if not worker.takes(waiting[0]):
            return False
        worker.give(waiting.popleft())
        return True

    def _tell(self, worker: _Worker) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send(self._rules)

    def _collect(self, waiting: deque[_Packed], *, may_wait: bool) -> Iterator[Done]:
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
                task = worker.took()
                yield answer if isinstance(answer, Done) else _failed(task, answer)
            elif time.monotonic() > worker.deadline(self._timeout_s):
                what = f"reading it took more than {self._timeout_s:g} seconds"
                yield from self._replace(index, waiting, what)

    def _replace(self, index: int, waiting: deque[_Packed], what: str) -> Iterator[Done]:
        """A new worker for one that is lost; its first task is the culprit, the others are handed out again."""
        lost = self._workers[index]
        lost.stop()
        if not lost.ready:
            raise WorkersError("a worker process ended before it could begin; see its message above")
        culprit = lost.took() if lost.tasks else None
        waiting.extendleft(reversed(lost.tasks))
        self._workers[index] = self._start()
        self._tell(self._workers[index])
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
