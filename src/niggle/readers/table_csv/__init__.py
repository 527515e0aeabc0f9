"""A plain table of runs: one row, one Session without streams."""

from niggle.readers.contract import Manifest
from niggle.readers.table_csv.read import Row, read, read_rows, sniff
from niggle.readers.table_csv.write import write_sessions

MANIFEST = Manifest(name="table_csv", suffixes=(".csv", ".tsv"), sniff=sniff, read=read)

__all__ = ["MANIFEST", "Row", "read", "read_rows", "sniff", "write_sessions"]
