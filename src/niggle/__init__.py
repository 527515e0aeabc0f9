"""niggle: catches a running niggle while it is one, and walks the runner back when it is not."""

__version__ = "0.1.0"
