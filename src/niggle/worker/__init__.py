"""The background worker: takes queued imports one after another, also those that a dead process left behind."""

from niggle.worker.loop import main

__all__ = ["main"]
