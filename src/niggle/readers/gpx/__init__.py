"""GPX 1.0 and 1.1: tracks as recorded by phones, watches and services."""

from niggle.readers.contract import Manifest
from niggle.readers.gpx.read import read, sniff
from niggle.readers.gpx.write import write_sessions

MANIFEST = Manifest(name="gpx", suffixes=(".gpx",), sniff=sniff, read=read)

__all__ = ["MANIFEST", "read", "sniff", "write_sessions"]
