"""Readers: bytes in, Session and notes out; no database. One folder per format, archives through the registry."""
