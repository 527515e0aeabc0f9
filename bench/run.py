"""Runs a benchmark by name: `./run bench NAME [its options]`. Each ends with one line of JSON with its figures."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# name on the command line -> module in this folder, where they differ (`import` is a word of the language)
MODULES: Final = {"import": "import_archive"}
_NO_BENCH: Final = {"run", "__init__", "archive_writer"}


def names() -> list[str]:
    """Every benchmark in this folder."""
    spoken = {module: name for name, module in MODULES.items()}
    folder = Path(__file__).parent
    found = {p.stem for p in folder.glob("*.py")} | {p.parent.name for p in folder.glob("*/__main__.py")}
    found -= _NO_BENCH
    return sorted(spoken.get(m, m) for m in found)


def main(argv: Sequence[str]) -> int:
    if not argv or argv[0] not in names():
        if argv and argv[0] not in ("-h", "--help"):
            print(f"no benchmark is called {argv[0]!r}", file=sys.stderr)
        asked = not argv or argv[0] in ("-h", "--help")
        out = sys.stdout if asked else sys.stderr
        print(f"benchmarks: {', '.join(names())}; `bench NAME --help` shows the options of one", file=out)
        return 0 if asked else 2
    module = MODULES.get(argv[0], argv[0])
    sys.argv = [f"bench {argv[0]}", *argv[1:]]
    runpy.run_module(f"bench.{module}", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
