"""The background worker: takes queued imports one after another."""
