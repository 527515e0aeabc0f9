"""TCX, Garmin's Training Center format: activities of laps, each lap with its own totals."""

from niggle.readers.contract import Manifest
from niggle.readers.tcx.read import read, sniff
from niggle.readers.tcx.write import write_sessions

MANIFEST = Manifest(name="tcx", suffixes=(".tcx",), sniff=sniff, read=read)

__all__ = ["MANIFEST", "read", "sniff", "write_sessions"]
