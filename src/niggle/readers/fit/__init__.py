"""FIT: what nearly all watches write. Own decoder over numpy; see docs/adr/0002-own-fit-decoder.md."""

from typing import Final

from niggle.readers.contract import Manifest
from niggle.readers.fit.read import read, sniff

MANIFEST: Final = Manifest(name="fit", suffixes=(".fit",), sniff=sniff, read=read)

__all__ = ["MANIFEST"]
