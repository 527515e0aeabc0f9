"""The drawing library as one script: vl-convert writes it out of itself, once, into the data folder's cache.

It holds Vega, Vega-Lite and vega-embed with Vega's expression interpreter, which is what lets charts live under a
policy that forbids compiling code from text (see docs/adr/0005-charts.md).
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

SNIPPET: Final = "window.niggleEmbed = vegaEmbed;"
_lock = threading.Lock()


@lru_cache
def name() -> str:
    """The bundle's file name: changes with the library, so that a browser may keep it for good."""
    return f"vega-{version('vl-convert-python')}.js"


def path(folder: Path) -> Path:
    """Where the gzipped bundle lies; written on first use (about two seconds), by whoever comes first.

    Raises CalledProcessError where it cannot be made. A process of its own makes it: the work would hold up every
    other page of this one, and leave some 90 MB of engine in it.
    """
    target = folder / f"{name()}.gz"
    with _lock:
        if not target.exists():
            subprocess.run([sys.executable, "-m", "niggle.web.bundle", str(target)], check=True)  # noqa: S603
    return target


def make(target: Path) -> None:
    """Write the bundle, whole or not at all."""
    import vl_convert

    target.parent.mkdir(parents=True, exist_ok=True)
    script = vl_convert.javascript_bundle(SNIPPET)
    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(gzip.compress(script.encode(), 6, mtime=0))
    half.replace(target)


if __name__ == "__main__":
    try:
        make(Path(sys.argv[1]))
    except KeyboardInterrupt:  # Ctrl-C reaches every process of the terminal; the next start makes it again
        sys.exit(130)
