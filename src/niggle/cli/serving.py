"""`niggle up`, `niggle serve`, `niggle worker`: starts the other faces as processes of their own.

Faces never import one another, so this one names them to a fresh interpreter and keeps out of their way.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer

from niggle.cli.say import DONE, line, stop, styled

app = typer.Typer()

HOST: Final = "127.0.0.1"
PORT: Final = 8765
_TRIES: Final = 20
_STOP_SECONDS: Final = 10
_WEB: Final = "import sys; from niggle.web.server import serve; serve(host=sys.argv[1], port=int(sys.argv[2]))"
_WORKER: Final = "from niggle.worker import main; main()"


@app.command()
def up(
    port: Annotated[int, typer.Option(help="first port to try")] = PORT,
    demo: Annotated[bool, typer.Option(help="fill an empty niggle with a demo runner")] = True,
) -> int:
    """Start the pages and the background worker, and say where to look. Ctrl-C stops both."""
    import signal
    import subprocess

    from niggle.cli.started import here

    free = free_port(port)
    runner = here()
    if demo:
        from niggle.actions.demo import create_demo_if_empty

        if create_demo_if_empty(runner.now, runner.today):
            line("No runs yet: here is a demo runner to look at. Your own begin with ./run import FILE")
    _close_database()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the children are stopped as on Ctrl-C
    children = [subprocess.Popen(_python(_WORKER)), subprocess.Popen(_python(_WEB, HOST, str(free)))]  # noqa: S603
    try:
        line(f"niggle is at {styled(f'http://{HOST}:{free}', 'bold')}  (Ctrl-C stops it)")
        sys.stdout.flush()
        return children[1].wait()
    except KeyboardInterrupt:
        line()
        return DONE
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(timeout=_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()


@app.command()
def serve(port: Annotated[int, typer.Option(help="the port to listen on")] = PORT) -> int:
    """Serve the pages only, on this computer only (no worker: uploads wait until one runs)."""
    from niggle.store.boot import boot

    if not _is_free(port):
        raise stop("port_taken", f"port {port} is in use", HOST, f"niggle serve --port {free_port(port + 1)}")
    boot()
    _close_database()
    line(f"niggle is at http://{HOST}:{port}")
    sys.stdout.flush()
    return _become(_python(_WEB, HOST, str(port)))


@app.command()
def worker() -> int:
    """Do the background work (imports uploaded in the browser) until stopped."""
    return _become(_python(_WORKER))


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def _become(command: list[str]) -> int:
    """Hand this process over, so that a signal for it reaches the one that works."""
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell
    import subprocess

    return subprocess.call(command)  # noqa: S603


def _close_database() -> None:
    from django.db import connections

    connections.close_all()


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on. Raises Stop when twenty in a row are taken."""
    for port in range(first, first + _TRIES):
        if _is_free(port):
            return port
    raise stop("port_taken", f"ports {first} to {first + _TRIES - 1} are all in use", HOST, "choose one with --port")


def _is_free(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        # as the server does: a port whose last connections are still closing counts as free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
