"""A private PostgreSQL for the tests: a new cluster in a temporary folder, on a free loopback port, gone afterwards.

    private_postgres.py --check            exit 0 when a server can be started here
    private_postgres.py -- COMMAND ...     run COMMAND with NIGGLE_DATABASE_URL set to it

PostgreSQL refuses to run as root: then the account `postgres` of Debian's package runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def find_bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def as_owner() -> list[str] | None:
    """The prefix that runs a command as the server's account; None when there is none."""
    if os.getuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return None
    return ["runuser", "-u", "postgres", "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_with_server(command: list[str]) -> int:
    binaries, prefix = find_bin(), as_owner()
    if binaries is None or prefix is None:
        print("no PostgreSQL server found", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="niggle-pg-"))
    try:
        if prefix:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data, port = folder / "data", free_port()
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, "check": True}
        subprocess.run(
            [*prefix, binaries / "initdb", "-D", data, "-U", "niggle", "-A", "trust", "-E", "UTF8", "--no-sync"],
            **quiet,
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off "
            "-c synchronous_commit=off -c max_connections=40"
        )
        control = [*prefix, binaries / "pg_ctl", "-D", data]
        subprocess.run([*control, "-w", "-l", folder / "log", "-o", options, "start"], **quiet)
        try:
            environment = os.environ | {
                "NIGGLE_DATABASE_URL": f"postgres://niggle@127.0.0.1:{port}/postgres",
                "NIGGLE_TEST_POSTGRES_URL": f"postgres://niggle@127.0.0.1:{port}/postgres",
            }
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            subprocess.run([*control, "-w", "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return 0 if find_bin() is not None and as_owner() is not None else 1
    if len(arguments) > 1 and arguments[0] == "--":
        return run_with_server(arguments[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
