"""`niggle up`: pages and worker start, the address is right also where the port is taken, and both end with it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from niggle.cli.say import Stop
from niggle.cli.serving import free_port


def test_a_taken_port_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_no_port_at_all(monkeypatch):
    monkeypatch.setattr("niggle.cli.serving._is_free", lambda port: False)
    with pytest.raises(Stop):
        free_port(8765)


def children_of(parent: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name != "posix", reason="signals and process groups as POSIX has them")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "Ctrl-C"])
def test_up_serves_a_demo_and_leaves_nothing_behind(tmp_path, how):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NIGGLE_")}
    environment |= {"NIGGLE_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "niggle.cli.main", "up", "--port", str(port)]
        log = tmp_path / "said.txt"  # no pipe: one that nobody reads would stop a server that has much to say
        # tests that run in the background of a shell have Ctrl-C ignored, and hand that on: a terminal does not
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        with log.open("w", encoding="utf-8") as out:
            up = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, env=environment, start_new_session=True
            )
        signal.signal(signal.SIGINT, before)
        try:
            said = []
            while not (said and "http://" in said[-1] and said[-1].endswith("\n")):
                assert up.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.05)
                said = log.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
            address = re.search(r"http://[0-9.:]+", said[-1])[0]
            assert address != f"http://127.0.0.1:{port}"
            assert "demo runner" in said[0]
            page = fetched(address)
            assert "Yellow" in page
            children = children_of(up.pid)
            assert len(children) == 2
            if how is signal.SIGINT:
                os.killpg(up.pid, how)  # as a terminal does
            else:
                up.send_signal(how)
            assert up.wait(30) == 0, log.read_text(encoding="utf-8")
            assert not [pid for pid in children if is_alive(pid)]
            assert "Traceback" not in log.read_text(encoding="utf-8")
        finally:
            if up.poll() is None:
                os.killpg(up.pid, signal.SIGKILL)


def fetched(address: str) -> str:
    """The page, once the server answers (it says its address a moment before it listens)."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"the page answers {refused.code}") from None
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")
