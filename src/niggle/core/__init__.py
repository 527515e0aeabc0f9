"""The pure core: standard library and numpy only. See docs/explanation/architecture.md for the order of files."""
