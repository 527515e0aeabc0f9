"""The drawing library as one script: vl-convert writes it out of itself, once, into the data folder's cache.

It holds Vega, Vega-Lite and vega-embed with Vega's expression interpreter, which is what lets charts live under a
policy that forbids compiling code from text (see docs/adr/0005-charts.md).
"""

from __future__ import annotations

import gzip
import os
import threading
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

SNIPPET: Final = "window.niggleEmbed = vegaEmbed;"
_lock = threading.Lock()


@lru_cache
def name() -> str:
    """The bundle's file name: changes with the libraries, so that a browser may keep it for good."""
    import vl_convert

    return f"vega-{vl_convert.get_vega_version()}-{version('vl-convert-python')}.js"


def path(folder: Path) -> Path:
    """Where the gzipped bundle lies; written on first use (about two seconds), by whoever comes first."""
    target = folder / f"{name()}.gz"
    with _lock:
        if not target.exists():
            import vl_convert

            folder.mkdir(parents=True, exist_ok=True)
            script = vl_convert.javascript_bundle(SNIPPET)
            half = target.with_suffix(f".{os.getpid()}.part")
            half.write_bytes(gzip.compress(script.encode(), 6, mtime=0))
            half.replace(target)
    return target
